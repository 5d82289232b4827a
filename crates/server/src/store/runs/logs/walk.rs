//! Goes through a log, a few pieces at a time.

use models::{
    id::{ProjectId, RunId},
    run::{LogDirection, LogLength, LogLines},
};

use super::piece::{Piece, signed};
use super::scan::{LogWanted, Scan};
use crate::store::runs::read::of_project;
use crate::store::{Connection, Row, Sql, Store, StoreError};

/// How many pieces are read at once.
const BATCH: u64 = 32;

impl Store {
    /// How long the log of a run is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_log_length(&self, project: ProjectId, id: RunId) -> Result<LogLength, StoreError> {
        let mut connection = self.read().await?;
        let run = of_project(&mut connection, project, id).await?;
        length(&mut connection, run.number).await
    }

    /// Lines of the log of a run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_log_lines(
        &self,
        project: ProjectId,
        id: RunId,
        wanted: LogWanted,
    ) -> Result<LogLines, StoreError> {
        let mut connection = self.read().await?;
        let run = of_project(&mut connection, project, id).await?;
        let length = length(&mut connection, run.number).await?;
        let mut scan = Scan::new(wanted);
        while let (false, Some(from)) = (scan.is_done, scan.next) {
            let rows = batch(&mut connection, run.number, from, &scan.wanted).await?;
            let is_last = (rows.len() as u64) < BATCH;
            // Unpacking and searching take processor time, which would hold up all who wait for this thread.
            scan = tokio::task::spawn_blocking(move || looked_at(scan, &rows))
                .await
                .map_err(|_| StoreError::Unavailable)??;
            if is_last && !scan.is_done {
                (scan.is_done, scan.next) = (true, None);
            }
        }
        let next = scan.next.filter(|next| *next <= length.total_lines);
        Ok(LogLines { length, lines: scan.lines, next })
    }
}

fn looked_at(mut scan: Scan, rows: &[Row]) -> Result<Scan, StoreError> {
    for row in rows {
        scan.look_at(&Piece::read(row)?);
        if scan.is_done {
            break;
        }
    }
    Ok(scan)
}

async fn length(connection: &mut Connection, run_number: i64) -> Result<LogLength, StoreError> {
    let sql = Sql::new(
        "SELECT first_line + n_lines - 1 AS total_lines, first_byte + n_bytes AS total_bytes FROM run_log_pieces \
         WHERE run_number = $1 ORDER BY first_line DESC LIMIT 1",
    );
    let Some(row) = connection.fetch_optional(sql.with(run_number)).await? else {
        return Ok(LogLength::default());
    };
    Ok(LogLength { total_lines: row.get("total_lines")?, total_bytes: row.get("total_bytes")? })
}

/// The next pieces on the way, from the one with the line `from`, which may hold what is wanted.
async fn batch(
    connection: &mut Connection,
    run_number: i64,
    from: u64,
    wanted: &LogWanted,
) -> Result<Vec<Row>, StoreError> {
    let mut sql = Sql::new("SELECT * FROM run_log_pieces WHERE run_number = ");
    sql.bind(run_number);
    let is_forward = wanted.direction == LogDirection::Next;
    sql.push(if is_forward { " AND first_line + n_lines > " } else { " AND first_line <= " });
    sql.bind(signed(from));
    if is_forward {
        // The same in the words of the index.
        sql.push(
            " AND first_line >= COALESCE((SELECT MAX(first_line) FROM run_log_pieces WHERE run_number = ",
        );
        sql.bind(run_number).push(" AND first_line <= ").bind(signed(from)).push("), 0)");
    }
    if wanted.mask() != 0 {
        sql.push(" AND (levels & ").bind(wanted.mask()).push(") <> 0");
    }
    sql.push(if is_forward { " ORDER BY first_line LIMIT " } else { " ORDER BY first_line DESC LIMIT " });
    sql.push_number(BATCH);
    connection.fetch_all(sql).await
}
