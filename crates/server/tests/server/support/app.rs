//! A server over a fresh store, called without a network.

use axum::Router;
use axum::http::Method;
use models::id::ProjectId;
use models::permission::Role;
use serde_json::json;
use server::auth::{Keys, Passwords};
use server::settings::Settings;
use server::store::{NewAccount, Store};
use server::{AppState, app};
use std::future::Future;
use std::sync::Arc;
use tokio::sync::OnceCell;

use super::{Call, PASSWORD, Person, on_each_database};

/// A server over a fresh store.
#[derive(Clone)]
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    pub(crate) router: Router,
    /// Deleted with the last clone.
    _folder: Arc<tempfile::TempDir>,
}

/// Runs `test` on a server over each database.
pub(crate) async fn on_each_app<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    on_each_database(|store| test(TestApp::new(store, |_| ()))).await;
}

impl TestApp {
    /// A server over `store`, whose settings `adjust` may change.
    pub(crate) fn new(store: Store, adjust: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings { data: folder.path().to_owned(), ..Settings::default() };
        adjust(&mut settings);
        let state = AppState::new(store, settings, Keys::from([7; 32]));
        Self { router: app(state.clone()), state, _folder: Arc::new(folder) }
    }

    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    pub(crate) fn store(&self) -> &Store {
        self.state.store()
    }

    /// A person named `name`, with the password [`PASSWORD`] and signed in in a browser.
    pub(crate) async fn person(&self, name: &str) -> Person {
        self.new_person(name, false).await
    }

    /// As [`TestApp::person`], who administers the platform.
    pub(crate) async fn administrator(&self, name: &str) -> Person {
        self.new_person(name, true).await
    }

    /// A new project, private unless changed.
    pub(crate) async fn project(&self, owner: &Person, name: &str) -> ProjectId {
        let new = serde_json::from_value(json!({"name": name})).unwrap();
        self.store().create_project(owner.id, new, None).await.unwrap()
    }

    /// A person named `name` with a role in the project.
    pub(crate) async fn member(&self, project: ProjectId, name: &str, role: Role) -> Person {
        let person = self.person(name).await;
        self.store().set_member(project, person.id, role).await.unwrap();
        person
    }

    pub(crate) fn get(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::POST, path)
    }

    pub(crate) fn put(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::PUT, path)
    }

    pub(crate) fn delete(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::DELETE, path)
    }

    pub(crate) fn call(&self, method: Method, path: impl AsRef<str>) -> Call {
        Call::new(self.router.clone(), method, path.as_ref())
    }

    async fn new_person(&self, name: &str, is_admin: bool) -> Person {
        let email = format!("{}@example.org", name.to_lowercase());
        let new = NewAccount { name: name.to_owned(), email, password_hash: hash().await, is_admin };
        let account = self.store().create_account(new).await.unwrap();
        Person::sign_in(self, account).await
    }
}

/// The hash of [`PASSWORD`], computed once: it takes long on purpose.
async fn hash() -> String {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = async { Passwords::default().hash(PASSWORD.to_owned()).await.unwrap() };
    HASH.get_or_init(|| hash).await.clone()
}
