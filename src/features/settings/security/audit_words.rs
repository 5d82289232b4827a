//! What was done, and by what, in words.

use models::audit::AuditAction;
use models::token::ApiToken;

pub(super) fn action(action: &AuditAction) -> &str {
    match action {
        AuditAction::SignedIn => "Signed in",
        AuditAction::ConnectionCreated => "Connection added",
        AuditAction::ConnectionChanged => "Connection changed",
        AuditAction::ConnectionDeleted => "Connection deleted",
        AuditAction::SecretsRead => "Secrets given to a program",
        AuditAction::ConnectionTested => "Connection tried out",
        AuditAction::RepositoryRead => "Repository read with a connection",
        AuditAction::MachineAsked => "Machine asked about a run with a connection",
        AuditAction::PersonChanged => "Name or e-mail changed",
        AuditAction::PasswordChanged => "Password changed",
        AuditAction::PaymentChanged => "Payment changed",
        AuditAction::Unknown(name) => name,
    }
}

/// By what it was done; `tokens` are those that still exist.
pub(super) fn credential(credential: &str, tokens: &[ApiToken]) -> String {
    match credential.split_once(' ') {
        None if credential == "browser" => "A browser".to_owned(),
        None if credential == "client" => "The mantik client".to_owned(),
        Some(("token", id)) => match tokens.iter().find(|token| token.token_id.to_string() == id) {
            Some(token) => format!("Token “{}”", token.name),
            None => "A token that is no more".to_owned(),
        },
        None | Some(_) => credential.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acted_is_named() {
        assert_eq!(credential("browser", &[]), "A browser");
        assert_eq!(credential("token 0190a5b2-c3d4-4e5f-8a9b-cdef01234567", &[]), "A token that is no more");
        assert_eq!(credential("something new", &[]), "something new");
    }
}
