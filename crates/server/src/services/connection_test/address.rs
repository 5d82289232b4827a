//! Which address is asked; only one at the connection's own host.

use models::connection::ConnectionProvider;
use url::{Origin, Url};

use crate::error::Error;

/// The address to ask: `asked`, if it is at the connection's own host, else the connection's own; `None` where that is
/// known by the provider alone.
///
/// # Errors
/// [`Error::Invalid`] when `asked` is at another host: secrets are for the host that they were stored for.
pub(super) fn chosen(
    provider: &ConnectionProvider,
    own: Option<&str>,
    asked: Option<&str>,
) -> Result<Option<String>, Error> {
    let own = own.map(|own| spelled(provider, own));
    let Some(asked) = asked.map(|asked| spelled(provider, asked)) else { return Ok(own) };
    let asked_at = origin(&asked);
    let is_own = match &own {
        Some(own) => origin(own) == asked_at,
        None => homes(provider).iter().any(|home| origin(home) == asked_at),
    };
    if asked_at.is_none() || !is_own {
        return Err(Error::invalid(
            "uri",
            "use an address at the connection's own host; to go elsewhere, change the connection and enter its secrets anew",
        ));
    }
    Ok(Some(asked))
}

/// Whether an address is at the host of another one.
pub(in crate::services) fn is_at(provider: &ConnectionProvider, own: &str, asked: &str) -> bool {
    let own = origin(&spelled(provider, own));
    own.is_some() && own == origin(&spelled(provider, asked))
}

/// Where a provider is that is in one place.
fn homes(provider: &ConnectionProvider) -> &'static [&'static str] {
    match provider {
        ConnectionProvider::GitHub => &["https://github.com", "https://api.github.com"],
        ConnectionProvider::GitLab => &["https://gitlab.com"],
        ConnectionProvider::Bitbucket => &["https://bitbucket.org", "https://api.bitbucket.org"],
        ConnectionProvider::Unicore
        | ConnectionProvider::Firecrest
        | ConnectionProvider::Ssh
        | ConnectionProvider::S3
        | ConnectionProvider::Other
        | ConnectionProvider::Unknown(_) => &[],
    }
}

/// An address as it is asked: a bucket of Amazon's over HTTP, a host without a scheme over that of its provider.
fn spelled(provider: &ConnectionProvider, address: &str) -> String {
    match (provider, address.split_once("://")) {
        (ConnectionProvider::S3, Some(("s3", bucket))) => format!("https://s3.amazonaws.com/{bucket}"),
        (ConnectionProvider::Ssh, None) => format!("ssh://{address}"),
        (_, None) => format!("https://{address}"),
        (_, Some(_)) => address.to_owned(),
    }
}

/// Scheme, host and port; `None` where there is no host.
fn origin(address: &str) -> Option<(String, String, Option<u16>)> {
    let url = Url::parse(address).ok()?;
    match url.origin() {
        Origin::Tuple(scheme, host, port) => Some((scheme, host.to_string(), Some(port))),
        Origin::Opaque(_) => {
            Some((url.scheme().to_owned(), url.host_str()?.to_ascii_lowercase(), url.port()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_to_the_connections_own_host_alone() {
        let gitlab = ConnectionProvider::GitLab;
        let check = |own, asked, expected: Option<&str>| {
            assert_eq!(chosen(&gitlab, own, asked).ok().flatten().as_deref(), expected, "{own:?} {asked:?}");
        };
        let own = Some("https://git.example.org");
        check(own, None, own);
        check(own, Some("https://git.example.org/ann/code"), Some("https://git.example.org/ann/code"));
        check(own, Some("https://GIT.example.org:443/ann"), Some("https://GIT.example.org:443/ann"));
        check(own, Some("https://evil.example.org/ann"), None);
        check(own, Some("https://git.example.org.evil.org/"), None);
        check(own, Some("https://git.example.org:8443/"), None);
        check(own, Some("http://git.example.org/"), None);
        check(own, Some("https://git.example.org@evil.org/"), None);
        check(None, Some("https://gitlab.com/ann/code"), Some("https://gitlab.com/ann/code"));
        check(None, Some("https://evil.example.org/"), None);
        let unicore = ConnectionProvider::Unicore;
        assert!(chosen(&unicore, None, Some("https://evil.example.org/")).is_err());
    }

    #[test]
    fn an_address_may_be_spelled_in_short() {
        let check = |provider, own, expected: &str| {
            assert_eq!(chosen(&provider, Some(own), None).unwrap().as_deref(), Some(expected));
        };
        check(ConnectionProvider::S3, "s3://weather/data", "https://s3.amazonaws.com/weather/data");
        check(ConnectionProvider::Ssh, "login.example.org:2222", "ssh://login.example.org:2222");
        check(ConnectionProvider::GitLab, "git.example.org", "https://git.example.org");
    }
}
