//! API tokens: what they look like.

use crate::random;

/// What each token begins with, so that a scanner for lost secrets knows it.
pub(super) const PREFIX: &str = "mtk_";
const N_SECRET: usize = 40;
const N_CHECK: usize = 6;

/// A new token: `mtk_<6 characters that tell it apart>_<40 random characters><6 characters of check>`.
#[must_use]
pub fn new_api_token() -> String {
    let body = format!("{PREFIX}{}_{}", random::base62(6), random::base62(N_SECRET));
    let check = random::in_base62(crc32(body.as_bytes()));
    body + &check
}

/// Whether a text looks like one of our tokens; mistyped and made-up ones need no look into the database.
pub(super) fn is_well_formed(token: &str) -> bool {
    let Some(split) = token.len().checked_sub(N_CHECK) else { return false };
    token.is_ascii()
        && token.len() == PREFIX.len() + 6 + 1 + N_SECRET + N_CHECK
        && token.starts_with(PREFIX)
        && random::in_base62(crc32(&token.as_bytes()[..split])) == token[split..]
}

/// The CRC-32 of Ethernet and zip.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_token_is_well_formed_and_a_mistyped_one_is_not() {
        let token = new_api_token();
        assert!(is_well_formed(&token), "{token}");
        let mut wrong = token.clone().into_bytes();
        wrong[20] = if wrong[20] == b'a' { b'b' } else { b'a' };
        assert!(!is_well_formed(std::str::from_utf8(&wrong).unwrap()));
        for wrong in ["", "mtk_", &token[1..], &format!("{token}0"), &"\u{e9}".repeat(30)] {
            assert!(!is_well_formed(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_check_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
