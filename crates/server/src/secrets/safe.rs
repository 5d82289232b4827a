//! Seals secrets, and opens them again.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use models::secret::Secret;
use zeroize::Zeroizing;

use super::sealed::NONCE;
use super::{Place, Sealed};
use crate::auth::{Keys, Subkey};

const PURPOSE: &str = "data keys of secrets";

/// Seals secrets with XChaCha20-Poly1305, each with a random key of its own. That key is stored beside the secret,
/// wrapped by one made from the master key; so a new master key needs no secret to be opened.
#[derive(Debug, Clone)]
pub struct Safe {
    keys: Keys,
}

/// Why a secret cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It was changed, it belongs somewhere else, or it was sealed with a key of another installation.
    #[error("a stored secret was changed or belongs elsewhere")]
    Broken,
    /// The master key is not there with which it was sealed.
    #[error("a stored secret needs version {0} of the master key; restore it from a backup")]
    NoKey(u8),
}

impl Safe {
    /// A safe with these master keys.
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        Self { keys: keys.clone() }
    }

    /// Seals a secret for its place.
    ///
    /// # Errors
    /// [`SealError::Broken`] when the cipher refuses, which it does for secrets of many gigabytes alone.
    pub fn seal(&self, secret: &Secret, place: &Place) -> Result<Sealed, SealError> {
        let data_key: Subkey = Zeroizing::new(rand::random());
        let content = encrypt(&data_key, secret.expose().as_bytes(), &place.label())?;
        let (version, wrapping) = self.keys.newest(PURPOSE);
        Ok(Sealed::new(version, &encrypt(&wrapping, &*data_key, &wrap_label(place, version))?, &content))
    }

    /// Opens a secret that was sealed for this place.
    ///
    /// # Errors
    /// [`SealError`]
    pub fn open(&self, sealed: &Sealed, place: &Place) -> Result<Secret, SealError> {
        let parts = sealed.parts().ok_or(SealError::Broken)?;
        let data_key = self.data_key(sealed, place)?;
        let content = decrypt(&data_key, parts.content, &place.label())?;
        let text = std::str::from_utf8(&content).map_err(|_| SealError::Broken)?;
        Secret::try_from(text.to_owned()).map_err(|_| SealError::Broken)
    }

    /// Wraps the data key anew with the newest master key; `None` when it is so already.
    ///
    /// # Errors
    /// [`SealError`]
    pub fn rewrap(&self, sealed: &Sealed, place: &Place) -> Result<Option<Sealed>, SealError> {
        let parts = sealed.parts().ok_or(SealError::Broken)?;
        let (version, wrapping) = self.keys.newest(PURPOSE);
        if parts.key_version == version {
            return Ok(None);
        }
        let data_key = self.data_key(sealed, place)?;
        let wrapped = encrypt(&wrapping, &*data_key, &wrap_label(place, version))?;
        Ok(Some(Sealed::new(version, &wrapped, parts.content)))
    }

    fn data_key(&self, sealed: &Sealed, place: &Place) -> Result<Subkey, SealError> {
        let parts = sealed.parts().ok_or(SealError::Broken)?;
        let version = parts.key_version;
        let wrapping = self.keys.of_version(version, PURPOSE).ok_or(SealError::NoKey(version))?;
        let opened = decrypt(&wrapping, parts.wrapped, &wrap_label(place, version))?;
        let mut data_key: Subkey = Zeroizing::new([0; 32]);
        if opened.len() != data_key.len() {
            return Err(SealError::Broken);
        }
        data_key.copy_from_slice(&opened);
        Ok(data_key)
    }
}

fn wrap_label(place: &Place, version: u8) -> String {
    format!("{}|{version}", place.label())
}

/// A random nonce, then the sealed text. With 192 random bits no two nonces are ever equal.
fn encrypt(key: &Subkey, plain: &[u8], label: &str) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: plain, aad: label.as_bytes() };
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Broken)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &Subkey, sealed: &[u8], label: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Broken)?;
    let payload = Payload { msg: sealed, aad: label.as_bytes() };
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| SealError::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Versions;
    use crate::secrets::SecretField;
    use models::id::UserId;
    use uuid::Uuid;

    #[test]
    fn a_secret_opens_in_its_place() {
        let (safe, place) = (safe(&[1]), place());
        for text in ["x", "hunter2", "é\n\0", &"k".repeat(Secret::MAX_LENGTH)] {
            let sealed = safe.seal(&secret(text), &place).unwrap();
            assert_eq!(safe.open(&sealed, &place), Ok(secret(text)));
            assert_ne!(safe.seal(&secret(text), &place).unwrap(), sealed, "no two are alike");
            assert!(
                text.len() < 4 || !sealed.as_bytes().windows(4).any(|part| part == &text.as_bytes()[..4])
            );
        }
    }

    #[test]
    fn a_secret_opens_nowhere_else() {
        let (newer, safe, here) = (safe(&[1, 2]), safe(&[1]), place());
        let sealed = safe.seal(&secret("hunter2"), &here).unwrap();
        for elsewhere in [
            Place { row_id: Uuid::from_u128(9), ..here },
            Place { owner: UserId(Uuid::from_u128(9)), ..here },
            Place { row_id: here.owner.0, owner: UserId(here.row_id), ..here },
            Place { field: SecretField::Token, ..here },
            Place { field: SecretField::PaymentDetails, ..here },
        ] {
            assert_eq!(safe.open(&sealed, &elsewhere), Err(SealError::Broken), "{elsewhere:?}");
            assert_eq!(newer.rewrap(&sealed, &elsewhere), Err(SealError::Broken));
        }
    }

    #[test]
    fn a_changed_or_shortened_secret_does_not_open() {
        let (safe, place) = (safe(&[1]), place());
        let sealed = safe.seal(&secret("hunter2"), &place).unwrap();
        let bytes = sealed.as_bytes();
        for position in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.to_vec();
                flipped[position] ^= 1 << bit;
                assert!(safe.open(&Sealed::from_bytes(flipped), &place).is_err(), "bit {bit} of {position}");
            }
            assert!(safe.open(&Sealed::from_bytes(bytes[..position].to_vec()), &place).is_err());
        }
        let longer = [bytes, &[0]].concat();
        assert!(safe.open(&Sealed::from_bytes(longer), &place).is_err());
    }

    #[test]
    fn the_parts_of_two_secrets_cannot_be_mixed() {
        let (safe, place) = (safe(&[1]), place());
        let [one, two] = ["one", "two"].map(|text| safe.seal(&secret(text), &place).unwrap());
        let [one, two] = [one.parts().unwrap(), two.parts().unwrap()];
        let mixed = Sealed::new(one.key_version, one.wrapped, two.content);
        assert_eq!(safe.open(&mixed, &place), Err(SealError::Broken));
    }

    #[test]
    fn a_secret_outlives_the_key_that_it_was_sealed_with() {
        let place = place();
        let first = safe(&[1]);
        let sealed = first.seal(&secret("hunter2"), &place).unwrap();
        assert_eq!(first.rewrap(&sealed, &place), Ok(None));
        let both = safe(&[1, 2]);
        assert_eq!(both.open(&sealed, &place), Ok(secret("hunter2")));
        let rewrapped = both.rewrap(&sealed, &place).unwrap().unwrap();
        assert_eq!(both.rewrap(&rewrapped, &place), Ok(None));
        let second = safe(&[2]);
        assert_eq!(second.open(&rewrapped, &place), Ok(secret("hunter2")));
        assert_eq!(second.open(&sealed, &place), Err(SealError::NoKey(1)));
        assert_eq!(first.open(&rewrapped, &place), Err(SealError::NoKey(2)));
    }

    #[test]
    fn another_installation_opens_nothing() {
        let place = place();
        let sealed = safe(&[1]).seal(&secret("hunter2"), &place).unwrap();
        let other = Safe::new(&Keys::from([99; 32]));
        assert_eq!(other.open(&sealed, &place), Err(SealError::Broken));
    }

    fn safe(versions: &[u8]) -> Safe {
        let keys = versions.iter().map(|version| (*version, Zeroizing::new([*version; 32])));
        Safe::new(&Keys::new(Versions::new(keys.collect()).unwrap(), || None))
    }

    fn place() -> Place {
        let owner = UserId(Uuid::from_u128(2));
        Place { row_id: Uuid::from_u128(1), field: SecretField::Password, owner }
    }

    fn secret(text: &str) -> Secret {
        Secret::try_from(text.to_owned()).unwrap()
    }
}
