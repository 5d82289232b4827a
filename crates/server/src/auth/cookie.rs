//! The cookie that holds a browser's session.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::http::Site;

/// The name over TLS: browsers take such a cookie from this very host alone.
const SECURE: &str = "__Host-session";
/// The name without TLS, which is for this machine.
const PLAIN: &str = "session";

/// Whether a request carries a session, of whatever worth.
#[must_use]
pub fn is_sent(headers: &HeaderMap) -> bool {
    find(headers, SECURE).is_some() || find(headers, PLAIN).is_some()
}

/// The secret of the session that a request carries.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, site: &Site) -> Option<&'a str> {
    find(headers, if site.secure { SECURE } else { PLAIN })
}

/// The header that hands a session to a browser; with `max_age` in seconds it outlives the browser's end.
#[must_use]
pub fn set(site: &Site, secret: &str, max_age: Option<i64>) -> Option<HeaderValue> {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    write(site, secret, &age)
}

/// The header that takes the session away.
#[must_use]
pub fn clear(site: &Site) -> Option<HeaderValue> {
    write(site, "", "; Max-Age=0")
}

fn write(site: &Site, secret: &str, age: &str) -> Option<HeaderValue> {
    let (name, secure) = if site.secure { (SECURE, "; Secure") } else { (PLAIN, "") };
    HeaderValue::try_from(format!("{name}={secret}{secure}; HttpOnly; SameSite=Strict; Path=/{age}")).ok()
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies =
        lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() {
        let header = set(&site(true), "abc", Some(60)).unwrap();
        assert_eq!(header, "__Host-session=abc; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=60");
        assert_eq!(set(&site(false), "abc", None).unwrap(), "session=abc; HttpOnly; SameSite=Strict; Path=/");
    }

    #[test]
    fn a_cookie_without_tls_is_worth_nothing_over_tls() {
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("a=b; session=abc"))]);
        assert_eq!(read(&headers, &site(false)), Some("abc"));
        assert_eq!(read(&headers, &site(true)), None);
        assert!(is_sent(&headers));
    }

    fn site(secure: bool) -> Site {
        Site { authority: "localhost".to_owned(), host: "localhost".to_owned(), secure }
    }
}
