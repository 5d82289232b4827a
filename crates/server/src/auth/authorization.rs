//! The header `Authorization`.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, prelude::BASE64_STANDARD};

/// The token that a request carries: `Bearer <token>`, the token alone, or, as MLflow sends user and password, `Basic`
/// with the token as the password. `Some("")` when there is a header but nothing in it that could be a token.
pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?;
    let is_only = values.next().is_none();
    let value = value.to_str().ok().filter(|_| is_only).unwrap_or_default().trim();
    Some(match value.split_once(' ') {
        None => value.to_owned(),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim().to_owned(),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("basic") => {
            password(rest.trim()).unwrap_or_default()
        }
        Some(_) => String::new(),
    })
}

fn password(credentials: &str) -> Option<String> {
    let credentials = String::from_utf8(BASE64_STANDARD.decode(credentials).ok()?).ok()?;
    credentials.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_in_three_ways() {
        check("Bearer abc", "abc");
        check("bearer  abc ", "abc");
        check("abc", "abc");
        check(&format!("Basic {}", BASE64_STANDARD.encode("ann:abc")), "abc");
    }

    #[test]
    fn anything_else_is_no_token() {
        for header in ["Digest abc", "Basic abc", "Basic", "", "Bearer "] {
            let found = token(&headers(header)).unwrap();
            assert!(found.is_empty() || found == header.trim(), "{header}: {found}");
        }
        assert_eq!(token(&HeaderMap::new()), None);
    }

    #[track_caller]
    fn check(header: &str, expected: &str) {
        assert_eq!(token(&headers(header)).as_deref(), Some(expected));
    }

    fn headers(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())])
    }
}
