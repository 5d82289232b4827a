//! Where a secret belongs.

use models::id::UserId;
use uuid::Uuid;

/// Which secret of an object it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretField {
    /// The password of a connection.
    Password,
    /// The token of a connection.
    Token,
    /// The private key of a connection.
    PrivateKey,
    /// The reference of a person's payment information.
    PaymentDetails,
}

impl SecretField {
    /// The secrets that a connection can have.
    pub const OF_CONNECTIONS: [Self; 3] = [Self::Password, Self::Token, Self::PrivateKey];

    /// The spelling in the database; it is sealed in, so it never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Token => "token",
            Self::PrivateKey => "private_key",
            Self::PaymentDetails => "payment_details",
        }
    }

    /// The field that is spelled `text`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let all = [Self::Password, Self::Token, Self::PrivateKey, Self::PaymentDetails];
        all.into_iter().find(|field| field.as_str() == text)
    }

    fn table(self) -> &'static str {
        match self {
            Self::Password | Self::Token | Self::PrivateKey => "connections",
            Self::PaymentDetails => "payment_infos",
        }
    }
}

/// Where a secret belongs. It opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The object that it is a secret of.
    pub row_id: Uuid,
    /// Which of its secrets it is.
    pub field: SecretField,
    /// Whose the object is.
    pub owner: UserId,
}

impl Place {
    /// What is authenticated beside the secret: `table|row|owner|field`. Ids have no bars in them.
    pub(super) fn label(&self) -> String {
        format!("{}|{}|{}|{}", self.field.table(), self.row_id, self.owner, self.field.as_str())
    }
}
