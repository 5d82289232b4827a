//! Serves the console's page and files.

use std::fmt::Write as _;
use std::path::Path;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::encoding::{Encoding, accepted};
use super::files::{Found, find};
use crate::AppState;
use crate::error::Error;

const PAGE: &str = "index.html";
/// The folder whose files have a hash of their content in their names.
const HASHED: &str = "static/";

/// Serves a file of the console; at all paths that are no file's the page, which knows what to show there.
pub async fn console(State(state): State<AppState>, request: Request) -> Result<Response, Error> {
    let path = request.uri().path().trim_start_matches('/');
    let is_data = matches!(path.split('/').next(), Some("api" | "tracking"));
    if is_data || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Error::NotFound);
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if is_file { path } else { PAGE };
    answer(state.settings().dist.as_deref(), name, request.headers()).await
}

/// Serves the page.
pub async fn page(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Error> {
    answer(state.settings().dist.as_deref(), PAGE, &headers).await
}

async fn answer(folder: Option<&Path>, name: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let Some((file, encoding)) = best(folder, name, headers).await else {
        return if name == PAGE { Ok(not_built()) } else { Err(Error::NotFound) };
    };
    let tag = tag(&file, encoding);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = HeaderValue::from_static(media_type(name));
        ([(header::CONTENT_TYPE, kind)], file.bytes.into_owned()).into_response()
    };
    let headers = response.headers_mut();
    if let Some((name, _)) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(freshness(name)));
    headers.extend(HeaderValue::try_from(tag).map(|tag| (header::ETAG, tag)));
    Ok(response)
}

/// The file in the smallest form that the browser takes.
async fn best(folder: Option<&Path>, name: &str, headers: &HeaderMap) -> Option<(Found, Option<Encoding>)> {
    for encoding in accepted(headers) {
        if let Some(file) = find(folder, &format!("{name}{}", encoding.1)).await {
            return Some((file, Some(encoding)));
        }
    }
    find(folder, name).await.map(|file| (file, None))
}

fn tag(file: &Found, encoding: Option<Encoding>) -> String {
    let mut tag = "\"".to_owned();
    for byte in &file.digest[..12] {
        // Writing into a text does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag + encoding.map_or("", |(name, _)| name) + "\""
}

fn freshness(name: &str) -> &'static str {
    if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What a server says that was built without the console.
fn not_built() -> Response {
    let text = "The console is not part of this server. `cargo xtask serve` builds both.\n";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
