//! The store itself, on both databases.

use server::store::{Sql, StoreError};

#[tokio::test]
async fn a_failed_write_leaves_nothing_and_others_stand() {
    crate::support::on_each_database(|store| async move {
        let insert = |name: &'static str| {
            Sql::new("INSERT INTO labels (label_id, scope, name) VALUES ($1, 's', $2)")
                .with(uuid::Uuid::now_v7())
                .with(name)
        };
        let good =
            store.write(move |connection| Box::pin(async move { connection.execute(insert("kept")).await }));
        let bad = store.write(move |connection| {
            Box::pin(async move {
                connection.execute(insert("gone")).await?;
                Err::<(), _>(StoreError::NotFound)
            })
        });
        let (good, bad) = tokio::join!(good, bad);
        assert_eq!(good.unwrap(), 1);
        assert!(matches!(bad, Err(StoreError::NotFound)));
        let rows = store.read().await.unwrap().fetch_all("SELECT name FROM labels").await.unwrap();
        let names: Vec<String> = rows.iter().map(|row| row.get("name").unwrap()).collect();
        assert_eq!(names, ["kept"]);
    })
    .await;
}
