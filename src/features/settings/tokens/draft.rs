//! A token as it is asked for.

use leptos::prelude::*;
use models::problem::FieldErrors;
use models::token::{NewApiToken, TokenScope};

use super::words::SCOPES;

/// How long a token works when nobody says otherwise, in days.
const USUAL_DAYS: &str = "90";

/// The fields of the form.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) name: RwSignal<String>,
    /// Whether each of [`SCOPES`] is ticked.
    pub(super) scopes: [RwSignal<bool>; SCOPES.len()],
    pub(super) days: RwSignal<String>,
    /// The id of a project; empty for all.
    pub(super) project: RwSignal<String>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] = &["name", "scopes", "days", "projectId"];

    pub(super) fn empty() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            scopes: SCOPES.map(|scope| RwSignal::new(is_usual(scope))),
            days: RwSignal::new(USUAL_DAYS.to_owned()),
            project: RwSignal::new(String::new()),
        }
    }

    pub(super) fn clear(self) {
        self.name.set(String::new());
        for (ticked, scope) in self.scopes.into_iter().zip(SCOPES) {
            ticked.set(is_usual(scope));
        }
        self.days.set(USUAL_DAYS.to_owned());
        self.project.set(String::new());
    }

    pub(super) fn draft(self) -> Draft {
        let ticked = self.scopes.into_iter().zip(SCOPES).filter(|(ticked, _)| ticked.get_untracked());
        Draft {
            name: self.name.get_untracked(),
            scopes: ticked.map(|(_, scope)| scope).collect(),
            days: self.days.get_untracked(),
            project: self.project.get_untracked(),
        }
    }
}

/// What most tokens are for.
fn is_usual(scope: TokenScope) -> bool {
    scope == TokenScope::Mlflow
}

/// A token as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) scopes: Vec<TokenScope>,
    pub(super) days: String,
    pub(super) project: String,
}

impl TryFrom<Draft> for NewApiToken {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse());
        let days = errors.keep("days", draft.days.parse().map_err(|_| "choose how long it works"));
        if draft.scopes.is_empty() {
            errors.add("scopes", "choose at least one");
        }
        match (name, days) {
            (Some(name), Some(days)) if errors.is_empty() => {
                Ok(Self { name, scopes: draft.scopes, project_id: draft.project.parse().ok(), days })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_needs_a_name_and_a_scope() {
        let errors = NewApiToken::try_from(draft("", Vec::new())).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "scopes"]);
    }

    #[test]
    fn a_token_without_a_project_is_for_all() {
        let token = NewApiToken::try_from(draft("laptop", vec![TokenScope::Mlflow])).unwrap();
        assert_eq!((token.project_id, token.days), (None, 90));
    }

    fn draft(name: &str, scopes: Vec<TokenScope>) -> Draft {
        Draft { name: name.to_owned(), scopes, days: USUAL_DAYS.to_owned(), project: String::new() }
    }
}
