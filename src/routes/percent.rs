//! Percent-encoding of the values in a query string. Pure, so that it is tested without a browser.

use std::fmt::Write;

/// `text` as the value of a query parameter. What reads well in an address bar and means nothing there is kept.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~,:/@!*()$".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The text that `encoded` stands for; `None` when it is no text.
pub(crate) fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hexadecimal(rest.next()?)? << 4 | hexadecimal(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use proptest::prelude::*;

    #[test]
    fn what_reads_well_is_kept() {
        assert_eq!(encode("-metrics.val/loss,name"), "-metrics.val/loss,name");
        assert_eq!(encode("a = 'ü' & b"), "a%20%3D%20%27%C3%BC%27%20%26%20b");
    }

    #[test]
    fn a_broken_escape_is_no_text() {
        assert_eq!(decode("%4"), None);
        assert_eq!(decode("%zz"), None);
        assert_eq!(decode("%FF"), None);
        assert_eq!(decode("a+b%20c").as_deref(), Some("a b c"));
    }

    proptest! {
        #[test]
        fn every_text_survives(text: String) {
            prop_assert_eq!(decode(&encode(&text)), Some(text));
        }
    }
}
