//! Hosts of git: who the owner is there, or whether she may read a repository.

use models::connection::ConnectionWithSecrets;
use url::Url;

use super::question::{Question, authorization};
use super::verdict;

const WRONG: &str = "Enter an address such as https://gitlab.com/ann/weather.";

/// What a kind of host has of its own.
pub(super) struct GitHost {
    /// The hosts of the provider itself.
    homes: [&'static str; 2],
    /// What their API is asked who somebody is.
    home_api: &'static str,
    /// The path of the same at a host of somebody else's.
    api: &'static str,
    /// The user whose password a token is.
    token_user: &'static str,
}

pub(super) const GITHUB: GitHost = GitHost {
    homes: ["github.com", "api.github.com"],
    home_api: "https://api.github.com/user",
    api: "/api/v3/user",
    token_user: "x-access-token",
};
pub(super) const GITLAB: GitHost = GitHost {
    homes: ["gitlab.com", "www.gitlab.com"],
    home_api: "https://gitlab.com/api/v4/user",
    api: "/api/v4/user",
    token_user: "oauth2",
};
pub(super) const BITBUCKET: GitHost = GitHost {
    homes: ["bitbucket.org", "api.bitbucket.org"],
    home_api: "https://api.bitbucket.org/2.0/user",
    api: "/rest/api/1.0/projects?limit=1",
    token_user: "x-token-auth",
};

impl GitHost {
    /// With the address of a repository it is asked as git asks it; else the API says who the owner is.
    pub(super) fn question(
        &self,
        connection: &ConnectionWithSecrets,
        address: Option<Url>,
    ) -> Result<Question, &'static str> {
        match address {
            Some(address) if address.path().trim_matches('/').contains('/') => {
                self.repository(connection, address)
            }
            address => {
                let authorization = authorization(connection, None)?;
                Ok(Question::get(self.api(address.as_ref())?, Some(authorization)))
            }
        }
    }

    /// What `git fetch` asks first.
    fn repository(&self, connection: &ConnectionWithSecrets, mut url: Url) -> Result<Question, &'static str> {
        let path = url.path().trim_end_matches('/');
        let path = format!("{}.git/info/refs", path.strip_suffix(".git").unwrap_or(path));
        url.set_path(&path);
        url.set_query(Some("service=git-upload-pack"));
        url.set_fragment(None);
        let authorization = authorization(connection, Some(self.token_user))?;
        Ok(Question { judge: verdict::of_repository, ..Question::get(url, Some(authorization)) })
    }

    fn api(&self, address: Option<&Url>) -> Result<Url, &'static str> {
        let is_home = |address: &&Url| address.host_str().is_some_and(|host| self.homes.contains(&host));
        match address.filter(|address| !is_home(address)) {
            Some(address) => address.join(self.api).map_err(|_| WRONG),
            None => Url::parse(self.home_api).map_err(|_| WRONG),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_its_own_has_its_own_api() {
        check(&GITHUB, None, "https://api.github.com/user");
        check(&GITHUB, Some("https://github.com"), "https://api.github.com/user");
        check(&GITHUB, Some("https://git.example.org"), "https://git.example.org/api/v3/user");
        check(&GITLAB, None, "https://gitlab.com/api/v4/user");
        check(&GITLAB, Some("https://git.example.org/"), "https://git.example.org/api/v4/user");
        check(&BITBUCKET, None, "https://api.bitbucket.org/2.0/user");
    }

    #[track_caller]
    fn check(host: &GitHost, address: Option<&str>, expected: &str) {
        let address = address.map(|address| Url::parse(address).unwrap());
        assert_eq!(host.api(address.as_ref()).unwrap().as_str(), expected);
    }
}
