//! A new person as she is typed in.

use models::person::NewUser;
use models::problem::FieldErrors;

/// A new person as she is typed in. She chooses her password herself.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) is_admin: bool,
}

impl TryFrom<Draft> for NewUser {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse());
        let email = errors.keep("email", draft.email.parse());
        match (name, email) {
            (Some(name), Some(email)) => Ok(Self { name, email, password: None, is_admin: draft.is_admin }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_field_is_told_at_once() {
        let draft = Draft { name: "a b".to_owned(), email: "nowhere".to_owned(), is_admin: false };
        let errors = NewUser::try_from(draft).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["email", "name"]);
    }
}
