//! A request under construction.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header, request::Builder};
use serde::Serialize;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use tower::ServiceExt as _;

use super::{Answer, Person};

/// The host name under which the tests call the server.
pub(crate) const HOST: &str = "localhost:8090";

/// A request under construction; `.await` sends it.
#[must_use]
pub(crate) struct Call {
    router: Router,
    request: Builder,
    body: Body,
    has_host: bool,
}

impl Call {
    pub(super) fn new(router: Router, method: Method, path: &str) -> Self {
        let request = Request::builder().method(method).uri(path);
        Self { router, request, body: Body::empty(), has_host: false }
    }

    /// As this person, in her browser.
    pub(crate) fn by(self, person: &Person) -> Self {
        let cookie = format!("session={}", person.cookie);
        self.header("cookie", &cookie)
            .header("x-requested-by", "console")
            .header("sec-fetch-site", "same-origin")
    }

    /// With this token.
    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// With a JSON body.
    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).unwrap();
        Self { body: body.into(), ..self }.header(header::CONTENT_TYPE.as_str(), "application/json")
    }

    /// With any body.
    pub(crate) fn body(self, kind: &str, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..self }.header(header::CONTENT_TYPE.as_str(), kind)
    }

    /// For a version of the object.
    pub(crate) fn if_match(self, version: i64) -> Self {
        self.header("if-match", &format!("\"v{version}\""))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.has_host |= name.eq_ignore_ascii_case("host");
        Self { request: self.request.header(name, value), ..self }
    }

    /// Puts what the server learns from the network beside the request.
    pub(crate) fn extension(self, extension: impl Clone + Send + Sync + 'static) -> Self {
        Self { request: self.request.extension(extension), ..self }
    }

    /// Sends it; gives the answer with its body unread, for bodies without end.
    pub(crate) async fn open(self) -> axum::response::Response {
        let this = if self.has_host { self } else { self.header("host", HOST) };
        this.router.oneshot(this.request.body(this.body).unwrap()).await.unwrap()
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Answer::read(self.open().await).await })
    }
}
