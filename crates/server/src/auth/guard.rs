//! Routes, each declared with what it does; without that there is no adding one.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;
use models::permission::Action;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::{Guard, authorize};
use crate::http::body_limit;
use crate::openapi::describe;
use crate::state::AppState;

/// Routes under construction.
pub struct Routes {
    state: AppState,
    router: OpenApiRouter<AppState>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new(state: &AppState) -> Self {
        Self { state: state.clone(), router: OpenApiRouter::new() }
    }

    /// Adds `routes!(…)`, which do `action`: their guard lets nobody through who may not, and the document says so.
    #[must_use]
    pub fn add(self, action: Action, (schemas, mut paths, methods): UtoipaMethodRouter<AppState>) -> Self {
        describe(&mut paths, action);
        let guarded = self.guarded(action, methods);
        Self { router: self.router.routes((schemas, paths, guarded)), ..self }
    }

    /// As [`Routes::add`], for what does lasting harm in the wrong hands: a browser must have been given the password a short
    /// while ago.
    #[must_use]
    pub fn add_sensitive(
        self,
        action: Action,
        (schemas, mut paths, methods): UtoipaMethodRouter<AppState>,
    ) -> Self {
        describe(&mut paths, action);
        let guard = Guard { state: self.state.clone(), action, is_sensitive: true };
        let guarded = methods.layer(from_fn_with_state(guard, authorize));
        Self { router: self.router.routes((schemas, paths, guarded)), ..self }
    }

    /// As [`Routes::add`], for bodies of at most `n_bytes`.
    #[must_use]
    pub fn add_small(self, action: Action, n_bytes: usize, routes: UtoipaMethodRouter<AppState>) -> Self {
        self.add(action, small(n_bytes, routes))
    }

    /// Adds a route that the document does not describe: pages, and what exists for other servers' clients.
    #[must_use]
    pub fn add_undescribed(self, action: Action, path: &str, methods: MethodRouter<AppState>) -> Self {
        let guarded = self.guarded(action, methods);
        Self { router: self.router.route(path, guarded), ..self }
    }

    /// Adds another group.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self { router: self.router.merge(other.router), ..self }
    }

    /// The router, and the document that describes it.
    pub fn into_parts(self) -> (Router<AppState>, OpenApi) {
        self.router.split_for_parts()
    }

    fn guarded(&self, action: Action, methods: MethodRouter<AppState>) -> MethodRouter<AppState> {
        let guard = Guard { state: self.state.clone(), action, is_sensitive: false };
        methods.layer(from_fn_with_state(guard, authorize))
    }
}

/// Routes that take bodies of at most `n_bytes`.
pub fn small(
    n_bytes: usize,
    (schemas, paths, methods): UtoipaMethodRouter<AppState>,
) -> UtoipaMethodRouter<AppState> {
    (schemas, paths, methods.layer(body_limit(n_bytes)))
}
