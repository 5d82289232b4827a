//! Writes the files of a commit into an empty folder, by reading them as objects.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{ChildStdin, ChildStdout};

use super::program::{Call, Room, size};
use super::tree::{self, Entry, Kind, unusable};
use super::{GitError, Mirror, mirror::LIST};

/// How many bytes of files a run gets at most, in megabytes; and of a link.
const MOST: u64 = 1_000;
const LONGEST_LINK: u64 = 1_000;
/// How much git may print of a tree, in bytes.
const MOST_OF_TREE: u64 = 16 * 1024 * 1024;
/// How long large files may take to be fetched, and all files to be written.
const PATIENCE: Duration = Duration::from_secs(600);

impl Mirror {
    /// Writes the files of a commit, which was fetched, into `folder`, which is made.
    ///
    /// # Errors
    /// [`GitError::Unusable`] when something in it is not written; [`GitError`] otherwise.
    pub async fn check_out(&self, commit: &str, folder: &Path) -> Result<(), GitError> {
        let entries = tree::read(&self.list(commit, &["-r", "-z"]).await?)?;
        self.fetch_large(commit).await?;
        // Many names for the same bytes are a small repository and a large folder.
        if tree::size(&self.list(commit, &["-r", "-z", "--long"]).await?) > MOST * 1_000_000 {
            return Err(too_large());
        }
        make_folders(folder, &entries).map_err(broken)?;
        let write = self.write(&entries, folder);
        tokio::time::timeout(PATIENCE, write).await.map_err(|_| GitError::Unreachable)?
    }

    /// What git lists of a commit.
    async fn list(&self, commit: &str, how: &[&str]) -> Result<String, GitError> {
        let arguments = [&["ls-tree", "--full-tree"], how, &[commit]].concat();
        let listing = Call {
            folder: self.folder(),
            settings: &[],
            arguments: &arguments,
            most: MOST_OF_TREE,
            patience: LIST,
        };
        let printed = listing.run(None).await?;
        if printed.len() as u64 >= MOST_OF_TREE {
            return Err(tree::too_many());
        }
        Ok(String::from_utf8_lossy(&printed).into_owned())
    }

    /// Fetches the large files, which were left behind at first.
    async fn fetch_large(&self, commit: &str) -> Result<(), GitError> {
        let tree = format!("{commit}^{{tree}}");
        let arguments = ["rev-list", "--objects", "--missing=print", "--no-object-names", &tree];
        let listing = Call {
            folder: self.folder(),
            settings: &[],
            arguments: &arguments,
            most: MOST_OF_TREE,
            patience: LIST,
        };
        let printed = String::from_utf8_lossy(&listing.run(None).await?).into_owned();
        let missing: BTreeSet<&str> = printed.lines().filter_map(|line| line.strip_prefix('?')).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut arguments =
            vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none"];
        arguments.push("origin");
        arguments.extend(&missing);
        let mut settings = self.fetching();
        settings.push(("fetch.negotiationAlgorithm".to_owned(), "noop".to_owned()));
        let fetch = Call {
            folder: self.folder(),
            settings: &settings,
            arguments: &arguments,
            most: MOST_OF_TREE,
            patience: PATIENCE,
        };
        let before = size(self.folder()) / 1_000_000;
        match fetch.run(Some(Room { limit: before + MOST })).await {
            Err(GitError::TooLarge { .. }) => Err(too_large()),
            other => other.map(drop),
        }
    }

    async fn write(&self, entries: &[Entry], folder: &Path) -> Result<(), GitError> {
        let call = Call {
            folder: self.folder(),
            settings: &[],
            arguments: &["cat-file", "--batch"],
            most: 0,
            patience: PATIENCE,
        };
        let mut command = call.command();
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(broken)?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GitError::Broken("git has no pipes".to_owned()));
        };
        let mut answers = BufReader::with_capacity(64 * 1024, answers);
        let asked = ask(questions, entries);
        let written = async {
            let mut room = MOST * 1_000_000;
            for entry in entries {
                write_one(&mut answers, entry, folder, &mut room).await?;
            }
            Ok(())
        };
        // Dropped with this function, the program is ended; so a refusal does not wait for the rest of the questions.
        tokio::try_join!(asked, written).map(drop)
    }
}

async fn ask(mut questions: ChildStdin, entries: &[Entry]) -> Result<(), GitError> {
    for entry in entries {
        questions.write_all(format!("{}\n", entry.object).as_bytes()).await.map_err(broken)?;
    }
    questions.shutdown().await.map_err(broken)
}

async fn write_one(
    answers: &mut BufReader<ChildStdout>,
    entry: &Entry,
    folder: &Path,
    room: &mut u64,
) -> Result<(), GitError> {
    let mut head = String::new();
    answers.read_line(&mut head).await.map_err(broken)?;
    let size = head.trim_end().strip_prefix(&entry.object).and_then(|rest| rest.strip_prefix(" blob "));
    let Some(size) = size.and_then(|size| size.parse::<u64>().ok()) else {
        return Err(GitError::Broken(format!("git does not find the file {}", entry.path.escape_debug())));
    };
    *room = room.checked_sub(size).ok_or_else(too_large)?;
    let place = folder.join(&entry.path);
    let mut bytes = (&mut *answers).take(size);
    if entry.kind == Kind::Link {
        let mut target = String::new();
        let is_usable = size <= LONGEST_LINK
            && bytes.read_to_string(&mut target).await.is_ok()
            && tree::stays_inside(&entry.path, &target);
        if !is_usable {
            return Err(unusable(format!(
                "The link {} leads out of the repository. Put what it leads to into the repository, or write the path into a \
                 parameter.",
                entry.path
            )));
        }
        make_link(&target, &place).map_err(broken)?;
    } else {
        let file = new_file(&place, entry.kind == Kind::Program).map_err(broken)?;
        let mut file = tokio::fs::File::from_std(file);
        tokio::io::copy(&mut bytes, &mut file).await.map_err(broken)?;
        file.flush().await.map_err(broken)?;
    }
    match answers.read_u8().await {
        Ok(b'\n') => Ok(()),
        Ok(_) | Err(_) => Err(GitError::Broken("git printed less than it said".to_owned())),
    }
}

/// Makes the folders of all entries before the first of them is there, so that none is made by way of a link.
fn make_folders(folder: &Path, entries: &[Entry]) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    let folders: BTreeSet<PathBuf> = entries
        .iter()
        .filter_map(|entry| Path::new(&entry.path).parent())
        .map(|parent| folder.join(parent))
        .collect();
    folders.iter().try_for_each(std::fs::create_dir_all)
}

#[cfg(unix)]
fn make_link(target: &str, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

/// Elsewhere a link must say whether it leads to a folder, which git does not know.
#[cfg(not(unix))]
fn make_link(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn new_file(place: &Path, is_program: bool) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if is_program { 0o755 } else { 0o644 });
    #[cfg(not(unix))]
    let _ = is_program;
    options.open(place)
}

fn too_large() -> GitError {
    unusable(format!(
        "The files of the repository have more than {MOST} MB. Keep data in a data repository, and have the code read it from there."
    ))
}

fn broken(error: impl std::fmt::Display) -> GitError {
    GitError::Broken(error.to_string())
}
