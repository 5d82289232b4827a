//! TLS towards other servers.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Host;

use super::EgressError;

/// What makes connections of TLS 1.2 and 1.3, with the authorities that browsers trust; `None` when this build has no
/// protocol in common with its cipher suites.
pub(super) fn connector() -> Option<TlsConnector> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().ok()?;
    Some(Arc::new(config.with_root_certificates(roots).with_no_client_auth()).into())
}

/// Begins TLS; the other end must prove that it is `host`.
pub(super) async fn secured(
    connector: Option<&TlsConnector>,
    host: &Host<String>,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, EgressError> {
    let name = match host {
        Host::Domain(name) => {
            ServerName::try_from(name.trim_end_matches('.').to_owned()).map_err(|_| EgressError::Failed)?
        }
        Host::Ipv4(address) => ServerName::from(std::net::IpAddr::from(*address)),
        Host::Ipv6(address) => ServerName::from(std::net::IpAddr::from(*address)),
    };
    let connector = connector.ok_or(EgressError::Failed)?;
    connector.connect(name, stream).await.map_err(|_| EgressError::Failed)
}
