//! Secrets that nobody can guess.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// 256 random bits, as 43 characters that may stand in a URL and in a cookie.
#[must_use]
pub fn secret() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// `length` random characters of the digits and the Latin letters; each is worth 5.95 bits.
#[must_use]
pub fn base62(length: usize) -> String {
    (0..length).map(|_| char::from(BASE62[rand::random_range(0..BASE62.len())])).collect()
}

/// `number` in the digits and the Latin letters, six characters.
#[must_use]
pub fn in_base62(mut number: u32) -> String {
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(number % 62) as usize];
        number /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}
