//! Failed tries to sign in, so that guessing stays slow across restarts.

use models::time::UnixMillis;

use super::{Connection, Sql, Store, StoreError};

/// Whom a try counts against: a name or a network, and how long it has to wait after so many failures.
pub struct Subject {
    /// Tells it apart.
    pub key: String,
    /// How long it has to wait, in milliseconds, by the number of failures, the time of the last one, and now.
    pub wait: fn(u64, UnixMillis, UnixMillis) -> u64,
}

impl Store {
    /// Counts a try against each subject, unless one still has to wait: then the milliseconds to wait. It is counted
    /// as a failure beforehand, so that many tries at once do not slip by. The order must be the same at each call.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn begin_sign_in(&self, subjects: Vec<Subject>, memory_millis: i64) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let now = crate::clock::now();
                let forgotten = Sql::new("DELETE FROM sign_in_failures WHERE last_at < $1");
                connection.execute(forgotten.with(now.0 - memory_millis)).await?;
                for subject in &subjects {
                    let wait = wait(connection, subject, now).await?;
                    if wait > 0 {
                        return Ok(wait);
                    }
                }
                for subject in subjects {
                    count(connection, subject.key, now).await?;
                }
                Ok(0)
            })
        })
        .await
    }

    /// Forgets the failures of a name after a success, and takes back the one that was counted against others.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_sign_in(&self, name: String, others: Vec<String>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                connection
                    .execute(Sql::new("DELETE FROM sign_in_failures WHERE subject = $1").with(name))
                    .await?;
                for other in others {
                    let sql = "UPDATE sign_in_failures SET n_failures = n_failures - 1 \
                               WHERE subject = $1 AND n_failures > 0";
                    connection.execute(Sql::new(sql).with(other)).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// How long a subject has to wait. Its row is made and held, so that tries at once come one after the other.
async fn wait(connection: &mut Connection, subject: &Subject, now: UnixMillis) -> Result<u64, StoreError> {
    let sql = Sql::new(
        "INSERT INTO sign_in_failures (subject, n_failures, last_at) VALUES ($1, 0, $2) ON CONFLICT (subject) \
         DO UPDATE SET n_failures = sign_in_failures.n_failures RETURNING n_failures, last_at",
    );
    let row = connection.fetch_one(sql.with(subject.key.as_str()).with(now)).await?;
    Ok((subject.wait)(row.get("n_failures")?, row.get("last_at")?, now))
}

async fn count(connection: &mut Connection, key: String, now: UnixMillis) -> Result<(), StoreError> {
    let sql =
        Sql::new("UPDATE sign_in_failures SET n_failures = n_failures + 1, last_at = $1 WHERE subject = $2");
    connection.execute(sql.with(now).with(key)).await.map(drop)
}
