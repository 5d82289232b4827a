//! Several questions in one request. Each goes through all that a request of its own would go through.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest as _, Request};
use axum::http::{self, Extensions, HeaderMap, HeaderValue, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Router};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use models::paths;
use models::permission::Action;
use models::problem::FieldProblem;
use models::together::{Answer, Answers, MAX_QUESTIONS, Method, Question, Questions};
use tower::ServiceExt as _;
use utoipa_axum::routes;

use crate::AppState;
use crate::auth::{AskedTogether, Routes};
use crate::error::Error;
use crate::http::{Json, observe, render_problems};

/// By what a request of its own would be known.
const PROOFS: [header::HeaderName; 2] = [header::COOKIE, header::AUTHORIZATION];

/// Questions of one request that are worked on at a time.
const AT_ONCE: usize = 4;
/// How long one answer may be among others, in bytes: they are held until all are there.
const MAX_ANSWER: usize = 2 << 20;

/// What answers a question that is asked alone.
#[derive(Debug, Clone)]
struct Alone(Router);

/// The route by which several questions are put to `router` at once.
pub fn together(state: &AppState, router: Router<AppState>) -> Routes {
    let alone = router
        .fallback(|| async { Error::NotFound })
        .layer(from_fn(only_short_json))
        .layer(from_fn(render_problems))
        .layer(from_fn_with_state(state.clone(), observe))
        .with_state(state.clone());
    let (schemas, paths, methods) = routes!(ask);
    Routes::new(state).add(Action::AskTogether, (schemas, paths, methods.layer(Extension(Alone(alone)))))
}

/// Ask several things at once, at most 16. Each is answered with what a request of its own would be answered with, status
/// and all. Nothing that changes something can be asked for, and nothing that is answered in another form than JSON.
/// An answer of over 2 MiB is refused with 413: ask for it alone.
#[utoipa::path(post, path = paths::TOGETHER, tag = "server", operation_id = "ask_together", request_body = Questions,
    responses((status = 200, description = "The answers, in the order of the questions.", body = Answers)))]
async fn ask(Extension(Alone(alone)): Extension<Alone>, together: Request) -> Result<Json<Answers>, Error> {
    let (headers, extensions) = (together.headers().clone(), together.extensions().clone());
    let Json(Questions { questions }) = Json::from_request(together, &()).await?;
    if questions.len() > MAX_QUESTIONS {
        return Err(Error::Invalid(vec![wrong(None, format!("ask at most {MAX_QUESTIONS} things at once"))]));
    }
    let requests = questions.into_iter().enumerate().map(|(index, question)| {
        request(question, &headers, &extensions)
            .ok_or_else(|| Error::Invalid(vec![wrong(Some(index), "begin it with /api/".to_owned())]))
    });
    let requests = requests.collect::<Result<Vec<_>, _>>()?;
    let answers = requests.into_iter().map(|request| async {
        let Ok(response) = alone.clone().oneshot(request).await;
        answer(response).await
    });
    Ok(Json(Answers { answers: stream::iter(answers).buffered(AT_ONCE).try_collect().await? }))
}

/// The request that the question would be; `None` when its path is none of ours.
fn request(question: Question, headers: &HeaderMap, extensions: &Extensions) -> Option<Request> {
    let Question { method, path, body } = question;
    let uri: Uri = path.parse().ok().filter(|_| path.starts_with("/api/"))?;
    let mut request = Request::new(Body::from(body.unwrap_or_default()));
    *request.method_mut() = match method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
    };
    *request.uri_mut() = uri;
    *request.extensions_mut() = extensions.clone();
    request.extensions_mut().insert(AskedTogether);
    for name in PROOFS {
        // All of them: who sends two is refused, here as there.
        for value in headers.get_all(&name) {
            request.headers_mut().append(name.clone(), value.clone());
        }
    }
    if method == Method::Post {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::CONTENT_TYPE, json);
    }
    Some(request)
}

async fn answer(response: Response) -> Result<Answer, Error> {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(header::RETRY_AFTER);
    let retry_after = retry_after.and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    let body = to_bytes(response.into_body(), usize::MAX).await.map_err(Error::internal)?;
    let body = String::from_utf8(body.into()).map_err(Error::internal)?;
    Ok(Answer { status, retry_after, body })
}

/// Refuses what is not JSON: files, and the stream of events, which has no end; and what is too long to be held.
async fn only_short_json(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| !kind.starts_with("application/json")) {
        return Error::BadRequest("This is not answered in JSON. Ask for it alone.".to_owned())
            .into_response();
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, MAX_ANSWER).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(_) => {
            Error::TooLongAnswer("This answer is too long to come together with others. Ask for it alone.")
                .into_response()
        }
    }
}

fn wrong(index: Option<usize>, msg: String) -> FieldProblem {
    let mut loc = vec!["body".to_owned(), "questions".to_owned()];
    if let Some(index) = index {
        loc.extend([index.to_string(), "path".to_owned()]);
    }
    FieldProblem { loc, msg, kind: "value_error".to_owned() }
}
