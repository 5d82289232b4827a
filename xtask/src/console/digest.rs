//! What a file's content is called in its name, and in an `integrity` attribute.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// 16 hexadecimal digits that change with the content.
pub(super) fn name(content: &[u8]) -> String {
    Sha384::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The content's subresource integrity, `sha384-…`.
pub(super) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::{integrity, name};

    #[test]
    fn the_integrity_is_that_of_the_specification() {
        let published = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(integrity(b"alert('Hello, world.');"), published);
    }

    #[test]
    fn another_content_has_another_name() {
        assert_eq!(name(b"a").len(), 16);
        assert_ne!(name(b"a"), name(b"b"));
    }
}
