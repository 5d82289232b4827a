//! The states that deployments come to.

use models::deployment::{DeploymentEvent, DeploymentStatus};
use models::id::{DeploymentId, ProjectId, UserId};
use models::page::{Page, PageQuery};

use crate::store::{Connection, Row, Sql, Store, StoreError};

impl Store {
    /// The states that a deployment came to, the last one first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such deployment.
    pub async fn deployment_events(
        &self,
        project: ProjectId,
        id: DeploymentId,
        page: PageQuery,
    ) -> Result<Page<DeploymentEvent>, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new(
            "SELECT (SELECT COUNT(*) FROM deployment_events e WHERE e.deployment_id = d.deployment_id) AS n \
             FROM deployments d WHERE d.project_id = $1 AND d.deployment_id = $2",
        );
        let total_records = connection.fetch_one(sql.with(project).with(id)).await?.get("n")?;
        let mut sql = Sql::new(
            "SELECT e.happened_at, e.status, e.reason, u.name AS person FROM deployment_events e \
             LEFT JOIN users u ON u.user_id = e.user_id WHERE e.deployment_id = $1 ORDER BY e.event_number DESC LIMIT ",
        )
        .with(id);
        sql.push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql).await?;
        Ok(Page { total_records, items: rows.iter().map(read).collect::<Result<_, _>>()? })
    }
}

fn read(row: &Row) -> Result<DeploymentEvent, StoreError> {
    Ok(DeploymentEvent {
        at: row.get("happened_at")?,
        status: row.get::<String>("status")?.into(),
        person: row.get("person")?,
        reason: row.get("reason")?,
    })
}

/// Notes a state that a deployment came to, and forgets the oldest.
pub(in crate::store) async fn note(
    connection: &mut Connection,
    id: DeploymentId,
    status: &DeploymentStatus,
    by: Option<UserId>,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO deployment_events (deployment_id, happened_at, status, user_id, reason) VALUES ($1, $2, $3, $4, $5)",
    );
    let sql = sql.with(id).with(crate::clock::now()).with(status.as_str()).with(by).with(reason);
    connection.execute(sql).await?;
    let mut sql = Sql::new(
        "DELETE FROM deployment_events WHERE deployment_id = $1 AND event_number < COALESCE((SELECT MIN(event_number) \
         FROM (SELECT event_number FROM deployment_events WHERE deployment_id = $1 ORDER BY event_number DESC LIMIT ",
    )
    .with(id);
    sql.push_number(DeploymentEvent::KEPT).push(") AS kept), 0)");
    connection.execute(sql).await.map(drop)
}
