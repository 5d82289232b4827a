//! Somebody who uses the server.

use models::id::{ProjectId, UserId};
use models::time::UnixMillis;
use models::token::TokenScope;
use server::auth::{new_api_token, sha256};
use server::clock;
use server::services::open_session;
use server::store::{Account, NewToken, SignInOrigin};

use super::TestApp;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Somebody who is signed in in a browser.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) personal_project: ProjectId,
    /// The value of the session's cookie.
    pub(crate) cookie: String,
}

impl Person {
    pub(super) async fn sign_in(app: &TestApp, account: Account) -> Self {
        let opened = open_session(app.store(), &account, false, SignInOrigin::default()).await.unwrap();
        let personal_project = account.personal_project_id.unwrap();
        Self { id: account.user_id, name: account.name, personal_project, cookie: opened.secret }
    }

    /// A new access token of hers, as the `mantik` client gets it.
    pub(crate) async fn client(&self, app: &TestApp) -> String {
        let body = serde_json::json!({"username": self.name, "password": PASSWORD});
        let answer = app.post(models::paths::TOKENS_CREATE).json(&body).await.expect(201);
        answer.json()["AccessToken"].as_str().unwrap().to_owned()
    }

    /// A new API token of hers.
    pub(crate) async fn token(
        &self,
        app: &TestApp,
        scopes: &[TokenScope],
        project_id: Option<ProjectId>,
    ) -> String {
        let secret = new_api_token();
        let new = NewToken {
            secret_hash: sha256(&secret),
            user_id: self.id,
            name: "a token".to_owned(),
            scopes: scopes.to_vec(),
            project_id,
            expires_at: UnixMillis(clock::now().0 + 3_600_000),
        };
        app.store().create_api_token(new).await.unwrap();
        secret
    }
}
