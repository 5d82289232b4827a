//! The answer that holds many artifacts as one ZIP archive, written while it is sent.

use std::io::{self, Write};

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use tokio::io::DuplexStream;
use tokio::sync::Semaphore;
use tokio_util::io::{ReaderStream, SyncIoBridge};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::name;
use crate::blobs::Blobs;
use crate::error::Error;
use crate::store::ArtifactRecord;

/// How many bytes lie between the writer and the connection.
const BUFFER: usize = 256 * 1024;
/// From this size on a file needs the 64-bit form of the format.
const LARGE: u64 = 4_000_000_000;

/// Each archive holds a thread for as long as its receiver takes; there must be some left for all else.
static PLACES: Semaphore = Semaphore::const_new(64);

/// An archive of artifacts. Nothing is compressed: most of what is large in it is so already.
///
/// # Errors
/// [`Error::Unavailable`] while too many are on their way.
pub fn archive(file_name: &str, blobs: Blobs, artifacts: Vec<ArtifactRecord>) -> Result<Response, Error> {
    let place = PLACES.try_acquire().map_err(|_| Error::Unavailable)?;
    let (reader, writer) = tokio::io::duplex(BUFFER);
    tokio::task::spawn_blocking(move || {
        let _place = place;
        // A receiver that goes away is no news; what else breaks leaves an archive without an end, which all tools see.
        if let Err(error) = write(&blobs, artifacts, writer) {
            tracing::debug!(%error, "an archive broke off");
        }
    });
    let body = Body::from_stream(ReaderStream::with_capacity(reader, BUFFER));
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name::disposition(file_name)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

fn write(blobs: &Blobs, artifacts: Vec<ArtifactRecord>, writer: DuplexStream) -> io::Result<()> {
    let runtime = tokio::runtime::Handle::current();
    let mut archive = ZipWriter::new_stream(SyncIoBridge::new(writer));
    for artifact in artifacts {
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .large_file(artifact.size >= LARGE);
        archive.start_file(&artifact.path, options)?;
        let file = runtime.block_on(blobs.open(&artifact.sha256)).map_err(io::Error::other)?;
        io::copy(&mut runtime.block_on(file.into_std()), &mut archive)?;
    }
    archive.finish()?.into_inner().flush()
}
