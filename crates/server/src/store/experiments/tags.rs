//! Tags of experiments.

use models::{
    event::{Event, EventTopic},
    run::KeyValue,
};
use std::collections::HashMap;

use super::numbered;
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// Gives an experiment a tag, or its tag another value.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such experiment.
    pub async fn set_experiment_tag(&self, number: i64, tag: KeyValue) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                set(connection, number, &tag.key, &tag.value).await?;
                touch(connection, number).await
            })
        })
        .await
    }

    /// Takes a tag from an experiment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such experiment, or it has no such tag.
    pub async fn delete_experiment_tag(&self, number: i64, key: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let sql = Sql::new("DELETE FROM experiment_tags WHERE experiment_number = $1 AND key = $2");
                if connection.execute(sql.with(number).with(key)).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                touch(connection, number).await
            })
        })
        .await
    }

    /// The tags of these experiments, by key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn experiment_tags(
        &self,
        numbers: Vec<i64>,
    ) -> Result<HashMap<i64, Vec<KeyValue>>, StoreError> {
        let mut tags = HashMap::<i64, Vec<KeyValue>>::new();
        if numbers.is_empty() {
            return Ok(tags);
        }
        let mut sql = Sql::new("SELECT * FROM experiment_tags WHERE experiment_number IN (");
        sql.push_list(numbers).push(") ORDER BY key");
        for row in self.read().await?.fetch_all(sql).await? {
            let tag = KeyValue { key: row.get("key")?, value: row.get("value")? };
            tags.entry(row.get("experiment_number")?).or_default().push(tag);
        }
        Ok(tags)
    }
}

pub(super) async fn set(
    connection: &mut Connection,
    number: i64,
    key: &str,
    value: &str,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO experiment_tags (experiment_number, key, value) VALUES ($1, $2, $3) \
         ON CONFLICT (experiment_number, key) DO UPDATE SET value = excluded.value",
    );
    connection.execute(sql.with(number).with(key).with(value)).await.map(drop)
}

async fn touch(connection: &mut Connection, number: i64) -> Result<(), StoreError> {
    let experiment = numbered(connection, number).await?;
    let sql = Sql::new(
        "UPDATE experiments SET updated_at = $1 WHERE experiment_number = $2 AND lifecycle_stage = 'active'",
    );
    connection.execute(sql.with(crate::clock::now()).with(number)).await?;
    connection.publish(Event {
        project_id: experiment.project_id,
        topic: EventTopic::Experiments,
        run_id: None,
    });
    Ok(())
}
