//! The last of what the processes of deployments printed.

use models::event::{Event, EventTopic};
use models::id::{DeploymentId, ProjectId};
use models::run::{LogLength, LogLines};
use uuid::Uuid;

use super::progress::held;
use crate::store::runs::{Piece, Scan, joined, signed};
use crate::store::{Connection, LogWanted, Sql, Store, StoreError};

/// How many bytes are kept of each deployment, and those of one piece more.
const KEPT: u64 = 4 * 1024 * 1024;

impl Store {
    /// Keeps what an attempt printed. `sent` is how much was kept before; keeps nothing where that is not so any more.
    /// Gives how much is kept now.
    ///
    /// # Errors
    /// As [`Store::begin_serving`].
    pub async fn append_serving_log(
        &self,
        id: DeploymentId,
        owner: Uuid,
        sent: u64,
        bytes: Vec<u8>,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let serving = held(connection, id, owner).await?;
                if serving.log_sent != sent {
                    return Ok(serving.log_sent);
                }
                let sent = sent + bytes.len() as u64;
                append(connection, id, &bytes).await?;
                let sql = Sql::new("UPDATE servings SET log_sent = $1 WHERE deployment_id = $2");
                connection.execute(sql.with(signed(sent)).with(id)).await?;
                let project_id = serving.project_id;
                connection.publish(Event { project_id, topic: EventTopic::DeploymentLog, run_id: None });
                Ok(sent)
            })
        })
        .await
    }

    /// How long the log of a deployment is, of which the oldest lines may be gone: then others are the first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such deployment.
    pub async fn serving_log_length(
        &self,
        project: ProjectId,
        id: DeploymentId,
    ) -> Result<LogLength, StoreError> {
        let mut connection = self.read().await?;
        check(&mut connection, project, id).await?;
        Ok(extent(&mut connection, id).await?.0)
    }

    /// Lines of the log of a deployment; of what is wanted, texts and the direction do not matter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such deployment.
    pub async fn serving_log_lines(
        &self,
        project: ProjectId,
        id: DeploymentId,
        mut wanted: LogWanted,
    ) -> Result<LogLines, StoreError> {
        let mut connection = self.read().await?;
        check(&mut connection, project, id).await?;
        let (length, first) = extent(&mut connection, id).await?;
        wanted.from = wanted.from.saturating_add(first);
        let sql = Sql::new(
            "SELECT * FROM deployment_log_pieces WHERE deployment_id = $1 AND first_line + n_lines > $2 ORDER BY first_line",
        );
        let rows = connection.fetch_all(sql.with(id).with(signed(wanted.from))).await?;
        let mut scan = Scan::new(wanted);
        // Unpacking takes processor time, which would hold up all who wait for this thread.
        let scan = tokio::task::spawn_blocking(move || {
            for row in &rows {
                scan.look_at(&Piece::read(row)?);
                if scan.is_done {
                    return Ok(scan);
                }
            }
            scan.next = None;
            Ok::<_, StoreError>(scan)
        });
        let mut scan = scan.await.map_err(|_| StoreError::Unavailable)??;
        for line in &mut scan.lines {
            line.number -= first;
        }
        let next = scan.next.map(|next| next - first).filter(|next| *next <= length.total_lines);
        Ok(LogLines { length, lines: scan.lines, next })
    }
}

async fn check(connection: &mut Connection, project: ProjectId, id: DeploymentId) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT 1 AS one FROM deployments WHERE project_id = $1 AND deployment_id = $2");
    connection.fetch_one(sql.with(project).with(id)).await.map(drop)
}

/// How much is kept, and how many lines lay before that.
async fn extent(connection: &mut Connection, id: DeploymentId) -> Result<(LogLength, u64), StoreError> {
    let sql = Sql::new(
        "SELECT COALESCE(MIN(first_line), 1) AS first_line, COALESCE(MIN(first_byte), 0) AS first_byte, \
         COALESCE(MAX(first_line + n_lines), 1) AS end_line, COALESCE(MAX(first_byte + n_bytes), 0) AS end_byte \
         FROM deployment_log_pieces WHERE deployment_id = $1",
    );
    let row = connection.fetch_one(sql.with(id)).await?;
    let (first_line, first_byte): (u64, u64) = (row.get("first_line")?, row.get("first_byte")?);
    let (end_line, end_byte): (u64, u64) = (row.get("end_line")?, row.get("end_byte")?);
    let length = LogLength {
        total_lines: end_line.saturating_sub(first_line),
        total_bytes: end_byte.saturating_sub(first_byte),
    };
    Ok((length, first_line.saturating_sub(1)))
}

async fn append(connection: &mut Connection, id: DeploymentId, bytes: &[u8]) -> Result<(), StoreError> {
    if bytes.is_empty() {
        return Ok(());
    }
    let sql = Sql::new(
        "SELECT * FROM deployment_log_pieces WHERE deployment_id = $1 ORDER BY first_line DESC LIMIT 1",
    );
    let end = connection.fetch_optional(sql.with(id)).await?.map(|row| Piece::read(&row)).transpose()?;
    let length = end.as_ref().map_or_else(LogLength::default, Piece::end);
    let pieces = joined(end, length, bytes).cut();
    let Some((first, last)) = pieces.first().zip(pieces.last()) else { return Ok(()) };
    let sql = Sql::new("DELETE FROM deployment_log_pieces WHERE deployment_id = $1 AND first_line >= $2");
    connection.execute(sql.with(id).with(signed(first.first_line))).await?;
    for piece in &pieces {
        let mut sql = Sql::new("INSERT INTO deployment_log_pieces VALUES ");
        sql.push_rows([piece.row(id)?]);
        connection.execute(sql).await?;
    }
    let gone = last.end().total_bytes.saturating_sub(KEPT);
    let sql =
        Sql::new("DELETE FROM deployment_log_pieces WHERE deployment_id = $1 AND first_byte + n_bytes < $2");
    connection.execute(sql.with(id).with(signed(gone))).await.map(drop)
}
