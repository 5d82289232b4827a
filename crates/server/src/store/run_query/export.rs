//! What a file of runs is written from: what was asked for, the runs in order, and their values piece by piece.

use models::{
    id::{ProjectId, RunId, UserId},
    query::Field,
    run::RunExportRequest,
    run_table::Column,
    time::UnixMillis,
};
use uuid::Uuid;

use super::{Projects, columns, context::Context, selection};
use crate::clock;
use crate::store::{Sql, Store, StoreError};

/// How long a request is kept, in milliseconds: as long as a download link is good.
const LIFETIME: i64 = 10 * 60 * 1000;
/// How many requests of a person are kept: each can name ten thousand runs.
const MAX_KEPT: u64 = 20;

/// The values of some runs.
#[derive(Debug)]
pub struct RunRows {
    /// The runs.
    pub run_ids: Vec<RunId>,
    /// Their values, for each field that was asked for.
    pub columns: Vec<Column>,
}

/// What was looked up of the fields of a file for the pieces before: it is the same for runs of the same projects.
#[derive(Debug, Default)]
pub struct ExportNames(Option<Context>);

impl Store {
    /// Keeps what a file is to be made of, until its link is not good any more: of runs of a project, or of all that the
    /// person may see.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it asks for too much or its filter cannot be read; [`StoreError::Conflict`] when the
    /// person has asked for too many files.
    pub async fn keep_export(
        &self,
        project: Option<ProjectId>,
        user: UserId,
        request: &RunExportRequest,
    ) -> Result<Uuid, StoreError> {
        if let Some((field, message)) = request.why_not() {
            return Err(StoreError::Invalid { field, message });
        }
        selection::check(&request.selection)?;
        let text = serde_json::to_string(request)?;
        let id = Uuid::now_v7();
        self.write(move |connection| {
            Box::pin(async move {
                let now = clock::now();
                connection.execute(Sql::new("DELETE FROM run_exports WHERE ends_at <= $1").with(now)).await?;
                let kept = Sql::new("SELECT COUNT(*) AS n FROM run_exports WHERE user_id = $1").with(user);
                if connection.fetch_one(kept).await?.get::<u64>("n")? >= MAX_KEPT {
                    let message = "You have asked for many files in a short time. Wait some minutes.";
                    return Err(StoreError::Conflict(message.to_owned()));
                }
                let sql = Sql::new(
                    "INSERT INTO run_exports (export_id, project_id, user_id, request, ends_at) \
                     VALUES ($1, $2, $3, $4, $5)",
                );
                let sql = sql.with(id).with(project).with(user).with(text);
                connection.execute(sql.with(UnixMillis(now.0 + LIFETIME))).await?;
                Ok(id)
            })
        })
        .await
    }

    /// What a file is to be made of.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was never asked for, or too long ago.
    pub async fn export(
        &self,
        project: Option<ProjectId>,
        user: UserId,
        id: Uuid,
    ) -> Result<RunExportRequest, StoreError> {
        let sql =
            Sql::new("SELECT request FROM run_exports WHERE export_id = $1 AND user_id = $2 AND project_id");
        let mut sql = sql.with(id).with(user);
        match project {
            Some(project) => sql.push(" = ").bind(project),
            None => sql.push(" IS NULL"),
        };
        let row = self.read().await?.fetch_one(sql).await?;
        Ok(serde_json::from_str(&row.get::<String>("request")?)?)
    }

    /// The numbers of the runs of a file, in order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn export_order(
        &self,
        projects: &Projects,
        request: &RunExportRequest,
    ) -> Result<Vec<i64>, StoreError> {
        self.all_selected(projects, &request.selection, &request.sort).await
    }

    /// The values of the runs with these numbers, in this order; runs that are gone are left out.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn export_rows(
        &self,
        numbers: &[i64],
        fields: &[Field],
        names: &mut ExportNames,
    ) -> Result<RunRows, StoreError> {
        let mut connection = self.read().await?;
        let rows = columns::base_rows(&mut connection, numbers).await?;
        let is_known = |context: &Context| rows.iter().all(|row| context.projects.contains(&row.project));
        let context = match names.0.take().filter(is_known) {
            Some(context) => context,
            None => columns::context(&mut connection, fields, &rows).await?,
        };
        let columns = columns::columns(&mut connection, names.0.insert(context), fields, &rows, None).await?;
        Ok(RunRows { run_ids: rows.iter().map(|row| row.id).collect(), columns })
    }
}
