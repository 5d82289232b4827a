//! From bytes to text. Pure.

use std::borrow::Cow;

/// How many of the first bytes tell whether they are text.
const LOOKED_AT: usize = 8_192;

/// The text that bytes spell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// Whether some bytes were no UTF-8 and are shown as `�`.
    pub(super) is_damaged: bool,
}

/// The text that the bytes spell; `None` when they are no text. Of a part the character that it cuts is left out.
pub(super) fn text(bytes: &[u8], is_whole: bool) -> Option<Decoded> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = if is_whole { bytes } else { without_cut_end(bytes) };
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if looked_at.contains(&0) {
        return None;
    }
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => Some(Decoded { text: text.to_owned(), is_damaged: false }),
        Cow::Owned(text) => {
            // More than every tenth character unreadable: something else than text.
            let n_unreadable = text.chars().filter(|character| *character == '\u{FFFD}').count();
            (n_unreadable * 10 <= text.chars().count()).then_some(Decoded { text, is_damaged: true })
        }
    }
}

/// The bytes without a character at the end whose other bytes are missing.
fn without_cut_end(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or(bytes),
        Ok(_) | Err(_) => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], is_whole: bool) -> Option<(String, bool)> {
        text(bytes, is_whole).map(|decoded| (decoded.text, decoded.is_damaged))
    }

    #[test]
    fn text_is_read_as_utf_8() {
        assert_eq!(read("größe\n".as_bytes(), true), Some(("größe\n".to_owned(), false)));
        assert_eq!(read(b"\xEF\xBB\xBFa", true), Some(("a".to_owned(), false)));
        assert_eq!(read(b"", true), Some((String::new(), false)));
    }

    #[test]
    fn a_character_that_the_part_cuts_is_left_out() {
        let bytes = "aé".as_bytes();
        assert_eq!(read(&bytes[..2], false), Some(("a".to_owned(), false)));
        assert_eq!(
            read(&[b"0123456789".as_slice(), &bytes[..2]].concat(), true).map(|(_, damaged)| damaged),
            Some(true)
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_said_to_be_none() {
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", true), None);
        assert_eq!(read(&[0xFF; 64], true), None);
        assert_eq!(read("Stra\u{DF}e".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice(), true), None);
    }
}
