//! The page of a commit where the repository is hosted. Pure.

use models::code::Platform;

use crate::ui::link::web_host;

/// The page that shows a commit of a repository: on GitHub, GitLab, Bitbucket and hosts that are like them. `None` where
/// a browser cannot go, or where nobody knows how the host writes its addresses.
pub(super) fn commit_page(uri: &str, platform: Option<&Platform>, commit: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if commit.is_empty() || !commit.bytes().all(is_plain) {
        return None;
    }
    let repository = repository_page(uri)?;
    let host = web_host(&repository)?.to_ascii_lowercase();
    let part = match (&*host, platform) {
        ("github.com", _) | (_, Some(Platform::GitHub)) => "commit",
        ("bitbucket.org", _) | (_, Some(Platform::Bitbucket)) => "commits",
        (_, Some(Platform::GitLab)) => "-/commit",
        (host, Some(Platform::Unknown(_)) | None) if host.contains("gitlab") => "-/commit",
        (_, Some(Platform::Unknown(_)) | None) => return None,
    };
    Some(format!("{repository}/{part}/{commit}"))
}

/// The page of a repository, from any of the ways in which git writes where it lies. Names and passwords in it are left
/// out.
pub(super) fn repository_page(uri: &str) -> Option<String> {
    let uri = uri.trim();
    let rest = match uri.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => rest.to_owned(),
        Some(_) => return None,
        // `git@host:owner/name`, as `scp` writes it.
        None => uri.split_once('@')?.1.replacen(':', "/", 1),
    };
    let (authority, path) = rest.split_once('/')?;
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let is_web = uri.starts_with("http");
    // The port of another protocol is not that of the web pages.
    let host = if is_web { host } else { host.split(':').next().unwrap_or(host) };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/~+".contains(&byte);
    let scheme = if uri.starts_with("http://") { "http" } else { "https" };
    let page = format!("{scheme}://{host}/{path}");
    (!path.is_empty() && path.bytes().all(is_plain) && web_host(&page).is_some()).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(uri: &str, platform: Option<Platform>, expected: Option<&str>) {
        assert_eq!(commit_page(uri, platform.as_ref(), "4be1c0d").as_deref(), expected);
    }

    #[test]
    fn each_host_writes_its_commits_in_its_own_way() {
        check("https://github.com/a/b", None, Some("https://github.com/a/b/commit/4be1c0d"));
        check("https://gitlab.com/a/b/c.git", None, Some("https://gitlab.com/a/b/c/-/commit/4be1c0d"));
        check("https://bitbucket.org/a/b/", None, Some("https://bitbucket.org/a/b/commits/4be1c0d"));
        let own = "https://git.example.org:8443/a/b";
        check(own, Some(Platform::GitLab), Some("https://git.example.org:8443/a/b/-/commit/4be1c0d"));
        check(own, None, None);
    }

    #[test]
    fn what_git_is_told_becomes_a_web_address_without_secrets() {
        let page = Some("https://github.com/a/b/commit/4be1c0d");
        check("git@github.com:a/b.git", None, page);
        check("ssh://git@github.com:22/a/b.git", None, page);
        check("https://ann:token@github.com/a/b.git", None, page);
    }

    #[test]
    fn what_is_no_web_address_leads_nowhere() {
        for uri in [
            "/home/ann/code",
            "file:///code",
            "javascript://github.com/a/b",
            "https://github.com",
            "",
            "s3://a/b",
        ] {
            check(uri, Some(Platform::GitHub), None);
        }
        check("https://github.com/a/b?x", None, None);
        assert_eq!(commit_page("https://github.com/a/b", None, "x\"onclick="), None);
    }
}
