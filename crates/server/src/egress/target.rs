//! Where a request goes.

use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

use super::{HostPort, is_global};

/// Why a request was not made, or not answered. It does not say which step failed, so that nobody can feel her way
/// around a network through this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// The address itself is not one that is asked.
    #[error("{0}")]
    Address(&'static str),
    /// It was not reached, did not answer in time, or not as HTTP wants it.
    #[error("connection failed")]
    Failed,
}

const SCHEME: EgressError = EgressError::Address("use an address that begins with https://");
const USER: EgressError = EgressError::Address("leave the user name and the password out of the address");
const PORT: EgressError = EgressError::Address(
    "this port is not asked; the operator of this server can allow it with --allow-egress",
);

/// The ports of HTTP that public services use: the usual ones, object stores, and gateways of UNICORE.
const PORTS: [u16; 6] = [80, 443, 8080, 8443, 9000, 9112];

/// Where a request goes: an address whose form is right; whether it may be connected to is known once it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The address, as browsers read it.
    pub url: Url,
    /// Its host and port.
    pub place: HostPort,
    /// Whether it is asked over TLS.
    pub secure: bool,
    /// Whether the operator allows this host and port, whatever address it has.
    pub is_allowed: bool,
}

impl Target {
    /// Reads an address.
    ///
    /// # Errors
    /// [`EgressError::Address`] when it is no address of HTTP, names a user, or a port that is not allowed.
    pub fn parse(text: &str, allowed: &[HostPort]) -> Result<Self, EgressError> {
        let url = Url::parse(text).map_err(|_| SCHEME)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(SCHEME),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(USER);
        }
        let host = url.host().ok_or(SCHEME)?.to_owned();
        let place = HostPort { host, port: url.port_or_known_default().ok_or(SCHEME)? };
        let is_allowed = allowed.contains(&place);
        if !is_allowed && !PORTS.contains(&place.port) {
            return Err(PORT);
        }
        Ok(Self { url, place, secure, is_allowed })
    }
}

/// The address to connect to: the first, if all are of the public internet or the operator allows the host.
pub(super) fn chosen(addresses: &[SocketAddr], is_allowed: bool) -> Option<SocketAddr> {
    let all_may = is_allowed || addresses.iter().all(|address| is_global(address.ip()));
    addresses.first().copied().filter(|_| all_may)
}

/// The address that a host is written as; names have to be resolved.
pub(super) fn literal(host: &Host<String>) -> Option<IpAddr> {
    match host {
        Host::Ipv4(address) => Some((*address).into()),
        Host::Ipv6(address) => Some((*address).into()),
        Host::Domain(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_an_address_are_the_same_address() {
        for spelling in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://127.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://0177.0.0.01/",
            "http://127.0.0.1./",
            "http:\\\\127.1",
            "http:127.0.0.1",
            "http:/127.0.0.1",
            " http://127.0.0.1 ",
            "http://１２７.０.０.１/",
            "http://127。0。0。1/",
            "http://%31%32%37.0.0.1/",
            "HTTP://127.0.0.1:80/",
            "http://127.0.0.1#@example.org/",
            "ht\ntp://127.0.0.1/",
        ] {
            let target = Target::parse(spelling, &[]).unwrap_or_else(|error| panic!("{spelling}: {error}"));
            assert_eq!(literal(&target.place.host), Some("127.0.0.1".parse().unwrap()), "{spelling}");
        }
        for spelling in
            ["http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::7f00:1]/"]
        {
            let address = literal(&Target::parse(spelling, &[]).unwrap().place.host).unwrap();
            assert!(!is_global(address), "{spelling}");
        }
    }

    #[test]
    fn an_address_of_another_kind_is_refused() {
        for scheme in [
            "file:///etc/passwd",
            "gopher://a/",
            "ftp://a/",
            "data:,a",
            "jar:http://a/",
            "unix:/a",
            "ldap://a/",
            "javascript:1",
            "//a/",
            "/a",
            "",
            "a.example.org",
        ] {
            assert_eq!(Target::parse(scheme, &[]), Err(SCHEME), "{scheme:?}");
        }
        for user in
            ["http://ann@example.org/", "https://ann:secret@example.org/", "https://:secret@example.org/"]
        {
            assert_eq!(Target::parse(user, &[]), Err(USER), "{user}");
        }
        for port in [0, 21, 22, 25, 5432, 6379, 11211, 3306, 65535] {
            assert_eq!(Target::parse(&format!("https://example.org:{port}/"), &[]), Err(PORT), "{port}");
        }
    }

    #[test]
    fn one_inner_address_among_others_is_enough_to_refuse() {
        let addresses = |texts: &[&str]| {
            texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 443)).collect::<Vec<_>>()
        };
        let public = addresses(&["8.8.8.8", "2606:4700::1111"]);
        assert_eq!(chosen(&public, false), Some(public[0]));
        for mixed in [["8.8.8.8", "10.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"]] {
            assert_eq!(chosen(&addresses(&mixed), false), None, "{mixed:?}");
            assert!(chosen(&addresses(&mixed), true).is_some(), "the operator allows it");
        }
        assert_eq!(chosen(&[], true), None);
    }

    #[test]
    fn the_operator_allows_a_host_and_a_port_together() {
        let allowed = ["127.0.0.1:7000".parse().unwrap()];
        assert!(Target::parse("http://127.1:7000/x", &allowed).unwrap().is_allowed);
        assert!(!Target::parse("http://127.0.0.1/x", &allowed).unwrap().is_allowed);
        assert!(!Target::parse("http://localhost:8080/x", &allowed).unwrap().is_allowed);
    }
}
