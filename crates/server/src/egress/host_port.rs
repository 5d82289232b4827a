//! A host and a port that the operator allows.

use std::fmt;
use std::str::FromStr;

use url::Host;

/// A host and a port that the operator allows, whatever address it has: `unicore.internal:8080` or `[::1]:8080`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostPort {
    /// The name or address, as a URL has it in the end: in small letters, numbers of IPv4 in dots.
    pub host: Host<String>,
    /// The port.
    pub port: u16,
}

/// A text is not a host and a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a host and a port, such as unicore.example.org:8080")]
pub struct HostPortError;

impl FromStr for HostPort {
    type Err = HostPortError;

    fn from_str(text: &str) -> Result<Self, HostPortError> {
        let (host, port) = text.trim().rsplit_once(':').ok_or(HostPortError)?;
        let host = Host::parse(host).map_err(|_| HostPortError)?;
        Ok(Self { host, port: port.parse().map_err(|_| HostPortError)? })
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_kept_as_a_url_has_it() {
        for (text, expected) in [
            ("UNICORE.example.org:8080", "unicore.example.org:8080"),
            ("127.1:80", "127.0.0.1:80"),
            ("[::1]:443", "[::1]:443"),
        ] {
            assert_eq!(text.parse::<HostPort>().unwrap().to_string(), expected);
        }
        for wrong in
            ["example.org", ":80", "example.org:", "example.org:99999", "::1", "a b:80", "http://x:80"]
        {
            assert_eq!(wrong.parse::<HostPort>(), Err(HostPortError), "{wrong}");
        }
    }
}
