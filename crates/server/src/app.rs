//! The whole server as one service.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use models::paths;
use tower_http::catch_panic::CatchPanicLayer;

use crate::auth::Routes;
use crate::http::{
    Capacity, compression, in_time, no_such_method, observe, panicked, refuse_forged, refuse_wrong_hosts,
    render_problems, security_headers, shed_load,
};
use crate::{AppState, assets, openapi, routes, tracking};

/// How many requests may be in work at once.
const PLACES: usize = 256;
/// How many streams, uploads and downloads may be open at once: however slow they are, they keep nobody from asking.
const STREAMS: usize = 512;

/// Everything that is served, with all that holds for every request: outermost is what comes last here.
pub fn app(state: AppState) -> Router {
    let (api, mut document) = routes::all(&state).into_parts();
    let (together, of_together) = routes::together(&state, api.clone()).into_parts();
    document.merge(of_together);
    let tracking = tracking::routes(&state).into_parts().0;
    let (streams, of_streams) = routes::streams(&state).merge(tracking::streams(&state)).into_parts();
    document.merge(of_streams);
    let document = openapi::document(document);
    let described = routes::described(Routes::new(&state), document);
    let streams = streams.layer(from_fn_with_state(Capacity::new(STREAMS), shed_load));
    api.merge(together)
        .merge(described.into_parts().0)
        .merge(tracking)
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(Capacity::new(PLACES), shed_load))
        .merge(streams)
        // A client of MLflow prints links to pages below this one; the console reads the rest of the address.
        .route(paths::TRACKING, get(assets::page))
        .route(&format!("{}/", paths::TRACKING), get(assets::page))
        .fallback(assets::console)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn_with_state(state.clone(), refuse_forged))
        .layer(from_fn_with_state(state.clone(), refuse_wrong_hosts))
        .merge(routes::health())
        .layer(compression())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(render_problems))
        .layer(from_fn_with_state(state.clone(), security_headers))
        .layer(from_fn_with_state(state.clone(), observe))
        .with_state(state)
}
