//! The keys that sign what the server gives away and takes back.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A key for one purpose; wiped when it is dropped.
pub type Subkey = Zeroizing<[u8; 32]>;

/// The master keys of an installation by their version, the newest last. There is always one.
#[derive(Clone)]
pub struct Versions {
    newest: (u8, Subkey),
    older: BTreeMap<u8, Subkey>,
}

impl Versions {
    /// The keys of these versions; `None` when there are none.
    #[must_use]
    pub fn new(mut keys: BTreeMap<u8, Subkey>) -> Option<Self> {
        let newest = keys.pop_last()?;
        Some(Self { newest, older: keys })
    }

    /// The number of the newest key.
    #[must_use]
    pub fn newest(&self) -> u8 {
        self.newest.0
    }

    fn get(&self, version: u8) -> Option<&Subkey> {
        if version == self.newest.0 { Some(&self.newest.1) } else { self.older.get(&version) }
    }
}

/// Reads the master keys anew; `None` when that fails.
type Source = Arc<dyn Fn() -> Option<Versions> + Send + Sync>;

/// The master keys of an installation, from which all others are made. The newest signs and seals; what older ones have
/// signed and sealed still holds. All clones are one.
#[derive(Clone)]
pub struct Keys {
    versions: Arc<RwLock<Versions>>,
    source: Option<Source>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keys")
    }
}

impl From<[u8; 32]> for Keys {
    /// A single key that is kept nowhere.
    fn from(master: [u8; 32]) -> Self {
        let versions = Versions { newest: (1, Zeroizing::new(master)), older: BTreeMap::new() };
        Self { versions: Arc::new(RwLock::new(versions)), source: None }
    }
}

impl Keys {
    /// Keys that may become more while the server runs: `source` is asked before a secret is sealed, and when one is
    /// found that was sealed with a key that is not known yet.
    #[must_use]
    pub fn new(versions: Versions, source: impl Fn() -> Option<Versions> + Send + Sync + 'static) -> Self {
        Self { versions: Arc::new(RwLock::new(versions)), source: Some(Arc::new(source)) }
    }

    /// The key for one purpose, such as `page token`. Two purposes never share a key.
    #[must_use]
    pub fn subkey(&self, purpose: &str) -> Subkey {
        made(&self.read().newest.1, purpose)
    }

    /// The newest key for one purpose, and its version.
    #[must_use]
    pub fn newest(&self, purpose: &str) -> (u8, Subkey) {
        self.refresh();
        let versions = self.read();
        (versions.newest(), made(&versions.newest.1, purpose))
    }

    /// The key of a version for one purpose; `None` when there is no such version (any more).
    #[must_use]
    pub fn of_version(&self, version: u8, purpose: &str) -> Option<Subkey> {
        if self.read().get(version).is_none() {
            self.refresh();
        }
        self.read().get(version).map(|key| made(key, purpose))
    }

    /// Signs `message` for one purpose.
    #[must_use]
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        mac(&self.subkey(purpose), message)
    }

    /// Whether `signature` is that of `message` for the purpose, by any key.
    #[must_use]
    pub fn is_signed(&self, purpose: &str, message: &[u8], signature: &[u8]) -> bool {
        let versions = self.read();
        let is_by = |key: &Subkey| mac(&made(key, purpose), message).as_slice().ct_eq(signature).into();
        is_by(&versions.newest.1) || versions.older.values().any(is_by)
    }

    fn read(&self) -> RwLockReadGuard<'_, Versions> {
        self.versions.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn refresh(&self) {
        if let Some(versions) = self.source.as_ref().and_then(|source| source()) {
            *self.versions.write().unwrap_or_else(PoisonError::into_inner) = versions;
        }
    }
}

fn made(master: &Subkey, purpose: &str) -> Subkey {
    Zeroizing::new(mac(master, purpose.as_bytes()))
}

fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC fills a short key up with zeros to the length of a block.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_and_purpose_alone() {
        let keys = Keys::from([7; 32]);
        let signature = keys.sign("page token", b"50");
        assert!(keys.is_signed("page token", b"50", &signature));
        assert!(!keys.is_signed("page token", b"51", &signature));
        assert!(!keys.is_signed("access token", b"50", &signature));
        assert!(!Keys::from([8; 32]).is_signed("page token", b"50", &signature));
        assert!(!keys.is_signed("page token", b"50", b""));
    }

    #[test]
    fn what_an_older_key_has_signed_still_holds() {
        let old = Keys::from([7; 32]);
        let signature = old.sign("page token", b"50");
        let both = [7, 8].map(|byte| (byte, Zeroizing::new([byte; 32])));
        let keys = Keys::new(Versions::new(both.into()).unwrap(), || None);
        assert!(keys.is_signed("page token", b"50", &signature));
        assert_ne!(keys.sign("page token", b"50"), signature);
        assert_eq!(keys.newest("page token"), (8, Keys::from([8; 32]).subkey("page token")));
        assert_eq!(keys.of_version(7, "page token"), Some(old.subkey("page token")));
        assert_eq!(keys.of_version(9, "page token"), None);
        assert!(Versions::new(BTreeMap::new()).is_none());
    }

    #[test]
    fn a_key_that_came_after_the_start_is_found() {
        let keys = [1, 2].map(|byte| (byte, Zeroizing::new([byte; 32])));
        let first = Versions::new(keys[..1].iter().cloned().collect()).unwrap();
        let keys = Keys::new(first, move || Versions::new(keys.clone().into()));
        assert_eq!(keys.subkey("a"), Keys::from([1; 32]).subkey("a"));
        assert_eq!(keys.of_version(2, "a"), Some(Keys::from([2; 32]).subkey("a")));
        assert_eq!(keys.newest("a").0, 2);
    }

    #[test]
    fn the_mac_is_the_one_that_others_compute() {
        // RFC 4231, test case 1, has a key of 20 bytes; the zeros after it change nothing.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(mac(&key, b"Hi There")[..4], [0xb0, 0x34, 0x4c, 0x61]);
    }
}
