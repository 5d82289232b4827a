//! Refuses writes that another site made a browser send.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use models::paths;

use super::Site;
use crate::auth::cookie;
use crate::error::Error;
use crate::state::AppState;

/// Refuses writes that another site made a browser send. Who sends a token in `Authorization` means what she sends:
/// no browser adds one by itself.
pub async fn refuse_forged(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // A report has no effect but a line in the log, and browsers send it without saying from where.
    let is_report = request.uri().path() == paths::CSP_REPORT;
    if is_read || is_report || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let origin = request.extensions().get::<Site>().map(|site| site.origin(state.settings()));
    if is_forged(request.headers(), origin.as_deref()) {
        return Error::Forbidden(
            "This was sent by another site, or by a browser that is too old.".to_owned(),
        )
        .into_response();
    }
    next.run(request).await
}

fn is_forged(headers: &HeaderMap, own_origin: Option<&str>) -> bool {
    let has_cookie = cookie::is_sent(headers);
    let sent_by_page = match (only(headers, "sec-fetch-site"), only(headers, header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => Some(origin) == own_origin,
        (None, None) => !has_cookie,
    };
    !sent_by_page || (has_cookie && !headers.contains_key("x-requested-by"))
}

/// The value of a header; one that is sent twice equals nothing.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    Some(if values.next().is_none() { first.to_str().unwrap_or_default() } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    const COOKIE: (&str, &str) = ("cookie", "session=x");
    const CONSOLE: (&str, &str) = ("x-requested-by", "console");
    const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");
    const OWN: (&str, &str) = ("origin", "http://localhost:8090");

    #[test]
    fn the_console_may_write() {
        assert!(!forged(&[COOKIE, CONSOLE, SAME, OWN]));
        assert!(!forged(&[COOKIE, CONSOLE, SAME]));
        assert!(!forged(&[COOKIE, CONSOLE, OWN]), "a browser that does not know Sec-Fetch-Site");
    }

    #[test]
    fn a_program_without_cookie_may_write() {
        assert!(!forged(&[]));
    }

    #[test]
    fn other_sites_may_not_write() {
        for site in ["cross-site", "same-site", "none", ""] {
            for origin in [OWN, ("origin", "null"), ("origin", "http://evil.example")] {
                assert!(forged(&[COOKIE, CONSOLE, ("sec-fetch-site", site), origin]), "{site} {origin:?}");
                assert!(forged(&[("sec-fetch-site", site), origin]), "signing in: {site} {origin:?}");
            }
        }
        for origin in
            ["null", "http://localhost", "https://localhost:8090", "http://localhost:8090.evil.example", ""]
        {
            assert!(forged(&[COOKIE, CONSOLE, ("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn a_cookie_alone_is_no_proof() {
        assert!(forged(&[COOKIE]));
        assert!(forged(&[COOKIE, CONSOLE]));
        assert!(forged(&[COOKIE, SAME, OWN]), "without what only the console's code can send");
        assert!(forged(&[COOKIE, CONSOLE, SAME, SAME]), "a header sent twice");
    }

    fn forged(headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        is_forged(&map, Some("http://localhost:8090"))
    }
}
