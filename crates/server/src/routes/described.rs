//! The document that describes the API, and a page that shows it.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use models::permission::Action;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use crate::auth::Routes;
use crate::error::Error;
use crate::http::Json;

const DOCUMENT: &str = "/api/openapi.json";

/// Adds the document, and the page that shows it.
pub fn described(routes: Routes, document: OpenApi) -> Routes {
    let document = Arc::new(document);
    let show = move || async move { Json(document) };
    let index = || async { Redirect::permanent("/api/docs/") };
    routes
        .add_undescribed(Action::ReadServer, DOCUMENT, get(show))
        .add_undescribed(Action::ReadServer, "/api/docs", get(index))
        .add_undescribed(Action::ReadServer, "/api/docs/", get(|| file(Path("index.html".to_owned()))))
        .add_undescribed(Action::ReadServer, "/api/docs/{*file}", get(file))
}

async fn file(Path(path): Path<String>) -> Result<Response, Error> {
    let config = Arc::new(Config::from(DOCUMENT).validator_url("none").use_base_layout());
    let file = utoipa_swagger_ui::serve(&path, config).map_err(Error::internal)?.ok_or(Error::NotFound)?;
    let mut response = (
        [(header::CONTENT_TYPE, file.content_type.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())],
        file.bytes.into_owned(),
    )
        .into_response();
    if file.gzpipped {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
