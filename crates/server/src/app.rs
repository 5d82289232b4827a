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
    api.merge(together)
        .merge(described.into_parts().0)
        .merge(tracking)
        .layer(from_fn(in_time))
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
        .layer(from_fn_with_state(Capacity::default(), shed_load))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(render_problems))
        .layer(from_fn_with_state(state.clone(), security_headers))
        .layer(from_fn_with_state(state.clone(), observe))
        .with_state(state)
}
