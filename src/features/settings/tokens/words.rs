//! What each scope is called and allows.

use models::token::TokenScope;

/// All scopes, in the order of the form.
pub(super) const SCOPES: [TokenScope; 5] =
    [TokenScope::Mlflow, TokenScope::Read, TokenScope::Write, TokenScope::SubmitRuns, TokenScope::Predict];

pub(super) fn title(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Mlflow => "MLflow",
        TokenScope::Read => "Read",
        TokenScope::Write => "Write",
        TokenScope::SubmitRuns => "Start runs",
        TokenScope::Predict => "Predict",
    }
}

/// What the scope allows, in a sentence.
pub(super) fn meaning(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Mlflow => "Log and read runs through MLflow.",
        TokenScope::Read => "Read what you may read through the API.",
        TokenScope::Write => "Change what you may change through the API.",
        TokenScope::SubmitRuns => "Start runs, and use the secrets of your connections for them.",
        TokenScope::Predict => "Ask deployed models for predictions.",
    }
}
