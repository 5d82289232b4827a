//! What is kept of the headers of an answer.

use hyper::HeaderMap;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName};

/// Kinds of content that are passed on as they are; another kind loses its name.
const KINDS: [&str; 5] =
    ["application/json", "text/plain", "application/octet-stream", "image/png", "image/jpeg"];

/// What is kept of the headers of an answer: its length and its kind, if that does nothing in a browser. Never cookies,
/// places to go to, or policies.
pub(super) fn kept(headers: &HeaderMap) -> HeaderMap {
    let is_kept = |name: &HeaderName| {
        let value = headers.get(name)?;
        let kind = value.to_str().ok()?.split(';').next()?.trim().to_ascii_lowercase();
        (name != CONTENT_TYPE || KINDS.contains(&kind.as_str())).then(|| (name.clone(), value.clone()))
    };
    [CONTENT_TYPE, CONTENT_LENGTH].iter().filter_map(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_length_and_harmless_kinds_are_kept() {
        let mut headers = HeaderMap::new();
        for name in [
            "set-cookie",
            "location",
            "refresh",
            "content-security-policy",
            "access-control-allow-origin",
            "clear-site-data",
            "service-worker-allowed",
            "link",
            "www-authenticate",
            "content-encoding",
            "server",
        ] {
            headers.insert(name, "x".parse().unwrap());
        }
        headers.insert("content-type", "application/json; charset=utf-8".parse().unwrap());
        headers.insert("content-length", "5".parse().unwrap());
        let kept_headers = kept(&headers);
        assert_eq!(kept_headers.len(), 2);
        assert_eq!(kept_headers["content-type"], "application/json; charset=utf-8");
        for kind in ["text/html", "image/svg+xml", "text/javascript", "application/xhtml+xml", ""] {
            headers.insert("content-type", kind.parse().unwrap());
            assert!(!kept(&headers).contains_key("content-type"), "{kind}");
        }
    }
}
