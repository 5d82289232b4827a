//! Where a request comes from.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::state::AppState;

/// The address at the other end of the connection. Put into each request by what accepts connections.
#[derive(Debug, Clone, Copy)]
pub struct NetworkPeer(pub IpAddr);

/// Who asks, as far as the network tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The client's address; behind a proxy that the operator trusts, what the proxy says.
    pub address: Option<IpAddr>,
    /// Whether the request came from this machine, and through no proxy.
    pub is_local: bool,
}

const FORWARDED: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

impl Client {
    /// Reads the address from a request.
    #[must_use]
    pub fn of(parts: &Parts, proxies: &[IpAddr]) -> Self {
        let peer = parts.extensions.get::<NetworkPeer>().map(|peer| peer.0.to_canonical());
        let address = match peer {
            Some(peer) if proxies.contains(&peer) => Some(forwarded(&parts.headers, proxies).unwrap_or(peer)),
            other => other,
        };
        let is_forwarded = FORWARDED.iter().any(|name| parts.headers.contains_key(*name));
        Self { address, is_local: peer.is_some_and(|peer| peer.is_loopback()) && !is_forwarded }
    }

    /// What tells one client from another: the address, of IPv6 the first 64 bits, because a client has them all.
    #[must_use]
    pub fn network(&self) -> Option<String> {
        self.address.map(|address| match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("{:x}", u128::from(address) >> 64),
        })
    }
}

/// The last address that no trusted proxy has; what stands before it may be invented.
fn forwarded(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let lines: Vec<&str> =
        headers.get_all(FORWARDED[0]).iter().filter_map(|line| line.to_str().ok()).collect();
    let joined = lines.join(",");
    let mut hops = joined.rsplit(',').map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.find(|hop| !proxies.contains(hop))
}

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self::of(parts, &state.settings().proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        check("10.0.0.1", Some("192.0.2.7"), &[], "10.0.0.1");
        check("10.0.0.1", Some("192.0.2.7"), &["10.0.0.1"], "192.0.2.7");
        check("10.0.0.1", Some("1.2.3.4, 192.0.2.7, 10.0.0.2"), &["10.0.0.1", "10.0.0.2"], "192.0.2.7");
        check("10.0.0.1", Some("nonsense"), &["10.0.0.1"], "10.0.0.1");
        check("10.0.0.1", None, &["10.0.0.1"], "10.0.0.1");
    }

    #[track_caller]
    fn check(peer: &str, forwarded: Option<&str>, proxies: &[&str], expected: &str) {
        let mut request = Request::new(());
        request.extensions_mut().insert(NetworkPeer(peer.parse().unwrap()));
        if let Some(forwarded) = forwarded {
            request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        let proxies: Vec<IpAddr> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        let client = Client::of(&request.into_parts().0, &proxies);
        assert_eq!(client.address, Some(expected.parse().unwrap()));
    }
}
