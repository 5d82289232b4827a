//! Tokens for programs: API tokens, and the token pair of the `mantik` client.

use serde::{Deserialize, Serialize};

use crate::id::{ApiTokenId, ProjectId};
use crate::page::Listed;
use crate::text::Name;
use crate::time::UnixMillis;

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TokenScope {
    /// Read what its owner may read.
    #[serde(rename = "read")]
    Read,
    /// Change what its owner may change.
    #[serde(rename = "write")]
    Write,
    /// Log and read through MLflow's API.
    #[serde(rename = "mlflow")]
    Mlflow,
    /// Start runs.
    #[serde(rename = "runs:submit")]
    SubmitRuns,
    /// Ask deployed models.
    #[serde(rename = "predict")]
    Predict,
}

/// An API token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiToken {
    /// Identifies the token.
    pub token_id: ApiTokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// The only project it may be used in; MLflow experiments made with it land there.
    pub project_id: Option<ProjectId>,
    /// When it was made.
    pub created_at: UnixMillis,
    /// When it stops working.
    pub expires_at: UnixMillis,
    /// When it was last used, to the minute; missing when never.
    pub last_used_at: Option<UnixMillis>,
}

impl Listed for ApiToken {
    const PROPERTY: &'static str = "tokens";
}

/// Asks for an API token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewApiToken {
    /// What to call it.
    pub name: Name,
    /// What it may be used for; at least one.
    #[cfg_attr(feature = "openapi", schema(min_items = 1))]
    pub scopes: Vec<TokenScope>,
    /// The only project it may be used in; all of its owner's when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// How many days it works, 1 to 366.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 366))]
    pub days: u16,
}

impl NewApiToken {
    /// How many days a token may work at most.
    pub const MAX_DAYS: u16 = 366;
}

/// An API token that was just made: the only time that its secret is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedApiToken {
    /// The token's description.
    #[serde(flatten)]
    pub token: ApiToken,
    /// What to send as bearer, or as `MLFLOW_TRACKING_TOKEN`.
    pub secret: String,
}

impl std::fmt::Debug for CreatedApiToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreatedApiToken").field("token", &self.token).finish_non_exhaustive()
    }
}

/// Asks for the token pair of the `mantik` client.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// The user name.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub username: String,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(max_length = 256, format = Password, write_only))]
    pub password: String,
}

/// Asks for a new access token.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    /// The user name.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub username: String,
    /// The refresh token.
    #[cfg_attr(feature = "openapi", schema(max_length = 200, write_only))]
    pub refresh_token: String,
}

/// The token pair of the `mantik` client; a refresh has no new refresh token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "PascalCase")]
pub struct TokenPair {
    /// A JSON web token for one hour whose `sub` is the user's id.
    pub access_token: String,
    /// For 30 days; only when the pair is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// When the access token ends, as `2026-01-31T12:00:00+00:00`: Python 3.9 reads neither `Z` nor nanoseconds.
    pub expires_at: String,
}
