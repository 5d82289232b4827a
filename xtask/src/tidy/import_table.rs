//! Who may name whom: dependencies point one way.

/// Each layer of the console, and what its files may name of `crate::…` besides their own layer.
///
/// A feature is a layer of its own: `features/runs` may not name `features/data`.
pub(super) const MAY_USE: &[(&str, &[&str])] = &[
    ("api", &[]),
    ("routes", &[]),
    ("ui", &[]),
    ("queries", &["api"]),
    ("session", &["queries", "routes", "api::ApiError"]),
    ("widgets", &["ui", "queries", "routes", "session", "api::ApiError"]),
    ("features", &["widgets", "ui", "queries", "routes", "session", "api::ApiError"]),
    ("app", &["features", "widgets", "ui", "queries", "routes", "session", "api"]),
];

/// Parts of the workspace, and the names that their files must not use: modules (`crate::…`) and other crates.
pub(super) const MUST_NOT_NAME: &[(&str, &[&str])] = &[
    ("crates/models/src/", &["axum", "leptos", "sqlx"]),
    ("crates/server/src/store/", &["axum", "crate::routes", "crate::services", "crate::tracking"]),
    ("crates/server/src/services/", &["axum", "crate::routes", "crate::tracking"]),
    ("crates/server/src/routes/", &["sqlx"]),
    ("src/api/", &["leptos", "leptos_router"]),
    ("src/ui/", &["gloo_net", "models"]),
];

/// The only modules of the console that send requests.
pub(super) const SENDERS: &[&str] = &["src/api/http", "src/api/events"];

/// The crate that sends them.
pub(super) const SENDING: &str = "gloo_net";
