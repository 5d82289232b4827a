//! What a commit holds: which files and links a run gets, and which are refused.

use super::GitError;

/// How many files and links a run gets at most.
const MOST_ENTRIES: usize = 50_000;
/// How long a path may be, in bytes.
const LONGEST: usize = 1_000;

/// Something that is written into the folder of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The object that holds its bytes.
    pub(super) object: String,
    /// Its place below the root, with `/` between.
    pub(super) path: String,
    /// What it is.
    pub(super) kind: Kind,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Program,
    Link,
}

/// Reads what `git ls-tree -r -z` prints.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, GitError> {
    let mut entries = Vec::new();
    for line in text.split('\0').filter(|line| !line.is_empty()) {
        entries.push(entry(line)?);
        if entries.len() > MOST_ENTRIES {
            return Err(too_many());
        }
    }
    Ok(entries)
}

pub(super) fn too_many() -> GitError {
    unusable(format!(
        "The repository has more than {MOST_ENTRIES} files. Move what runs do not need into another one."
    ))
}

/// How many bytes all files have together of which `git ls-tree -r -z --long` prints the sizes.
pub(super) fn size(text: &str) -> u64 {
    let of = |line: &str| line.split_once('\t')?.0.split_ascii_whitespace().nth(3)?.parse::<u64>().ok();
    text.split('\0').filter_map(of).fold(0, u64::saturating_add)
}

fn entry(line: &str) -> Result<Entry, GitError> {
    let parts = line.split_once('\t').and_then(|(head, path)| {
        let mut head = head.split(' ');
        Some((head.next()?, head.next()?, head.next()?, path))
    });
    let Some((mode, kind, object, path)) = parts else {
        return Err(GitError::Broken("git printed a line that is not understood".to_owned()));
    };
    let kind = match (mode, kind) {
        (_, "commit") => {
            return Err(unusable(format!(
                "The repository has a submodule at {path}; submodules are not fetched. Put its files into the repository, or \
                 have them installed as a package."
            )));
        }
        ("120000", _) => Kind::Link,
        ("100755", _) => Kind::Program,
        (_, _) => Kind::File,
    };
    if !is_harmless(path) {
        let path: String = path.escape_debug().take(200).collect();
        return Err(unusable(format!("The repository has a file of the name {path}. Rename it and push.")));
    }
    Ok(Entry { object: object.to_owned(), path: path.to_owned(), kind })
}

/// Whether a path stays below where it begins, on any file system.
fn is_harmless(path: &str) -> bool {
    path.len() <= LONGEST
        && !path.contains(['\\', '\n', '\r', '\u{fffd}'])
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.eq_ignore_ascii_case(".git"))
}

/// Whether a link at `path` leads to a place below the root. `..` is taken only at its beginning, where it leaves folders
/// that are no links themselves: so whatever other links it goes through, it never gets out.
pub(super) fn stays_inside(path: &str, target: &str) -> bool {
    let depth = path.split('/').count() - 1;
    let parts: Vec<&str> = target.split('/').collect();
    let n_up = parts.iter().take_while(|part| **part == "..").count();
    let rest = parts.iter().skip(n_up);
    n_up <= depth
        && !target.is_empty()
        && target.len() <= LONGEST
        && rest.into_iter().all(|part| !matches!(*part, "" | "..") && !part.contains(['\0', '\\', '\n']))
}

pub(super) fn unusable(reason: String) -> GitError {
    GitError::Unusable(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_programs_and_links_are_told_apart() {
        let entries =
            read("100644 blob a\ttrain.py\x00100755 blob b\tbin/run.sh\x00120000 blob c\tlatest\0").unwrap();
        let kinds: Vec<_> = entries.iter().map(|entry| (entry.path.as_str(), entry.kind)).collect();
        assert_eq!(kinds, [("train.py", Kind::File), ("bin/run.sh", Kind::Program), ("latest", Kind::Link)]);
    }

    #[test]
    fn what_could_leave_the_folder_is_refused() {
        for path in ["../x", "a/../x", "/etc/passwd", "a//b", ".git/hooks/x", "a/.GIT/config", "a\\b", "a\nb"]
        {
            let error = read(&format!("100644 blob a\t{path}\0")).unwrap_err().to_string();
            assert!(error.contains("Rename it"), "{path}: {error}");
        }
        let error = read("160000 commit a\tmodule\0").unwrap_err().to_string();
        assert!(error.contains("submodule at module"), "{error}");
    }

    #[test]
    fn too_many_files_are_refused() {
        let many = "100644 blob a\tx\0".repeat(MOST_ENTRIES + 1);
        assert!(read(&many).unwrap_err().to_string().contains("more than 50000 files"));
    }

    #[test]
    fn the_sizes_of_all_files_are_summed_up() {
        let text = "100644 blob a      12\ta 7\x00100755 blob b 30\tb\x00160000 commit c       -\tmodule\0";
        assert_eq!(size(text), 42);
    }

    #[test]
    fn a_link_stays_below_the_root() {
        for (path, target, expected) in [
            ("latest", "models/7", true),
            ("a/b/up", "../..", true),
            ("a/b/up", "../../c", true),
            ("a/b/up", "../../..", false),
            ("x", "../etc", false),
            ("x", "/etc/passwd", false),
            ("x", "a/b/up/../y", false),
            ("x", "", false),
        ] {
            assert_eq!(stays_inside(path, target), expected, "{path} -> {target}");
        }
    }
}
