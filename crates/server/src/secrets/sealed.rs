//! What is stored of a secret.

use std::fmt;

/// What is stored of a secret: `1 | key version | nonce | wrapped data key | nonce | sealed secret`, in bytes
/// `1 | 1 | 24 | 48 | 24 | n + 16`. Nobody learns anything from it without the master key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// The first byte, by which a later form can be told.
const FORM: u8 = 1;
pub(super) const NONCE: usize = 24;
const WRAPPED: usize = 48;
const HEAD: usize = 2 + NONCE + WRAPPED;
const TAG: usize = 16;

/// The parts of a [`Sealed`].
pub(super) struct Parts<'a> {
    pub(super) key_version: u8,
    /// Nonce and wrapped data key.
    pub(super) wrapped: &'a [u8],
    /// Nonce and sealed secret.
    pub(super) content: &'a [u8],
}

impl Sealed {
    /// What was read from the database, of whatever worth.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What goes into the database.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn new(key_version: u8, wrapped: &[u8], content: &[u8]) -> Self {
        Self([&[FORM, key_version], wrapped, content].concat())
    }

    /// Takes it apart; `None` when it is too short, or of another form.
    pub(super) fn parts(&self) -> Option<Parts<'_>> {
        let (head, content) = self.0.split_at_checked(HEAD)?;
        let &[FORM, key_version, ref wrapped @ ..] = head else { return None };
        (content.len() >= NONCE + TAG).then_some(Parts { key_version, wrapped, content })
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealed")
    }
}
