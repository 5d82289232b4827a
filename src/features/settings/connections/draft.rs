//! A connection as it is typed in, and the requests it becomes.

use models::connection::{AuthMethod, Connection, ConnectionPatch, ConnectionProvider, NewConnection};
use models::problem::FieldErrors;
use models::secret::Secret;
use models::text::{Name, Uri};

use super::secret::{SecretFate, SecretKind};

/// A connection as it was typed in. Its secret is that of its way in.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) provider: ConnectionProvider,
    pub(super) method: AuthMethod,
    pub(super) login: String,
    pub(super) uri: String,
    /// Empty where none was typed.
    pub(super) secret: String,
    pub(super) fate: SecretFate,
}

/// A draft, and the connection that it changes.
pub(super) struct Change {
    pub(super) draft: Draft,
    pub(super) base: Connection,
}

/// The parts of a draft that were read, or why they cannot be.
struct Read {
    errors: FieldErrors,
    name: Option<Name>,
    /// `None` where the way in takes none.
    login: Option<Name>,
    uri: Option<Uri>,
}

impl From<&Draft> for Read {
    fn from(draft: &Draft) -> Self {
        let mut errors = FieldErrors::default();
        let name = errors.keep("connectionName", draft.name.parse());
        let login = draft.takes_login().then(|| errors.keep("loginName", draft.login.parse())).flatten();
        let uri = draft.uri.trim();
        let uri = (!uri.is_empty()).then(|| errors.keep("uri", uri.parse())).flatten();
        Self { name, login, uri, errors }
    }
}

impl Draft {
    /// Whether the way in takes a login name.
    pub(super) fn takes_login(&self) -> bool {
        self.method.needs().contains(&"loginName")
    }

    /// Whether the draft leads to another door than `base`: the server then removes the secrets of the old one.
    pub(super) fn moves(&self, base: &Connection) -> bool {
        let login = self.takes_login() && base.login_name.as_deref().unwrap_or_default() != self.login.trim();
        let uri = base.uri.as_deref().unwrap_or_default() != self.uri.trim();
        self.provider != base.connection_provider || login || uri
    }
}

impl TryFrom<Draft> for NewConnection {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut read = Read::from(&draft);
        let kind = SecretKind::of(&draft.method);
        let secret = kind.and_then(|kind| read.errors.keep(kind.field(), Secret::try_from(draft.secret)));
        let given = |wanted| if kind == Some(wanted) { secret.clone() } else { None };
        let (password, token) = (given(SecretKind::Password), given(SecretKind::Token));
        let private_key = given(SecretKind::PrivateKey);
        match read.name {
            Some(connection_name) if read.errors.is_empty() => Ok(Self {
                connection_name,
                connection_provider: draft.provider,
                auth_method: draft.method,
                login_name: read.login,
                uri: read.uri,
                password,
                token,
                private_key,
            }),
            _ => Err(read.errors),
        }
    }
}

impl TryFrom<Change> for ConnectionPatch {
    type Error = FieldErrors;

    fn try_from(Change { draft, base }: Change) -> Result<Self, FieldErrors> {
        let mut read = Read::from(&draft);
        let password = secret(&mut read.errors, SecretKind::Password, &draft, &base);
        let token = secret(&mut read.errors, SecretKind::Token, &draft, &base);
        let private_key = secret(&mut read.errors, SecretKind::PrivateKey, &draft, &base);
        if !read.errors.is_empty() {
            return Err(read.errors);
        }
        let uri_changed = read.uri.as_ref().map(Uri::as_str) != base.uri.as_deref();
        let login = read.login.filter(|login| Some(login.as_str()) != base.login_name.as_deref());
        Ok(Self {
            connection_name: read.name,
            connection_provider: (draft.provider != base.connection_provider).then_some(draft.provider),
            auth_method: (draft.method != base.auth_method).then_some(draft.method),
            login_name: login.map(Some),
            uri: uri_changed.then_some(read.uri),
            password,
            token,
            private_key,
        })
    }
}

/// What a change does to a secret: nothing, or it removes or sets it. That of a way in that is given up goes.
fn secret(
    errors: &mut FieldErrors,
    kind: SecretKind,
    draft: &Draft,
    base: &Connection,
) -> Option<Option<Secret>> {
    let is_set = kind.state(&base.secrets).set;
    if SecretKind::of(&draft.method) != Some(kind) {
        return (is_set && draft.method != base.auth_method).then_some(None);
    }
    let typed = !draft.secret.is_empty();
    match draft.fate {
        SecretFate::Removed => is_set.then_some(None),
        SecretFate::Kept if is_set && !draft.moves(base) => None,
        SecretFate::Kept if is_set && !typed => {
            errors
                .add(kind.field(), "enter it again: what is stored was for the old system, name or address");
            None
        }
        SecretFate::Kept if !typed => None,
        SecretFate::Kept | SecretFate::Replaced => {
            errors.keep(kind.field(), Secret::try_from(draft.secret.clone())).map(Some)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::connection::{ConnectionSecrets, SecretState};
    use models::id::{ConnectionId, UserId};
    use models::person::User;
    use models::time::UnixMillis;
    use uuid::Uuid;

    #[test]
    fn a_new_connection_holds_what_its_way_in_needs_alone() {
        let new = NewConnection::try_from(Draft { secret: "glpat".to_owned(), ..draft() }).unwrap();
        assert_eq!(new.token.unwrap().expose(), "glpat");
        assert!(new.password.is_none() && new.private_key.is_none() && new.login_name.is_none());
    }

    #[test]
    fn what_is_missing_is_told_at_its_field() {
        let empty = Draft { name: String::new(), method: AuthMethod::UsernamePassword, ..draft() };
        let errors = NewConnection::try_from(empty).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["connectionName", "loginName", "password"]);
    }

    #[test]
    fn a_new_name_leaves_the_secret_alone() {
        let patch = patch(Draft { name: "Team".to_owned(), ..draft() }).unwrap();
        let only_named = ConnectionPatch { connection_name: "Team".parse().ok(), ..Default::default() };
        assert_eq!(patch, only_named);
    }

    #[test]
    fn another_address_wants_the_secret_again() {
        let moved = Draft { uri: "https://git.example.org".to_owned(), ..draft() };
        assert!(patch(moved.clone()).unwrap_err().get("token").is_some());
        let patch = patch(Draft { secret: "glpat".to_owned(), ..moved }).unwrap();
        assert!(matches!(patch.token, Some(Some(_))));
    }

    #[test]
    fn the_secret_of_the_way_in_that_is_given_up_is_removed() {
        let draft = Draft {
            method: AuthMethod::UsernamePassword,
            login: "ann".to_owned(),
            secret: "geheim".to_owned(),
            ..draft()
        };
        let patch = patch(draft).unwrap();
        assert_eq!(patch.token, Some(None));
        assert!(matches!(patch.password, Some(Some(_))));
    }

    #[test]
    fn a_secret_can_be_removed() {
        let patch = patch(Draft { fate: SecretFate::Removed, ..draft() }).unwrap();
        assert_eq!(patch.token, Some(None));
    }

    fn patch(draft: Draft) -> Result<ConnectionPatch, FieldErrors> {
        ConnectionPatch::try_from(Change { draft, base: base() })
    }

    fn draft() -> Draft {
        Draft {
            name: "Code".to_owned(),
            provider: ConnectionProvider::GitLab,
            method: AuthMethod::Token,
            login: String::new(),
            uri: String::new(),
            secret: String::new(),
            fate: SecretFate::Kept,
        }
    }

    fn base() -> Connection {
        let user = User { user_id: UserId(Uuid::nil()), name: "ann".to_owned(), email: None, is_admin: None };
        let token = SecretState { set: true, hint: None, updated_at: Some(UnixMillis(0)) };
        Connection {
            connection_id: ConnectionId(Uuid::nil()),
            user,
            connection_name: "Code".to_owned(),
            connection_provider: ConnectionProvider::GitLab,
            auth_method: AuthMethod::Token,
            login_name: None,
            uri: None,
            secrets: ConnectionSecrets { token, ..ConnectionSecrets::default() },
            created_at: UnixMillis(0),
            updated_at: UnixMillis(0),
            version: 1,
        }
    }
}
