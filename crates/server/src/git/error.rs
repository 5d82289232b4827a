//! Why a repository could not be read.

/// Why a repository could not be read; says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// Its address is not one that is asked.
    #[error("{0}")]
    Address(String),
    /// It was not reached, did not answer in time, or not as git wants it.
    #[error(
        "The repository did not answer, or this server may not ask it. Check its address, and whether its host is up; if \
         it is inside your own network, ask the operator of this server."
    )]
    Unreachable,
    /// It is not there, or not for the caller.
    #[error(
        "The repository is not there, or is not open to you. Check its address, and name a connection of yours that may \
         read it."
    )]
    Denied,
    /// It has no such branch, tag or commit.
    #[error(
        "The repository has no branch, tag or commit of this name. Commits are named in full, by 40 characters."
    )]
    NoReference,
    /// It has no commit yet.
    #[error("The repository is empty. Push a commit to it.")]
    Empty,
    /// It is larger than what is fetched.
    #[error(
        "The repository is too large to be looked into here: files of over 1 MB aside, it has more than {limit} MB."
    )]
    TooLarge {
        /// How much is fetched at most, in megabytes.
        limit: u64,
    },
    /// Git refuses what is in it.
    #[error(
        "Git refuses what is in the repository, because it could do harm where it is checked out: check its submodules and the \
         names of its files."
    )]
    Harmful,
    /// Its folders are nested deeper than git goes.
    #[error("The repository has folders that are nested too deep. Move what lies in them up, and push.")]
    TooDeep,
    /// Something in it is not written into the folder of a run; says what to do.
    #[error("{0}")]
    Unusable(String),
    /// The server has no program `git`.
    #[error("This server cannot read repositories: its operator must install git 2.37 or newer.")]
    NoProgram,
    /// The folder for copies cannot be used, or git failed for a reason of its own.
    #[error("The repository could not be read: {0}")]
    Broken(String),
}

impl GitError {
    /// What the words of a git that failed mean. Reasons of the network all sound alike, so that nobody can feel her way
    /// around one through this server.
    pub(super) fn told(words: &str) -> Self {
        let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if has(&[
            "Authentication failed",
            "could not read Username",
            "could not read Password",
            "error: 401",
            "error: 403",
        ]) || has(&["error: 404", "not found"])
        {
            Self::Denied
        } else if has(&["fsck error"]) {
            Self::Harmful
        } else if has(&["allowed tree depth"]) {
            Self::TooDeep
        } else if has(&["not our ref", "couldn't find remote ref"]) {
            Self::NoReference
        } else {
            Self::Unreachable
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_and_what_is_not_there_sound_alike() {
        for words in [
            "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
            "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
            "fatal: unable to access 'https://git.example.org/': The requested URL returned error: 403",
            "fatal: Authentication failed for 'https://git.example.org/'",
        ] {
            assert_eq!(GitError::told(words), GitError::Denied, "{words}");
        }
    }

    #[test]
    fn folders_that_git_does_not_go_into_are_too_deep() {
        let words =
            "remote: fatal: exceeded maximum allowed tree depth\nfatal: protocol error: bad pack header";
        assert_eq!(GitError::told(words), GitError::TooDeep);
    }

    #[test]
    fn reasons_of_the_network_sound_alike() {
        for words in [
            "fatal: unable to access 'https://a/': Failed to connect to a port 443 after 1 ms: Couldn't connect to server",
            "fatal: unable to access 'https://a/': Operation too slow. Less than 1000 bytes/sec transferred",
            "fatal: unable to access 'https://a/': SSL certificate problem: self-signed certificate",
        ] {
            assert_eq!(GitError::told(words), GitError::Unreachable, "{words}");
        }
    }
}
