//! What guards the way out.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;

use super::target::{chosen, literal};
use super::{EgressError, HostPort, Served, Target, tls};

/// How long resolving a name or connecting may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The way out, with what the operator allows besides the public internet.
#[derive(Clone)]
pub struct Egress {
    allowed: Vec<HostPort>,
    served: Served,
    pub(super) connector: Option<TlsConnector>,
}

impl fmt::Debug for Egress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Egress").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

impl Egress {
    /// A way to the public internet and to what is `allowed`.
    #[must_use]
    pub fn new(allowed: Vec<HostPort>) -> Self {
        Self { allowed, served: Served::default(), connector: tls::connector() }
    }

    /// Reads an address.
    ///
    /// # Errors
    /// [`EgressError::Address`]
    pub fn target(&self, text: &str) -> Result<Target, EgressError> {
        Target::parse(text, &self.allowed)
    }

    /// The models that this server serves itself.
    #[must_use]
    pub fn served(&self) -> &Served {
        &self.served
    }

    /// Whether the operator allows a host and a port, whatever address it has.
    #[must_use]
    pub fn is_allowed(&self, place: &HostPort) -> bool {
        self.allowed.contains(place)
    }

    /// The address to connect to, for a program that does so itself.
    ///
    /// # Errors
    /// [`EgressError::Failed`] when the name leads nowhere, or inside.
    pub async fn resolve(&self, target: &Target) -> Result<SocketAddr, EgressError> {
        unhurried(resolve(&target.place, target.is_allowed).await).await
    }

    /// Connects to a host and a port, and waits for the first bytes that the other end says by itself: at most 255.
    ///
    /// # Errors
    /// [`EgressError::Failed`]
    pub async fn banner(&self, place: &HostPort) -> Result<Vec<u8>, EgressError> {
        let first_words = async {
            let stream = connect(place, self.is_allowed(place)).await?;
            let mut bytes = vec![0; 255];
            loop {
                stream.readable().await.map_err(|_| EgressError::Failed)?;
                match stream.try_read(&mut bytes) {
                    Ok(n_bytes) => {
                        bytes.truncate(n_bytes);
                        return Ok(bytes);
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                    Err(_) => return Err(EgressError::Failed),
                }
            }
        };
        let result = tokio::time::timeout(PATIENCE * 3, first_words).await;
        unhurried(result.unwrap_or(Err(EgressError::Failed))).await
    }
}

/// Connects to the very address that was checked.
pub(super) async fn connect(place: &HostPort, is_allowed: bool) -> Result<TcpStream, EgressError> {
    let address = resolve(place, is_allowed).await?;
    let connected = tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await;
    connected.ok().and_then(Result::ok).ok_or(EgressError::Failed)
}

/// The address to connect to.
async fn resolve(place: &HostPort, is_allowed: bool) -> Result<SocketAddr, EgressError> {
    let addresses: Vec<SocketAddr> = match literal(&place.host) {
        Some(address) => vec![SocketAddr::new(address, place.port)],
        None => {
            let name = (place.host.to_string(), place.port);
            let found = tokio::time::timeout(PATIENCE, lookup_host(name)).await;
            found.ok().and_then(Result::ok).ok_or(EgressError::Failed)?.collect()
        }
    };
    chosen(&addresses, is_allowed).ok_or(EgressError::Failed)
}

/// Lets a failure wait for a random moment, so that the time it took tells less.
pub(super) async fn unhurried<T>(result: Result<T, EgressError>) -> Result<T, EgressError> {
    if result.is_err() {
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..200))).await;
    }
    result
}
