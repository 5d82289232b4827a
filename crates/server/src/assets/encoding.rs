//! In which encodings a browser takes a file.

use axum::http::{HeaderMap, header};

/// An encoding that a build prepared, and the end of its files' names.
pub(super) type Encoding = (&'static str, &'static str);

const PREPARED: [Encoding; 2] = [("br", ".br"), ("gzip", ".gz")];

/// The encodings that a browser takes, the smallest first.
pub(super) fn accepted(headers: &HeaderMap) -> impl Iterator<Item = Encoding> {
    let header =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepted: Vec<String> = header.split(',').filter_map(name).collect();
    PREPARED.into_iter().filter(move |(encoding, _)| accepted.iter().any(|name| name == encoding))
}

/// The name in `br;q=0.5`; none when its weight is zero.
fn name(choice: &str) -> Option<String> {
    let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
    let weight = weight.trim().strip_prefix("q=").map(|weight| weight.trim().parse::<f32>().unwrap_or(0.0));
    weight.is_none_or(|weight| weight > 0.0).then(|| name.trim().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_is_taken_comes_first() {
        check("gzip, deflate, br", &["br", "gzip"]);
        check("br;q=0, GZIP;q=0.5", &["gzip"]);
        check("identity", &[]);
        check("", &[]);
    }

    #[track_caller]
    fn check(header: &str, expected: &[&str]) {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, header.parse().unwrap())]);
        assert_eq!(accepted(&headers).map(|(name, _)| name).collect::<Vec<_>>(), expected);
    }
}
