//! The fields of the forms about a connection.

use leptos::prelude::*;
use models::connection::{AuthMethod, Connection, ConnectionProvider};

use super::draft::Draft;
use super::secret::{SecretFate, SecretKind};
use super::words::methods;

/// What is typed in, but for secrets.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) name: RwSignal<String>,
    pub(super) provider: RwSignal<String>,
    pub(super) method: RwSignal<String>,
    pub(super) login: RwSignal<String>,
    pub(super) uri: RwSignal<String>,
}

/// The secrets that are typed in, one for each way in, so that none is lost by looking at another way. They live only as
/// long as the form is open.
#[derive(Clone, Copy)]
pub(super) struct Secrets {
    pub(super) typed: [RwSignal<String>; SecretKind::ALL.len()],
    pub(super) fate: RwSignal<SecretFate>,
}

impl Secrets {
    pub(super) fn empty() -> Self {
        Self {
            typed: SecretKind::ALL.map(|_| RwSignal::new(String::new())),
            fate: RwSignal::new(SecretFate::Kept),
        }
    }

    /// What is typed of a kind.
    pub(super) fn typed(self, kind: SecretKind) -> RwSignal<String> {
        let [password, token, private_key] = self.typed;
        match kind {
            SecretKind::Password => password,
            SecretKind::Token => token,
            SecretKind::PrivateKey => private_key,
        }
    }
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] = &[
        "connectionName",
        "connectionProvider",
        "authMethod",
        "loginName",
        "uri",
        "password",
        "token",
        "privateKey",
    ];

    pub(super) fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        let fields = Self { name: text(), provider: text(), method: text(), login: text(), uri: text() };
        fields.clear();
        fields.follow_provider();
        fields
    }

    pub(super) fn of(connection: &Connection) -> Self {
        let fields = Self::empty();
        fields.fill(connection);
        fields
    }

    pub(super) fn clear(self) {
        for text in [self.name, self.login, self.uri] {
            text.set(String::new());
        }
        let provider = ConnectionProvider::GitLab;
        self.method.set(methods(&provider).first().map(ToString::to_string).unwrap_or_default());
        self.provider.set(provider.to_string());
    }

    pub(super) fn fill(self, connection: &Connection) {
        self.name.set(connection.connection_name.clone());
        self.provider.set(connection.connection_provider.to_string());
        self.method.set(connection.auth_method.to_string());
        self.login.set(connection.login_name.clone().unwrap_or_default());
        self.uri.set(connection.uri.clone().unwrap_or_default());
    }

    /// The system that is chosen.
    pub(super) fn provider(self) -> ConnectionProvider {
        ConnectionProvider::from(self.provider.get())
    }

    /// The way in that is chosen.
    pub(super) fn method(self) -> AuthMethod {
        AuthMethod::from(self.method.get())
    }

    /// All that is typed in; follows it where it is called in a view.
    pub(super) fn draft(self, secrets: Secrets) -> Draft {
        let method = self.method();
        let secret = SecretKind::of(&method).map(|kind| secrets.typed(kind).get());
        Draft {
            name: self.name.get(),
            provider: self.provider(),
            method,
            login: self.login.get(),
            uri: self.uri.get(),
            secret: secret.unwrap_or_default(),
            fate: secrets.fate.get(),
        }
    }

    /// Another system may have other ways in: then its usual one is chosen.
    fn follow_provider(self) {
        Effect::new(move |before: Option<ConnectionProvider>| {
            let provider = self.provider();
            let known = methods(&provider);
            let chosen = AuthMethod::from(self.method.get_untracked());
            if before.is_some_and(|before| before != provider)
                && !known.contains(&chosen)
                && let Some(usual) = known.first()
            {
                self.method.set(usual.to_string());
            }
            provider
        });
    }
}
