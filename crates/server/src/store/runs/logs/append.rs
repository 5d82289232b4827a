//! Appends to logs, and puts whole ones in their place.

use models::{
    event::{Event, EventTopic},
    id::{ProjectId, RunId},
    run::LogLength,
};

use super::piece::{Piece, last, signed};
use crate::store::runs::{RunRecord, change::lock, read::of_project};
use crate::store::{Connection, Sql, Store, StoreError};

impl Store {
    /// Keeps what a run printed, in place of what was kept before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn set_run_log(&self, project: ProjectId, id: RunId, text: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = locked(connection, project, id).await?;
                let sql = Sql::new("DELETE FROM run_log_pieces WHERE run_number = $1");
                connection.execute(sql.with(run.number)).await?;
                // A client may end texts as C does; nobody wants to read that.
                let bytes = text.replace('\0', "").into_bytes();
                put(connection, &run, Piece { first_line: 1, first_byte: 0, bytes }.cut()).await
            })
        })
        .await
    }

    /// Appends to what a run printed. With an `offset`, which is the length of the log before, a repeated call appends
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run; [`StoreError::Conflict`] when something lies between,
    /// or other bytes are kept there; [`StoreError::Invalid`] when the log would be too long.
    pub async fn append_run_log(
        &self,
        project: ProjectId,
        id: RunId,
        offset: Option<u64>,
        bytes: Vec<u8>,
    ) -> Result<LogLength, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let run = locked(connection, project, id).await?;
                append(connection, &run, offset, bytes).await
            })
        })
        .await
    }
}

/// Appends to what a locked run printed, as [`Store::append_run_log`].
pub(in crate::store) async fn append(
    connection: &mut Connection,
    run: &RunRecord,
    offset: Option<u64>,
    bytes: Vec<u8>,
) -> Result<LogLength, StoreError> {
    let end = last(connection, run.number).await?;
    let length = end.as_ref().map_or_else(LogLength::default, Piece::end);
    let new = match offset {
        Some(offset) => unknown(connection, run, length, offset, bytes).await?,
        None => bytes,
    };
    if new.is_empty() {
        return Ok(length);
    }
    check(length, new.len())?;
    let pieces = joined(end, length, &new).cut();
    let length = pieces.last().map_or(length, Piece::end);
    put(connection, run, pieces).await?;
    Ok(length)
}

impl Piece {
    /// How long a log is that ends with this piece.
    pub(in crate::store) fn end(&self) -> LogLength {
        LogLength {
            total_lines: self.first_line + self.n_lines() - 1,
            total_bytes: self.first_byte + self.bytes.len() as u64,
        }
    }
}

async fn locked(connection: &mut Connection, project: ProjectId, id: RunId) -> Result<RunRecord, StoreError> {
    of_project(connection, project, id).await?;
    lock(connection, id).await
}

/// What of `bytes`, which begin at `offset`, is not kept yet.
async fn unknown(
    connection: &mut Connection,
    run: &RunRecord,
    length: LogLength,
    offset: u64,
    mut bytes: Vec<u8>,
) -> Result<Vec<u8>, StoreError> {
    let total = length.total_bytes;
    let Some(n_known) = total.checked_sub(offset) else {
        return Err(StoreError::Conflict(format!(
            "The log has {total} bytes; send what follows them, not {offset}."
        )));
    };
    let n_known = usize::try_from(n_known).unwrap_or(usize::MAX).min(bytes.len());
    let end = offset + n_known as u64;
    let sql = Sql::new(
        "SELECT * FROM run_log_pieces WHERE run_number = $1 AND first_byte < $3 AND first_byte + n_bytes > $2 \
         ORDER BY first_line",
    );
    let sql = sql.with(run.number).with(signed(offset)).with(signed(end));
    for row in connection.fetch_all(sql).await? {
        let piece = Piece::read(&row)?;
        let from = piece.first_byte.max(offset);
        let to = (piece.first_byte + piece.bytes.len() as u64).min(end);
        let kept = usize::try_from(from - piece.first_byte).ok().and_then(|skip| piece.bytes.get(skip..));
        let sent = usize::try_from(from - offset).ok().and_then(|skip| bytes.get(skip..));
        let n_bytes = usize::try_from(to - from).unwrap_or(usize::MAX);
        if kept.and_then(|kept| kept.get(..n_bytes)) != sent.and_then(|sent| sent.get(..n_bytes)) {
            return Err(StoreError::Conflict(format!(
                "The log has other bytes at {from}: somebody else appends to it. It has {total} bytes."
            )));
        }
    }
    bytes.drain(..n_known);
    Ok(bytes)
}

/// The new bytes, with those of the last piece as long as that is open.
pub(in crate::store) fn joined(end: Option<Piece>, length: LogLength, new: &[u8]) -> Piece {
    match end {
        Some(mut end) if !end.is_closed() => {
            end.bytes.extend(new);
            end
        }
        _ => {
            Piece { first_line: length.total_lines + 1, first_byte: length.total_bytes, bytes: new.to_vec() }
        }
    }
}

fn check(length: LogLength, n_new: usize) -> Result<(), StoreError> {
    if length.total_bytes + n_new as u64 <= LogLength::MAX_BYTES {
        return Ok(());
    }
    let most = LogLength::MAX_BYTES / 1024 / 1024;
    let message = format!("a log may have at most {most} MiB; keep the rest as an artifact");
    Err(StoreError::Invalid { field: "text", message })
}

/// Writes pieces, of which the first may be the open one with more in it.
async fn put(connection: &mut Connection, run: &RunRecord, pieces: Vec<Piece>) -> Result<(), StoreError> {
    if let Some(first) = pieces.first() {
        let sql = Sql::new("DELETE FROM run_log_pieces WHERE run_number = $1 AND first_line >= $2");
        connection.execute(sql.with(run.number).with(signed(first.first_line))).await?;
    }
    for piece in &pieces {
        let mut sql = Sql::new("INSERT INTO run_log_pieces VALUES ");
        sql.push_rows([piece.row(run.number)?]);
        connection.execute(sql).await?;
    }
    let run_id = Some(run.id);
    connection.publish(Event { project_id: run.project_id, topic: EventTopic::RunLog, run_id });
    Ok(())
}
