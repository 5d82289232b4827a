//! Which data folder this is.

use std::fs::File;
use std::io::{ErrorKind, Result, Write as _};
use std::path::Path;

use uuid::Uuid;

/// The id of a data folder, by which its jobs know it. Made the first time.
///
/// # Errors
/// When it cannot be read or made.
pub fn place(data: &Path) -> Result<Uuid> {
    let path = data.join("place");
    loop {
        match std::fs::read_to_string(&path) {
            Ok(text) => return text.trim().parse().map_err(std::io::Error::other),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let new = data.join(format!("place.{}", Uuid::new_v4().simple()));
        let mut file = File::create_new(&new)?;
        writeln!(file, "{}", Uuid::new_v4())?;
        file.sync_all()?;
        // Another server may have been faster; then its id is read.
        let linked = std::fs::hard_link(&new, &path);
        std::fs::remove_file(&new)?;
        match linked {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => File::open(data)?.sync_all()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_id() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = place(folder.path()).unwrap();
        assert_eq!(place(folder.path()).unwrap(), first);
        assert_ne!(place(other.path()).unwrap(), first);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
