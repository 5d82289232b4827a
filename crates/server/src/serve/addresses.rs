//! How many connections each address has open.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// How many connections each address has open. All clones are one.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most: usize,
}

/// The right to a connection; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    address: IpAddr,
    addresses: Addresses,
}

impl Addresses {
    pub(super) fn new(most: usize) -> Self {
        Self { open: Arc::default(), most }
    }

    /// A place for one more connection from `address`; `None` when it has too many. This machine may have any number:
    /// a proxy on it speaks for all the world.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Place> {
        let address = network(address.to_canonical());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let n = open.entry(address).or_default();
        if *n >= self.most && !address.is_loopback() {
            return None;
        }
        *n += 1;
        Some(Place { address, addresses: self.clone() })
    }
}

/// What tells one client from another: of IPv6 the first 64 bits, because a client has them all.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
        IpAddr::V4(_) | IpAddr::V6(_) => address,
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = open.get_mut(&self.address) {
            *n -= 1;
            if *n == 0 {
                open.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_places_and_no_more() {
        let addresses = Addresses::new(2);
        let far: IpAddr = "192.0.2.1".parse().unwrap();
        let places: Vec<_> = (0..2).map(|_| addresses.enter(far).unwrap()).collect();
        assert!(addresses.enter(far).is_none());
        assert!(
            addresses.enter("::ffff:192.0.2.1".parse().unwrap()).is_none(),
            "the same address in other words"
        );
        let wide = |host: &str| addresses.enter(format!("2001:db8::{host}").parse().unwrap());
        let _wide = [wide("1").unwrap(), wide("2").unwrap()];
        assert!(wide("3").is_none(), "a client of IPv6 has many addresses");
        assert!(addresses.enter("192.0.2.2".parse().unwrap()).is_some());
        drop(places);
        assert!(addresses.enter(far).is_some());
        let near: IpAddr = "127.0.0.1".parse().unwrap();
        let places: Vec<_> = (0..5).map(|_| addresses.enter(near)).collect();
        assert!(places.iter().all(Option::is_some));
    }
}
