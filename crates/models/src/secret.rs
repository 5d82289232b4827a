//! Secrets on their way to the server.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

/// A password, a token or a private key: 1 to 16384 bytes. It is written only where a client sends it, never in a log:
/// `Debug` shows no part of it, and neither does the message of a refusal.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

/// Why a text cannot be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    #[error("enter a value")]
    Empty,
    #[error("shorten it to {} bytes", Secret::MAX_LENGTH)]
    TooLong,
}

impl Secret {
    /// How many bytes it may have: enough for any private key.
    pub const MAX_LENGTH: usize = 16_384;

    /// The secret itself. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    /// Leaves nothing behind in memory.
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl TryFrom<String> for Secret {
    type Error = SecretError;

    fn try_from(text: String) -> Result<Self, SecretError> {
        match text.len() {
            0 => Err(SecretError::Empty),
            length if length > Self::MAX_LENGTH => Err(SecretError::TooLong),
            _ => Ok(Self(text)),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By way of `Value`, because serde's own message for a number would quote it.
        match Value::deserialize(deserializer)? {
            Value::String(text) => Self::try_from(text).map_err(D::Error::custom),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                Err(D::Error::custom("expected a text"))
            }
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Secret {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
            .min_length(Some(1))
            .max_length(Some(Self::MAX_LENGTH))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Secret {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret::try_from("hunter2".to_owned()).unwrap()), "Secret");
    }

    #[test]
    fn a_refusal_does_not_quote_the_secret() {
        let refusal = serde_json::from_str::<Secret>("27182818").unwrap_err().to_string();
        assert_eq!(refusal, "expected a text");
    }

    #[test]
    fn a_secret_has_a_length() {
        assert_eq!(Secret::try_from(String::new()), Err(SecretError::Empty));
        assert!(Secret::try_from("x".repeat(Secret::MAX_LENGTH)).is_ok());
        assert_eq!(Secret::try_from("x".repeat(Secret::MAX_LENGTH + 1)), Err(SecretError::TooLong));
    }
}
