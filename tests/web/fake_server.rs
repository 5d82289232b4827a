//! Answers the requests of a test in the place of a server.

use gloo_net::http::ResponseBuilder;
use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use models::paths;
use models::together::{self, Answers, Questions};
use serde_json::{Value, json};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Request, Response, Url};

type Answer = Rc<dyn Fn(&str) -> (u16, Value)>;

/// Answers each request until it is dropped.
pub(crate) struct FakeServer {
    fetch: JsValue,
    _answer: Closure<dyn Fn(Request) -> Promise>,
}

impl FakeServer {
    /// Answers with a status and a body, by method and path: `GET /api/session`. A file is asked for with its query, and
    /// its body is a text or a list of bytes.
    pub(crate) fn start(answer: impl Fn(&str) -> (u16, Value) + 'static) -> Self {
        let answer: Answer = Rc::new(answer);
        let answer = Closure::<dyn Fn(Request) -> Promise>::new(move |request: Request| {
            let answer = Rc::clone(&answer);
            future_to_promise(async move { Ok(respond(&answer, &request).await.into()) })
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

async fn respond(answer: &Answer, request: &Request) -> Response {
    let url = Url::new(&request.url()).unwrap();
    let path = url.pathname();
    if path.ends_with("/file") {
        // The client puts a `&` behind a query that has no more to say.
        let search = url.search();
        return file(answer(&format!("{} {path}{}", request.method(), search.trim_end_matches('&'))));
    }
    let (status, body) = if path == paths::TOGETHER {
        let text = JsFuture::from(request.text().unwrap()).await.unwrap().as_string().unwrap();
        (200, json!(each(answer, &serde_json::from_str(&text).unwrap())))
    } else {
        answer(&format!("{} {path}", request.method()))
    };
    let response = ResponseBuilder::new().status(status).header("content-type", "application/json");
    response.json(&body).unwrap().into()
}

/// The whole of a file, whatever part of it is asked for.
fn file((status, body): (u16, Value)) -> Response {
    let mut bytes = match body {
        Value::String(text) => text.into_bytes(),
        Value::Array(bytes) => bytes.iter().map(|byte| byte.as_u64().unwrap() as u8).collect(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
            other.to_string().into_bytes()
        }
    };
    let response = ResponseBuilder::new().status(status).header("content-type", "application/octet-stream");
    response.body(Some(bytes.as_mut_slice())).unwrap().into()
}

/// What is asked together is answered as if it were asked alone.
fn each(answer: &Answer, asked: &Questions) -> Answers {
    let answers = asked.questions.iter().map(|question| {
        let method = json!(question.method);
        let path = question.path.split('?').next().unwrap();
        let (status, body) = answer(&format!("{} {path}", method.as_str().unwrap()));
        together::Answer { status, retry_after: None, body: body.to_string() }
    });
    Answers { answers: answers.collect() }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        Reflect::set(&window(), &"fetch".into(), &self.fetch).unwrap();
    }
}
