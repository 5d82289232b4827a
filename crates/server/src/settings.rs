//! What the operator decided, as the requests need it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use axum::http::Uri;

use crate::egress::HostPort;

/// What the operator decided.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where people reach the server, when that is known.
    pub public_url: Option<Origin>,
    /// Further host names that the server serves, in small letters, without port.
    pub hosts: Vec<String>,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// The console's files, when not those in the program.
    pub dist: Option<PathBuf>,
    /// The folder that holds what is not in the database.
    pub data: PathBuf,
    /// What is asked besides the public internet when a person wants to.
    pub allow_egress: Vec<HostPort>,
    /// How many runs are executed on this machine at once; `None` where none are.
    pub local_jobs: Option<usize>,
    /// How many deployed models are served on this machine at once; `None` where none are.
    pub local_models: Option<u64>,
    /// How many bytes the artifacts and images of one project may have; `None` where they may fill the disk.
    pub quota: Option<u64>,
}

/// Scheme, host and port: `https://console.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whether it is reached over TLS.
    pub secure: bool,
    /// The host name or address in small letters, without port.
    pub host: String,
    text: String,
}

impl Origin {
    /// The origin as a browser spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| OriginError)?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(OriginError),
        };
        let authority =
            uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(OriginError)?;
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() || authority.host().is_empty() {
            return Err(OriginError);
        }
        let host = authority.host().to_ascii_lowercase();
        let usual = if secure { 443 } else { 80 };
        let port = authority.port_u16().filter(|port| *port != usual);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let scheme = if secure { "https" } else { "http" };
        Ok(Self { secure, text: format!("{scheme}://{host}{port}"), host })
    }
}

/// A text is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("name the scheme, the host and if need be the port alone, such as https://console.example.org")]
pub struct OriginError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelled_as_a_browser_does() {
        let origin: Origin = "HTTPS://Console.Example.org:443/".parse().unwrap();
        assert_eq!(origin.as_str(), "https://console.example.org");
        assert!(origin.secure);
        assert_eq!("http://localhost:8090".parse::<Origin>().unwrap().as_str(), "http://localhost:8090");
    }

    #[test]
    fn an_address_with_a_path_or_a_name_is_no_origin() {
        for wrong in
            ["example.org", "https://example.org/x", "https://ann@example.org", "ftp://example.org", ""]
        {
            assert_eq!(wrong.parse::<Origin>(), Err(OriginError), "{wrong}");
        }
    }
}
