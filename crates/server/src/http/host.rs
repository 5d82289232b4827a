//! The host names that this server serves. Others are refused, so that no foreign name can be bent to this address.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header, uri::Authority};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;
use crate::settings::Settings;
use crate::state::AppState;

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// As what the caller sees this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Host and port, as in `localhost:8090`.
    pub authority: String,
    /// The host in small letters, without port.
    pub host: String,
    /// Whether the caller reached it over TLS.
    pub secure: bool,
}

impl Site {
    /// The site that a request names, if it is one of ours.
    #[must_use]
    pub fn of(uri: &Uri, headers: &HeaderMap, settings: &Settings) -> Option<Self> {
        let mut named = headers.get_all(header::HOST).iter();
        let authority: Authority = match (uri.authority(), named.next(), named.next()) {
            (Some(authority), ..) => authority.clone(),
            (None, Some(host), None) => host.to_str().ok()?.parse().ok()?,
            (None, ..) => return None,
        };
        if authority.as_str().contains('@') {
            return None;
        }
        let host = authority.host().to_ascii_lowercase();
        let public = settings.public_url.as_ref().filter(|public| public.host == host);
        let ours = public.is_some() || LOOPBACK.contains(&host.as_str()) || settings.hosts.contains(&host);
        let secure = public.is_some_and(|public| public.secure);
        ours.then(|| Self { authority: authority.as_str().to_ascii_lowercase(), host, secure })
    }

    /// The origin that a browser names for pages of this site.
    #[must_use]
    pub fn origin(&self, settings: &Settings) -> String {
        match &settings.public_url {
            Some(public) if public.host == self.host => public.as_str().to_owned(),
            Some(_) | None => format!("http://{}", self.authority),
        }
    }
}

/// Refuses requests for host names that are not ours.
pub async fn refuse_wrong_hosts(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    match Site::of(request.uri(), request.headers(), state.settings()) {
        Some(site) => {
            request.extensions_mut().insert(site);
            next.run(request).await
        }
        None => Error::WrongHost.into_response(),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Site {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get().cloned().ok_or(Error::WrongHost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_and_the_public_name_are_served() {
        for host in ["localhost:8090", "127.0.0.1", "[::1]:1", "LOCALHOST", "console.example.org", "lab:80"] {
            assert!(site(host).is_some(), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a@localhost", "", "0.0.0.0"]
        {
            assert!(site(host).is_none(), "{host}");
        }
    }

    #[test]
    fn the_public_name_is_reached_over_tls() {
        assert!(site("console.example.org").unwrap().secure);
        assert!(!site("localhost").unwrap().secure);
    }

    fn site(host: &str) -> Option<Site> {
        let settings = Settings {
            public_url: Some("https://console.example.org".parse().unwrap()),
            hosts: vec!["lab".to_owned()],
            ..Settings::default()
        };
        let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        Site::of(&Uri::from_static("/"), &headers, &settings)
    }
}
