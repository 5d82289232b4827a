//! Writes archives as GNU tar does: <https://www.gnu.org/software/tar/manual/html_node/Standard.html>.

use std::io::{Read, Result, Write};

const BLOCK: usize = 512;
/// How long a name may be that has its place in the header.
const SHORT: usize = 100;

/// Writes an archive.
pub(super) struct Tar<W: Write>(W);

impl<W: Write> Tar<W> {
    pub(super) fn new(into: W) -> Self {
        Self(into)
    }

    /// Adds a folder.
    pub(super) fn folder(&mut self, name: &str) -> Result<()> {
        self.entry(&format!("{name}/"), "", b'5', 0o755, 0)
    }

    /// Adds a link.
    pub(super) fn link(&mut self, name: &str, target: &str) -> Result<()> {
        self.entry(name, target, b'2', 0o777, 0)
    }

    /// Adds a file of `size` bytes, which must be those that `from` gives.
    pub(super) fn file(&mut self, name: &str, mode: u32, size: u64, from: &mut dyn Read) -> Result<()> {
        self.entry(name, "", b'0', mode, size)?;
        let copied = std::io::copy(&mut from.take(size), &mut self.0)?;
        if copied != size {
            return Err(std::io::Error::other("a file became shorter while it was read"));
        }
        self.fill(size)
    }

    /// Ends the archive.
    pub(super) fn finish(mut self) -> Result<W> {
        self.0.write_all(&[0; 2 * BLOCK])?;
        Ok(self.0)
    }

    fn entry(&mut self, name: &str, target: &str, kind: u8, mode: u32, size: u64) -> Result<()> {
        for (text, kind) in [(name, b'L'), (target, b'K')] {
            if text.len() > SHORT {
                let length = text.len() as u64 + 1;
                self.0.write_all(&header("././@LongLink", "", kind, 0o644, length))?;
                self.0.write_all(text.as_bytes())?;
                self.0.write_all(&[0])?;
                self.fill(length)?;
            }
        }
        self.0.write_all(&header(name, target, kind, mode, size))
    }

    /// Fills the last block.
    fn fill(&mut self, size: u64) -> Result<()> {
        let rest = usize::try_from(size % BLOCK as u64).unwrap_or(0);
        if rest == 0 { Ok(()) } else { self.0.write_all(&[0; BLOCK][rest..]) }
    }
}

fn header(name: &str, target: &str, kind: u8, mode: u32, size: u64) -> Vec<u8> {
    let mut header = Vec::with_capacity(BLOCK);
    let mut put = |bytes: &[u8], width: usize| {
        let part = bytes.get(..width).unwrap_or(bytes);
        header.extend_from_slice(part);
        header.resize(header.len() + width - part.len(), 0);
    };
    put(name.as_bytes(), SHORT);
    put(format!("{mode:07o}").as_bytes(), 8);
    put(b"0000000", 8);
    put(b"0000000", 8);
    put(format!("{size:011o}").as_bytes(), 12);
    put(b"00000000000", 12);
    put(b"        ", 8);
    put(&[kind], 1);
    put(target.as_bytes(), SHORT);
    put(b"ustar  \0", BLOCK - 257);
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    header.splice(148..156, sum.bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn tar_unpacks_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let long = format!("deep/{}/a.txt", "x".repeat(150));
        let mut tar = Tar::new(Vec::new());
        tar.folder("deep").unwrap();
        tar.folder(long.rsplit_once('/').unwrap().0).unwrap();
        tar.file(&long, 0o644, 3, &mut &b"abc"[..]).unwrap();
        tar.file("run.sh", 0o755, 600, &mut "y".repeat(600).as_bytes()).unwrap();
        tar.link("deep/link", "../run.sh").unwrap();
        std::fs::write(folder.path().join("a.tar"), tar.finish().unwrap()).unwrap();
        let done = Command::new("tar").args(["-xf", "a.tar"]).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
        assert_eq!(std::fs::read_to_string(folder.path().join(&long)).unwrap(), "abc");
        assert_eq!(std::fs::read_to_string(folder.path().join("deep/link")).unwrap(), "y".repeat(600));
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(folder.path().join("run.sh").metadata().unwrap().permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn a_file_that_became_shorter_is_noticed() {
        assert!(Tar::new(Vec::new()).file("a", 0o644, 4, &mut &b"abc"[..]).is_err());
    }
}
