//! What deployments were asked, and what came of it.

use std::time::Duration;

use models::deployment::{AskedPrediction, KeptPrediction, KeptText, PredictionOutcome};
use models::event::{Event, EventTopic};
use models::id::{DeploymentId, PredictionId, ProjectId, UserId};
use models::page::{Page, PageQuery};
use models::person::User;
use models::time::UnixMillis;
use uuid::Uuid;

use super::{Row, Sql, Store, StoreError};

/// A prediction that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrediction {
    /// Who asked, or in whose name the schedule did.
    pub user: UserId,
    /// Whether the schedule asked.
    pub is_scheduled: bool,
    /// When it was asked.
    pub at: UnixMillis,
    /// How long it took.
    pub duration: Duration,
    /// What came of it.
    pub outcome: PredictionOutcome,
    /// What was asked.
    pub request: KeptText,
    /// What was answered, or why there is no answer.
    pub answer: KeptText,
}

const COLUMNS: &str = "SELECT p.prediction_id, p.user_id, u.name AS user_name, p.is_scheduled, p.asked_at, p.duration, p.outcome, ";
const TABLES: &str = " FROM predictions p JOIN deployments d ON d.deployment_id = p.deployment_id \
     LEFT JOIN users u ON u.user_id = p.user_id WHERE d.project_id = $1 AND p.deployment_id = $2";

impl Store {
    /// Keeps a prediction that was asked for, and forgets those that are no longer among the newest.
    ///
    /// # Errors
    /// [`StoreError`]; also when the deployment is gone.
    pub async fn keep_prediction(
        &self,
        project: ProjectId,
        deployment: DeploymentId,
        new: NewPrediction,
    ) -> Result<PredictionId, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let id = PredictionId(Uuid::now_v7());
                connection.execute(insertion(id, deployment, new)).await?;
                connection.execute(forgetting(deployment)).await?;
                let topic = EventTopic::Predictions;
                connection.publish(Event { project_id: project, topic, run_id: None });
                Ok(id)
            })
        })
        .await
    }

    /// What a deployment was asked, the last first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such deployment.
    pub async fn predictions(
        &self,
        project: ProjectId,
        deployment: DeploymentId,
        page: PageQuery,
    ) -> Result<Page<AskedPrediction>, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new(
            "SELECT (SELECT COUNT(*) FROM predictions p WHERE p.deployment_id = d.deployment_id) AS n \
             FROM deployments d WHERE d.project_id = $1 AND d.deployment_id = $2",
        );
        let total_records = connection.fetch_one(sql.with(project).with(deployment)).await?.get("n")?;
        let length = u64::try_from(AskedPrediction::START).unwrap_or_default();
        let mut sql = Sql::new(COLUMNS);
        for column in ["request", "answer"] {
            sql.push("SUBSTR(p.").push(column).push(", 1, ").push_number(length).push(") AS ").push(column);
            sql.push(if column == "request" { ", " } else { "" });
        }
        sql.push(TABLES).push(" ORDER BY p.asked_at DESC, p.prediction_id DESC LIMIT ");
        sql.push_number(page.pagelength).push(" OFFSET ").push_number(page.startindex);
        let rows = connection.fetch_all(sql.with(project).with(deployment)).await?;
        let items = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { total_records, items })
    }

    /// A prediction that a deployment was asked for, with what was asked and answered.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such deployment, or it is not kept any more.
    pub async fn prediction(
        &self,
        project: ProjectId,
        deployment: DeploymentId,
        id: PredictionId,
    ) -> Result<KeptPrediction, StoreError> {
        let mut sql = Sql::new(COLUMNS);
        sql.push("p.request, p.request_size, p.answer, p.answer_size").push(TABLES);
        sql.push(" AND p.prediction_id = $3");
        let row = self.read().await?.fetch_one(sql.with(project).with(deployment).with(id)).await?;
        let text = |text: &'static str, size: &'static str| -> Result<KeptText, StoreError> {
            Ok(KeptText { text: row.get(text)?, size: row.get(size)? })
        };
        let (request, answer) = (text("request", "request_size")?, text("answer", "answer_size")?);
        let start = |kept: &KeptText| kept.text.chars().take(AskedPrediction::START).collect();
        let (request_start, answer_start) = (start(&request), start(&answer));
        let asked = AskedPrediction { request_start, answer_start, ..read(&row)? };
        Ok(KeptPrediction { asked, request, answer })
    }
}

fn insertion(id: PredictionId, deployment: DeploymentId, new: NewPrediction) -> Sql {
    let size = |kept: &KeptText| i64::try_from(kept.size).unwrap_or(i64::MAX);
    let (request_size, answer_size) = (size(&new.request), size(&new.answer));
    Sql::new(
        "INSERT INTO predictions (prediction_id, deployment_id, user_id, is_scheduled, asked_at, duration, outcome, \
         request, request_size, answer, answer_size) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .with(id)
    .with(deployment)
    .with(new.user)
    .with(new.is_scheduled)
    .with(new.at)
    .with(i64::try_from(new.duration.as_millis()).unwrap_or(i64::MAX))
    .with(new.outcome.as_str())
    .with(new.request.text)
    .with(request_size)
    .with(new.answer.text)
    .with(answer_size)
}

fn forgetting(deployment: DeploymentId) -> Sql {
    let mut sql = Sql::new("DELETE FROM predictions WHERE deployment_id = $1 AND prediction_id NOT IN ");
    sql.push("(SELECT prediction_id FROM predictions WHERE deployment_id = $1 ");
    sql.push("ORDER BY asked_at DESC, prediction_id DESC LIMIT ");
    sql.push_number(AskedPrediction::KEPT).push(")");
    sql.with(deployment)
}

fn read(row: &Row) -> Result<AskedPrediction, StoreError> {
    let user = match row.get::<Option<UserId>>("user_id")? {
        Some(user_id) => Some(User { user_id, name: row.get("user_name")?, email: None, is_admin: None }),
        None => None,
    };
    Ok(AskedPrediction {
        prediction_id: row.get("prediction_id")?,
        user,
        is_scheduled: row.get("is_scheduled")?,
        asked_at: row.get("asked_at")?,
        duration: row.get("duration")?,
        outcome: row.get::<String>("outcome")?.into(),
        request_start: row.get("request")?,
        answer_start: row.get("answer")?,
    })
}
