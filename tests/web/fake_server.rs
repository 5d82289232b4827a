//! Answers the requests of a test in the place of a server.

use gloo_net::http::ResponseBuilder;
use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use web_sys::{Request, Url};

/// Answers each request until it is dropped.
pub(crate) struct FakeServer {
    fetch: JsValue,
    _answer: Closure<dyn Fn(Request) -> Promise>,
}

impl FakeServer {
    /// Answers with a status and a body, by method and path: `GET /api/session`.
    pub(crate) fn start(answer: impl Fn(&str) -> (u16, Value) + 'static) -> Self {
        let answer = Closure::<dyn Fn(Request) -> Promise>::new(move |request: Request| {
            let path = Url::new(&request.url()).unwrap().pathname();
            let (status, body) = answer(&format!("{} {path}", request.method()));
            let response = ResponseBuilder::new().status(status).header("content-type", "application/json");
            let response: web_sys::Response = response.json(&body).unwrap().into();
            Promise::resolve(&JsValue::from(response))
        });
        let fetch = Reflect::get(&window(), &"fetch".into()).unwrap();
        Reflect::set(&window(), &"fetch".into(), answer.as_ref()).unwrap();
        Self { fetch, _answer: answer }
    }

    /// Answers that nobody is signed in, on a server that is set up.
    pub(crate) fn without_session() -> Self {
        Self::start(|request| match request {
            "GET /api/session" => (200, Value::Null),
            "GET /api/setup" => (200, json!({ "needed": false })),
            _ => (401, json!({ "detail": "Sign in first.", "code": "unauthenticated" })),
        })
    }

    /// Answers that somebody is signed in, and that there is nothing.
    pub(crate) fn with_session() -> Self {
        Self::start(|request| match request {
            "GET /api/session" => {
                let user = json!({ "userId": "0190a5b2-c3d4-4e5f-8a9b-cdef01234567", "name": "ann" });
                (200, json!({ "user": user, "expiresAt": 4_102_444_800_000_i64 }))
            }
            _ => (404, json!({ "detail": "There is no such thing.", "code": "not_found" })),
        })
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        Reflect::set(&window(), &"fetch".into(), &self.fetch).unwrap();
    }
}
