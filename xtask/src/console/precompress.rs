//! Compresses the files of `dist/` once, as hard as possible, so that the server need not.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

const SMALLEST: usize = 1024;
const ENDINGS: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Writes `.br` and `.gz` beside each file of a folder for which that saves something.
pub(super) fn folder(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            file(&path)?;
        }
    }
    Ok(())
}

/// Writes `.br` and `.gz` beside a file when that saves something.
pub(super) fn file(path: &Path) -> Result<()> {
    let content = std::fs::read(path)?;
    if content.len() < SMALLEST {
        return Ok(());
    }
    for (ending, compressed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
        if compressed.len() < content.len() {
            let sibling = sibling(path, ending);
            let written = File::create(&sibling).and_then(|mut file| file.write_all(&compressed));
            written.with_context(|| format!("cannot write {}", sibling.display()))?;
        }
    }
    Ok(())
}

fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{brotli, gzip};

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let content = b"the same words again and again, ".repeat(100);
        let mut from_gzip = Vec::new();
        flate2::read::GzDecoder::new(gzip(&content).unwrap().as_slice()).read_to_end(&mut from_gzip).unwrap();
        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&content).unwrap().as_slice(), &mut from_brotli).unwrap();
        assert_eq!((from_gzip, from_brotli), (content.clone(), content));
    }
}
