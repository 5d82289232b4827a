//! `mantik-server token create`

use anyhow::{Context as _, Result, bail};
use clap::Args;
use models::id::ProjectId;
use models::text::Name;
use models::time::UnixMillis;
use models::token::{NewApiToken, TokenScope};

use crate::auth::{new_api_token, sha256};
use crate::config::Storage;
use crate::store::NewToken;
use crate::{clock, data};

/// A token to be made.
#[derive(Debug, Args)]
pub(super) struct CreateToken {
    /// The name of the user whose token it is.
    #[arg(long)]
    user: String,
    /// The only project that it is good for.
    #[arg(long)]
    project: Option<ProjectId>,
    /// What to call it.
    #[arg(long)]
    name: Name,
    /// What it is good for: read, write, mlflow, runs:submit or predict; may be given several times.
    #[arg(long = "scope", value_parser = scope, default_values = ["write", "mlflow"])]
    scopes: Vec<TokenScope>,
    /// How many days it works.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=i64::from(NewApiToken::MAX_DAYS)))]
    days: u16,
    #[command(flatten)]
    storage: Storage,
}

pub(super) async fn create(token: CreateToken) -> Result<()> {
    let opened = data::open(&token.storage, false).await?;
    let account = opened.store.account_by_name(&token.user).await;
    let account = account.with_context(|| format!("there is no user {}", token.user))?;
    if let Some(project_id) = token.project
        && opened.store.role_in(project_id, account.user_id).await?.is_none()
    {
        bail!("there is no project {project_id} that {} may see", account.name);
    }
    let secret = new_api_token();
    let new = NewToken {
        secret_hash: sha256(&secret),
        user_id: account.user_id,
        name: token.name.into(),
        scopes: token.scopes,
        project_id: token.project,
        expires_at: UnixMillis(clock::now().0 + i64::from(token.days) * 86_400_000),
    };
    opened.store.create_api_token(new).await?;
    opened.store.close().await;
    println!("{secret}");
    Ok(())
}

fn scope(text: &str) -> Result<TokenScope, String> {
    serde_json::from_value(text.into())
        .map_err(|_| "use read, write, mlflow, runs:submit or predict".to_owned())
}
