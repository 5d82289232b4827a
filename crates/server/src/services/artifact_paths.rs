//! The ways to artifacts. They are keys of the database and name no file of this machine; yet clients write files by
//! these names, so that none may lead out of a folder.

use models::run::ArtifactEntry;
use std::collections::BTreeMap;

use crate::store::ArtifactRecord;

const MAX_BYTES: usize = 1024;
const MAX_DEPTH: usize = 32;
/// How many files that are looked for by name are told.
const MAX_NAMED: usize = 1_000;

/// The way to an artifact, when it is one that leads out of no folder on any machine.
///
/// # Errors
/// What is wrong with it.
pub fn artifact_path(path: &str) -> Result<String, &'static str> {
    if path.is_empty() {
        return Err("name the artifact");
    }
    if path.len() > MAX_BYTES {
        return Err("use at most 1024 bytes");
    }
    // A client that decodes once too often must not be led astray either.
    let mut text = path.to_owned();
    for _ in 0..10 {
        check(&text)?;
        let Some(decoded) = decode(&text) else { return Ok(path.to_owned()) };
        if decoded == text {
            return Ok(path.to_owned());
        }
        text = decoded;
    }
    Err("encode the path only once")
}

fn check(path: &str) -> Result<(), &'static str> {
    if path.contains(|character: char| character == '\\' || character.is_control()) {
        return Err("remove backslashes and control characters");
    }
    if path.starts_with('/') || path.starts_with('~') || has_drive(path) {
        return Err("use a path that begins at the artifact root");
    }
    let mut n_parts = 0;
    for part in path.split('/') {
        n_parts += 1;
        if matches!(part, "" | "." | "..") {
            return Err("name each folder; `.`, `..` and empty names are not allowed");
        }
    }
    if n_parts > MAX_DEPTH { Err("nest at most 32 folders") } else { Ok(()) }
}

/// `C:` begins an absolute path on Windows, and `file:` an address.
fn has_drive(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    first.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|character| character.is_ascii_alphanumeric())
    })
}

/// The text with each `%41` replaced by what it stands for; `None` when that is no text.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let digits =
            after.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        match digits.and_then(hex) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// What lies directly in a folder, of all that lies within it: folders first, then files, each by name.
#[must_use]
pub fn listing(folder: &str, within: &[ArtifactRecord]) -> Vec<ArtifactEntry> {
    let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
    let mut entries = BTreeMap::<(bool, String), u64>::new();
    for artifact in within {
        let Some(rest) = artifact.path.get(start..) else { continue };
        let (name, is_file) = rest.split_once('/').map_or((rest, true), |(name, _)| (name, false));
        let path = artifact.path.get(..start + name.len()).unwrap_or_default().to_owned();
        *entries.entry((is_file, path)).or_default() += artifact.size;
    }
    entries
        .into_iter()
        .map(|((is_file, path), size)| ArtifactEntry { path, is_dir: !is_file, size })
        .collect()
}

/// Of all that lies within a folder, the files with one of the names, by path; at most [`MAX_NAMED`]. The names are
/// separated by commas.
#[must_use]
pub fn files_named(names: &str, within: &[ArtifactRecord]) -> Vec<ArtifactEntry> {
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let is_named = |path: &str| path.rsplit('/').next().is_some_and(|name| names.contains(&name));
    let files = within.iter().filter(|artifact| is_named(&artifact.path)).take(MAX_NAMED);
    files
        .map(|artifact| ArtifactEntry { path: artifact.path.clone(), is_dir: false, size: artifact.size })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_paths_are_kept_as_they_are() {
        for path in
            ["a.txt", "plots/a b.png", "é/ü.csv", "100%.txt", "a:b", "..a/b..", "model/MLmodel", "50%25"]
        {
            // A colon is fine where no scheme or drive can be meant.
            let expected = if path == "a:b" {
                Err("use a path that begins at the artifact root")
            } else {
                Ok(path.to_owned())
            };
            assert_eq!(artifact_path(path), expected);
        }
    }

    #[test]
    fn no_path_leads_out_of_its_folder() {
        let hostile = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/..",
            "a/../b",
            "./a",
            "a//b",
            "a/",
            "~root",
            "C:/a",
            "c:",
            "file:///a",
            "a\\b",
            "..\\a",
            "a\0b",
            "a\nb",
            "%2e%2e/a",
            "%2E%2E%2fa",
            "%252e%252e%252fa",
            "a/%2e%2e/b",
            "%5c..%5c",
            "%00",
            "%2fetc",
            "%25252525252525252525252525252e",
        ];
        for path in hostile {
            assert!(artifact_path(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn a_path_has_a_length_and_a_depth() {
        assert!(artifact_path(&"a".repeat(1024)).is_ok());
        assert!(artifact_path(&"a".repeat(1025)).is_err());
        assert!(artifact_path(&["a"; 32].join("/")).is_ok());
        assert!(artifact_path(&["a"; 33].join("/")).is_err());
    }

    #[test]
    fn a_folder_has_the_size_of_all_within() {
        let artifact = |path: &str, size| ArtifactRecord { path: path.to_owned(), sha256: Vec::new(), size };
        let within = [artifact("z/a", 1), artifact("z/b/c", 2), artifact("a", 4)];
        let entry = |path: &str, is_dir, size| ArtifactEntry { path: path.to_owned(), is_dir, size };
        assert_eq!(listing("", &within), [entry("z", true, 3), entry("a", false, 4)]);
        assert_eq!(listing("z", &within[..2]), [entry("z/b", true, 2), entry("z/a", false, 1)]);
    }
}
