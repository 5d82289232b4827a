//! Appends to logs, and puts whole ones in their place.

use models::{
    event::{Event, EventTopic},
    id::{ProjectId, RunId},
    run::LogLength,
};

use super::piece::{FULL, Piece, last, signed};
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
                put(connection, &run, Piece { first_line: 1, first_byte: 0, bytes }).await
            })
        })
        .await
    }

    /// Appends to what a run printed. With an `offset`, which is the length of the log before, a repeated call appends
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run; [`StoreError::Conflict`] when something lies between,
    /// or other bytes are kept there; [`StoreError::Invalid`] when the log or a line of it would be too long.
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
                let end = last(connection, run.number).await?;
                let length = end.as_ref().map_or_else(LogLength::default, Piece::end);
                let new = match offset {
                    Some(offset) => unknown(connection, &run, length, offset, bytes).await?,
                    None => bytes,
                };
                if new.is_empty() {
                    return Ok(length);
                }
                let piece = joined(end, length, &new);
                check(&piece, length, new.len())?;
                let length = piece.end();
                put(connection, &run, piece).await?;
                Ok(length)
            })
        })
        .await
    }
}

impl Piece {
    /// How long a log is that ends with this piece.
    fn end(&self) -> LogLength {
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
fn joined(end: Option<Piece>, length: LogLength, new: &[u8]) -> Piece {
    match end {
        Some(mut end) if end.bytes.len() < FULL || !end.ends_with_line() => {
            end.bytes.extend(new);
            end
        }
        _ => {
            Piece { first_line: length.total_lines + 1, first_byte: length.total_bytes, bytes: new.to_vec() }
        }
    }
}

fn check(piece: &Piece, length: LogLength, n_new: usize) -> Result<(), StoreError> {
    let refused = |message| Err(StoreError::Invalid { field: "text", message });
    if length.total_bytes + n_new as u64 > LogLength::MAX_BYTES {
        let most = LogLength::MAX_BYTES / 1024 / 1024;
        return refused(format!("a log may have at most {most} MiB; keep the rest as an artifact"));
    }
    let longest = piece.lines().map(|(_, line)| line.len()).max().unwrap_or(0);
    if longest > LogLength::MAX_LINE {
        let most = LogLength::MAX_LINE / 1024;
        return refused(format!("a line may have at most {most} KiB; end it earlier"));
    }
    Ok(())
}

/// Writes a piece, which may be too long for one, in the place of the open one.
async fn put(connection: &mut Connection, run: &RunRecord, piece: Piece) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM run_log_pieces WHERE run_number = $1 AND first_line >= $2");
    connection.execute(sql.with(run.number).with(signed(piece.first_line))).await?;
    for piece in piece.cut() {
        let mut sql = Sql::new("INSERT INTO run_log_pieces VALUES ");
        sql.push_rows([piece.row(run.number)?]);
        connection.execute(sql).await?;
    }
    let run_id = Some(run.id);
    connection.publish(Event { project_id: run.project_id, topic: EventTopic::RunLog, run_id });
    Ok(())
}
