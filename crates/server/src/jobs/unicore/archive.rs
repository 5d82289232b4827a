//! The code of a run as one file.

use std::fs::File;
use std::io::{Error, Result, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::exclude::Exclude;
use super::tar::Tar;

/// How many bytes it may have.
pub(super) const MOST: usize = 100_000_000;
/// The folder that it unpacks into.
pub(super) const FOLDER: &str = "code";

/// Bytes, up to a bound.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            return Err(Error::new(std::io::ErrorKind::FileTooLarge, "the archive is too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// An archive of the files below `root` that do not stay behind, compressed with gzip.
///
/// # Errors
/// Of the kind `FileTooLarge` when it had more than [`MOST`] bytes.
pub(super) fn archive(root: &Path, exclude: &Exclude) -> Result<Vec<u8>> {
    let mut tar = Tar::new(GzEncoder::new(Bounded(Vec::new()), Compression::fast()));
    tar.folder(FOLDER)?;
    add(&mut tar, root, "", exclude)?;
    Ok(tar.finish()?.finish()?.0)
}

fn add<W: Write>(tar: &mut Tar<W>, root: &Path, folder: &str, exclude: &Exclude) -> Result<()> {
    let mut entries = std::fs::read_dir(root.join(folder))?.collect::<Result<Vec<_>>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().map_err(|_| Error::other("a name is no text in UTF-8"))?;
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        if exclude.is_left_out(&path, kind.is_dir()) {
            continue;
        }
        let packed = format!("{FOLDER}/{path}");
        if kind.is_dir() {
            tar.folder(&packed)?;
            add(tar, root, &path, exclude)?;
        } else if kind.is_symlink() {
            let target = std::fs::read_link(entry.path())?;
            tar.link(&packed, target.to_str().ok_or_else(|| Error::other("a link is no text in UTF-8"))?)?;
        } else {
            let mut file = File::open(entry.path())?;
            let data = file.metadata()?;
            let mode = if data.permissions().mode() & 0o100 == 0 { 0o644 } else { 0o755 };
            tar.file(&packed, mode, data.len(), &mut file)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn the_code_is_packed_without_what_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("wine/plots")).unwrap();
        for name in ["wine/train.py", "wine/a.csv", "wine/plots/a.png", "b.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        std::os::unix::fs::symlink("wine/train.py", folder.path().join("link")).unwrap();
        let exclude = Exclude::new(&["*.csv".to_owned(), "plots/".to_owned()], "wine");
        let packed = archive(folder.path(), &exclude).unwrap();
        let mut list = Command::new("tar");
        let mut list = list.args(["-tzf", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        list.stdin.take().unwrap().write_all(&packed).unwrap();
        let listed = String::from_utf8(list.wait_with_output().unwrap().stdout).unwrap();
        let listed: Vec<&str> = listed.lines().collect();
        assert_eq!(listed, ["code/", "code/b.txt", "code/link", "code/wine/", "code/wine/train.py"]);
    }
}
