//! The first user as she is typed in.

use models::problem::FieldErrors;
use models::session::{Setup, why_not_password};

/// The first user as she is typed in.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) token: String,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) password: String,
}

impl TryFrom<Draft> for Setup {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = errors.keep("username", draft.username.parse());
        let email = errors.keep("email", draft.email.parse());
        if let Some(reason) = why_not_password(&draft.password) {
            errors.add("password", reason);
        }
        match (username, email) {
            (Some(username), Some(email)) if errors.is_empty() => {
                Ok(Self { token: draft.token, username, email, password: draft.password })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_draft_can_be_sent() {
        let setup = Setup::try_from(draft("ann", "ann@example.org", "correct horse battery")).unwrap();
        assert_eq!((setup.username.as_str(), setup.token.as_str()), ("ann", "t"));
    }

    #[test]
    fn every_bad_field_is_told_at_once() {
        let errors = Setup::try_from(draft("a b", "nowhere", "short")).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field.to_owned()).collect();
        assert_eq!(fields, ["email", "password", "username"]);
    }

    fn draft(username: &str, email: &str, password: &str) -> Draft {
        let [username, email, password] = [username, email, password].map(str::to_owned);
        Draft { token: "t".to_owned(), username, email, password }
    }
}
