//! Where the difference between two commits can be looked at. Pure.

use models::code::Platform;
use models::run::Run;

use crate::routes::percent;

/// The page of the host of the code that shows what changed from the commit of `from` to that of `to`; `None` unless both
/// are different commits of the same repository on GitHub, GitLab or Bitbucket.
pub(super) fn difference(from: &Run, to: &Run) -> Option<String> {
    let (repository, other) = (from.code_repository.as_ref()?, to.code_repository.as_ref()?);
    let (first, second) = (from.commit.as_deref()?, to.commit.as_deref()?);
    let is_same = repository.code_repository_id == other.code_repository_id;
    if !is_same || first == second || !is_commit(first) || !is_commit(second) {
        return None;
    }
    address(&repository.platform, &repository.uri, first, second)
}

/// Names that lead elsewhere are no commits.
fn is_commit(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn address(platform: &Platform, uri: &str, from: &str, to: &str) -> Option<String> {
    let (host, path) = parts(uri)?;
    let (host, path) = (host.to_ascii_lowercase(), path.trim_matches('/').trim_end_matches(".git"));
    let segments: Vec<_> = path.split('/').filter(|part| !part.is_empty()).map(percent::encode).collect();
    if segments.len() < 2 {
        return None;
    }
    let base = format!("https://{host}/{}", segments.join("/"));
    // A platform that nobody named is GitHub, so the host must say so too.
    match platform {
        Platform::GitHub if host.contains("github") => Some(format!("{base}/compare/{from}...{to}")),
        Platform::GitLab => Some(format!("{base}/-/compare/{from}...{to}")),
        Platform::Bitbucket if host == "bitbucket.org" => {
            Some(format!("{base}/branches/compare/{to}..{from}#diff"))
        }
        Platform::GitHub | Platform::Bitbucket | Platform::Unknown(_) => None,
    }
}

/// The host, without port and person, and the path of a repository.
fn parts(uri: &str) -> Option<(&str, &str)> {
    let (authority, path) = match uri.split_once("://") {
        Some(("http" | "https" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        // As in git@github.com:owner/name.git.
        None => uri.split_once(':')?,
    };
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_host =
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    is_host.then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(uri: &str, expected: Option<&str>) {
        let platform =
            Platform::KNOWN.iter().find(|platform| uri.contains(&platform.as_str().to_lowercase()));
        let found = address(platform.unwrap_or(&Platform::GitHub), uri, "aaaaaaa", "bbbbbbb");
        assert_eq!(found.as_deref(), expected, "{uri}");
    }

    #[test]
    fn hosts_show_differences_in_their_own_way() {
        check("https://github.com/o/n.git", Some("https://github.com/o/n/compare/aaaaaaa...bbbbbbb"));
        check("git@github.com:o/n.git", Some("https://github.com/o/n/compare/aaaaaaa...bbbbbbb"));
        check(
            "https://ann:secret@gitlab.com/g/s/n",
            Some("https://gitlab.com/g/s/n/-/compare/aaaaaaa...bbbbbbb"),
        );
        check(
            "ssh://git@gitlab.fz.example:10022/g/n.git",
            Some("https://gitlab.fz.example/g/n/-/compare/aaaaaaa...bbbbbbb"),
        );
        check(
            "https://bitbucket.org/o/n",
            Some("https://bitbucket.org/o/n/branches/compare/bbbbbbb..aaaaaaa#diff"),
        );
    }

    #[test]
    fn what_is_no_known_host_leads_nowhere() {
        for uri in [
            "https://example.org/o/n",
            "/srv/git/n",
            "javascript://github.com/o/n",
            "https://github.com/o",
            "file:///github/o/n",
        ] {
            check(uri, None);
        }
        assert!(!is_commit("main") && !is_commit("../../x") && is_commit("0123abc"));
    }
}
