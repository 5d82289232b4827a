//! The answer that holds many artifacts as one ZIP archive, written while it is sent.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use tokio::io::{AsyncWriteExt as _, DuplexStream};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::io::ReaderStream;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::name;
use crate::blobs::Blobs;
use crate::error::Error;
use crate::store::ArtifactRecord;

/// How many bytes lie between the writer and the connection.
const BUFFER: usize = 256 * 1024;
/// From this size on a file needs the 64-bit form of the format.
const LARGE: u64 = 4_000_000_000;

/// A receiver that takes nothing for so long gets no more: it would keep a place from others.
const PATIENCE: Duration = Duration::from_secs(60);

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
        let runtime = Handle::current();
        let writer = Patient { writer, runtime: runtime.clone(), patience: PATIENCE };
        // A receiver that goes away is no news; what else breaks leaves an archive without an end, which all tools see.
        if let Err(error) = write(&blobs, artifacts, &runtime, writer) {
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

/// Writes to who may be slow to take it, but not idle.
struct Patient {
    writer: DuplexStream,
    runtime: Handle,
    patience: Duration,
}

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = async { timeout(self.patience, self.writer.write(bytes)).await };
        self.runtime.block_on(written).map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// What is written is there to be taken.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(blobs: &Blobs, artifacts: Vec<ArtifactRecord>, runtime: &Handle, writer: Patient) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(writer);
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[tokio::test]
    async fn who_takes_nothing_loses_the_place() {
        let (mut reader, writer) = tokio::io::duplex(8);
        let patience = Duration::from_millis(50);
        let mut writer = Patient { writer, runtime: Handle::current(), patience };
        let writing = tokio::task::spawn_blocking(move || {
            writer.write_all(b"01234567")?;
            writer.write_all(b"89")
        });
        let error = writing.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let mut taken = String::new();
        reader.read_to_string(&mut taken).await.unwrap();
        assert_eq!(taken, "01234567", "what comes after that is an end");
    }
}
