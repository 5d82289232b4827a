//! Reads logs as a whole.

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt as _};
use models::id::{ProjectId, RunId};

use super::piece::{Piece, signed};
use crate::store::runs::read::of_project;
use crate::store::{Sql, Store, StoreError};

impl Store {
    /// What a run printed; empty when nothing was kept. Bytes that are no UTF-8 become replacement characters.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such run.
    pub async fn run_log(&self, project: ProjectId, id: RunId) -> Result<String, StoreError> {
        let bytes = self
            .run_log_bytes(project, id)
            .try_fold(Vec::new(), |mut all, piece| async move {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await?;
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// What a run printed, piece by piece, each read when it is asked for. It ends with [`StoreError::NotFound`] when the
    /// project has no such run.
    pub fn run_log_bytes(
        &self,
        project: ProjectId,
        id: RunId,
    ) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static {
        futures_util::stream::try_unfold((self.clone(), 0), move |(store, after)| async move {
            let piece = store.piece_after(project, id, after).await?;
            Ok(piece.map(|piece| (Bytes::from(piece.bytes), (store, piece.first_line))))
        })
    }

    async fn piece_after(
        &self,
        project: ProjectId,
        id: RunId,
        line: u64,
    ) -> Result<Option<Piece>, StoreError> {
        let mut connection = self.read().await?;
        let run = of_project(&mut connection, project, id).await?;
        let sql = Sql::new(
            "SELECT * FROM run_log_pieces WHERE run_number = $1 AND first_line > $2 ORDER BY first_line LIMIT 1",
        );
        let row = connection.fetch_optional(sql.with(run.number).with(signed(line))).await?;
        row.map(|row| Piece::read(&row)).transpose()
    }
}
