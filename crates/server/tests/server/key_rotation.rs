//! A new master key, step by step and under load.

use models::audit::AuditAction;
use models::connection::NewConnection;
use models::id::{ConnectionId, UserId};
use serde_json::json;
use server::config::Storage;
use server::secrets::{Safe, SealError};
use server::services::{self, Rewrapped};
use server::settings::Settings;
use server::store::{Actor, NewAccount, Sql, Store};
use server::{AppState, data};
use std::path::Path;

#[tokio::test]
async fn every_secret_is_readable_at_each_step() {
    crate::support::on_each_database(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let running = start(folder.path(), &store).await;
        let ann = account(&store).await;
        let mut made = Vec::new();
        for n in 0..5 {
            made.push(create(&running, ann, n).await);
        }
        // The new key is there, nothing is wrapped with it; then the process is killed.
        assert_eq!(data::add_key(folder.path()).unwrap(), 2);
        check(&running, ann, &made).await;
        let started = start(folder.path(), &store).await;
        check(&started, ann, &made).await;
        // What is new is wrapped with it at once, also by a server that started before.
        made.push(create(&running, ann, 5).await);
        // Some are wrapped; then it is killed again.
        for (place, sealed) in store.sealed_secrets(None, 2).await.unwrap() {
            let rewrapped = started.safe().rewrap(&sealed, &place).unwrap().unwrap();
            assert!(store.replace_sealed(place, sealed.clone(), rewrapped.clone()).await.unwrap());
            assert!(
                !store.replace_sealed(place, sealed, rewrapped).await.unwrap(),
                "it is not there any more"
            );
        }
        check(&running, ann, &made).await;
        // All are; the old key is of no use any more.
        let done = services::rewrap_all(&store, &started.safe()).await.unwrap();
        assert_eq!(done, Rewrapped { n_secrets: 6, n_rewrapped: 3, n_broken: 0 });
        let again = services::rewrap_all(&store, &started.safe()).await.unwrap();
        assert_eq!(again, Rewrapped { n_secrets: 6, n_rewrapped: 0, n_broken: 0 });
        let old = folder.path().join("master.key");
        let before = tempfile::tempdir().unwrap();
        std::fs::copy(&old, before.path().join("master.key")).unwrap();
        assert_eq!(data::delete_older_keys(folder.path()).unwrap(), [old]);
        check(&start(folder.path(), &store).await, ann, &made).await;
        let thief = start(before.path(), &store).await.safe();
        for (place, sealed) in store.sealed_secrets(None, 100).await.unwrap() {
            assert_eq!(thief.open(&sealed, &place), Err(SealError::NoKey(2)));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_lost_under_load() {
    crate::support::on_each_database(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let running = start(folder.path(), &store).await;
        let ann = account(&store).await;
        let mut made = Vec::new();
        for n in 0..20 {
            made.push(create(&running, ann, n).await);
        }
        let load = tokio::spawn({
            let (running, made) = (running.clone(), made.clone());
            async move {
                for round in 0..5 {
                    for (n, id) in made.iter().enumerate().filter(|(n, _)| n % 5 == round) {
                        let patch = serde_json::from_value(json!({"token": secret(n)})).unwrap();
                        services::change_connection(&running, actor(ann), *id, patch, None).await.unwrap();
                    }
                    check(&running, ann, &made).await;
                }
            }
        });
        for _ in 0..3 {
            data::add_key(folder.path()).unwrap();
            let started = start(folder.path(), &store).await;
            let done = services::rewrap_all(&store, &started.safe()).await.unwrap();
            assert_eq!((done.n_secrets, done.n_broken), (20, 0));
            tokio::task::yield_now().await;
        }
        load.await.unwrap();
        let started = start(folder.path(), &store).await;
        assert_eq!(services::rewrap_all(&store, &started.safe()).await.unwrap().n_broken, 0);
        data::delete_older_keys(folder.path()).unwrap();
        check(&start(folder.path(), &store).await, ann, &made).await;
    })
    .await;
}

#[tokio::test]
async fn a_secret_that_cannot_be_opened_is_counted() {
    crate::support::on_each_database(|store| async move {
        let folder = tempfile::tempdir().unwrap();
        let running = start(folder.path(), &store).await;
        let ann = account(&store).await;
        for n in 0..3 {
            create(&running, ann, n).await;
        }
        let (place, _) = store.sealed_secrets(None, 1).await.unwrap().remove(0);
        let sql = Sql::new("UPDATE secrets SET row_id = $1 WHERE row_id = $2")
            .with(uuid::Uuid::max())
            .with(place.row_id);
        store.write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
        data::add_key(folder.path()).unwrap();
        let done = services::rewrap_all(&store, &start(folder.path(), &store).await.safe()).await.unwrap();
        assert_eq!(done, Rewrapped { n_secrets: 3, n_rewrapped: 2, n_broken: 1 });
    })
    .await;
}

/// A server with the keys of this folder.
async fn start(folder: &Path, store: &Store) -> AppState {
    let keys =
        data::open(&Storage { data: folder.to_owned(), database_url: None }, false).await.unwrap().keys;
    AppState::new(store.clone(), Settings::default(), keys)
}

async fn account(store: &Store) -> UserId {
    let (name, email, password_hash) = ("Ann".to_owned(), "ann@example.org".to_owned(), String::new());
    store.create_account(NewAccount { name, email, password_hash, is_admin: false }).await.unwrap().user_id
}

async fn create(state: &AppState, owner: UserId, n: usize) -> ConnectionId {
    let new: NewConnection = serde_json::from_value(json!({"connectionName": format!("Number {n}"),
        "connectionProvider": "GitLab", "authMethod": "TOKEN", "token": secret(n)}))
    .unwrap();
    services::create_connection(state, actor(owner), new, None).await.unwrap()
}

async fn check(state: &AppState, owner: UserId, made: &[ConnectionId]) {
    for (n, id) in made.iter().enumerate() {
        let (_, read) = services::connection_with_secrets(state, actor(owner), *id).await.unwrap();
        assert_eq!(read.token.unwrap().expose(), secret(n));
    }
    let (_, sealed) =
        state.store().use_connection(actor(owner), made[0], AuditAction::SecretsRead).await.unwrap();
    assert_eq!(sealed.len(), 1);
    let _: Safe = state.safe();
}

fn secret(n: usize) -> String {
    format!("the secret of number {n}")
}

fn actor(user_id: UserId) -> Actor {
    Actor { user_id, credential: "client".to_owned(), request_id: String::new() }
}
