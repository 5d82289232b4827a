//! Deployments of saved models.

use models::{
    deployment::{
        ChosenMode, DeploymentInformation, DeploymentPatch, DeploymentStatus, Endpoint, LocalMode,
        NewDeployment,
    },
    id::{DeploymentId, ProjectId, SavedModelId, UserId},
    model::SavedModel,
    time::UnixMillis,
};
use uuid::Uuid;

use super::{Connection, Owned, Row, Sql, Store, StoreError, connections, owned, schedules, servings};
use crate::cron::{Timetable, check_time_zone};

impl Owned for DeploymentInformation {
    type Id = DeploymentId;
    type New = NewDeployment;
    type Patch = DeploymentPatch;

    const TABLE: &'static str = "deployments";
    const ID: &'static str = "deployment_id";
    const SEARCHED: &'static [&'static str] = &["name"]; // not every reader learns the address
    const ORDER: &'static str = "updated_at DESC, deployment_id";

    fn id(&self) -> DeploymentId {
        self.deployment_id
    }

    fn version(&self) -> i64 {
        self.version
    }

    async fn insert(
        connection: &mut Connection,
        project: ProjectId,
        by: Option<UserId>,
        new: &NewDeployment,
    ) -> Result<DeploymentId, StoreError> {
        insert(connection, project, by, new).await
    }

    async fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &DeploymentPatch,
    ) -> Result<u64, StoreError> {
        let model = patch.model_id.filter(|model| *model != self.model_id);
        owned::belongs::<SavedModel>(connection, project, model, "modelId", CHOOSE_MODEL).await?;
        let n_changed = update(connection, self, patch).await?;
        if n_changed > 0 {
            schedules::follow_deployment(connection, project, self.deployment_id, crate::clock::now())
                .await?;
        }
        Ok(n_changed)
    }

    async fn read_all(connection: &mut Connection, rows: &[Row]) -> Result<Vec<Self>, StoreError> {
        let mut all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let ids = all.iter().filter_map(|deployment| deployment.connection_id).collect();
        let connections = connections::summaries(connection, ids).await?;
        for deployment in &mut all {
            deployment.connection = deployment.connection_id.and_then(|id| connections.get(&id).cloned());
        }
        servings::of_deployments(connection, &mut all).await?;
        Ok(all)
    }

    async fn complete(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        self.model = owned::by_id(connection, vec![self.model_id]).await?.remove(&self.model_id);
        Ok(())
    }
}

impl Store {
    /// Who made a deployment; `None` for one that was made before this was noted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id.
    pub async fn deployer(&self, project: ProjectId, id: DeploymentId) -> Result<Option<UserId>, StoreError> {
        let sql = Sql::new("SELECT user_id FROM deployments WHERE project_id = $1 AND deployment_id = $2");
        self.read().await?.fetch_one(sql.with(project).with(id)).await?.get("user_id")
    }
}

const CHOOSE_MODEL: &str = "choose a saved model of this project";

async fn update(
    connection: &mut Connection,
    current: &DeploymentInformation,
    patch: &DeploymentPatch,
) -> Result<u64, StoreError> {
    let cron = current.cron_string.as_deref();
    let endpoint = current.endpoint_uri.as_deref();
    let endpoint = patch.endpoint_uri.as_ref().map_or(endpoint, |uri| uri.as_ref().map(|uri| uri.as_str()));
    let mode = patch.mode.as_ref().unwrap_or(&current.mode);
    check_mode(current, mode.as_ref(), endpoint.is_some())?;
    let resources = patch.resources.as_ref().unwrap_or(&current.resources);
    let time_zone = patch.time_zone.as_deref().unwrap_or(&current.time_zone);
    let cron = patch.cron_string.as_ref().map_or(cron, |cron| cron.as_ref().map(|cron| cron.as_str()));
    if patch.cron_string.is_some() || patch.time_zone.is_some() {
        check_times(cron, time_zone)?;
    }
    check_endpoint(patch.mode.as_ref().and_then(Option::as_ref))?;
    let request = patch.scheduled_request.as_ref().unwrap_or(&current.scheduled_request);
    let status = status(current, patch, endpoint.is_some())?;
    // What serves it may bring it into another state meanwhile.
    let status = Some(status).filter(|status| *status != current.status);
    let sql = Sql::new(
        "UPDATE deployments SET name = $1, saved_model_id = $2, connection_id = $3, mode = $4, resources = $5, \
         cron = $6, time_zone = $7, is_paused = $8, endpoint_uri = $9, status = COALESCE($10, status), updated_at = $11, \
         scheduled_request = $12, version = version + 1 WHERE deployment_id = $13 AND version = $14",
    )
    .with(patch.name.as_ref().map_or(current.name.as_str(), |name| name.as_str()))
    .with(patch.model_id.unwrap_or(current.model_id))
    .with(patch.connection_id.unwrap_or(current.connection_id))
    .with(mode.as_ref().map(serde_json::to_string).transpose()?)
    .with(resources.as_ref().map(serde_json::to_string).transpose()?)
    .with(cron)
    .with(time_zone)
    .with(patch.paused.unwrap_or(current.paused))
    .with(endpoint)
    .with(status.as_ref().map(DeploymentStatus::as_str))
    .with(crate::clock::now())
    .with(request.as_ref().map(serde_json::to_string).transpose()?)
    .with(current.deployment_id)
    .with(current.version);
    let n_changed = connection.execute(sql).await?;
    if let Some(status) = status.filter(|_| n_changed > 0) {
        servings::note(connection, current.deployment_id, &status, None, Some("It was described anew."))
            .await?;
    }
    Ok(n_changed)
}

/// Refuses a mode that cannot be, or that does not go with the address or with what serves the deployment now.
fn check_mode(
    current: &DeploymentInformation,
    mode: Option<&ChosenMode>,
    answers: bool,
) -> Result<(), StoreError> {
    let is_local = check_local(mode, answers)?;
    let is_served = matches!(current.status, DeploymentStatus::Deploying | DeploymentStatus::Running)
        && current.is_local();
    if is_served && !is_local {
        let message = "This deployment is being served. Stop it before it is deployed in another way.";
        return Err(StoreError::Conflict(message.to_owned()));
    }
    Ok(())
}

/// Whether the server is to serve it itself; refuses what cannot be served.
fn check_local(mode: Option<&ChosenMode>, answers: bool) -> Result<bool, StoreError> {
    let Some(local) = mode.and_then(LocalMode::read) else { return Ok(false) };
    local.map_err(|errors| owned::refused(&errors, LocalMode::FIELDS))?;
    if answers {
        let message = "leave it empty: the server serves this deployment itself";
        return Err(StoreError::Invalid { field: "endpointUri", message: message.to_owned() });
    }
    Ok(true)
}

/// The state that a change leads to. What the server does not serve itself runs when it answers somewhere.
fn status(
    current: &DeploymentInformation,
    patch: &DeploymentPatch,
    answers: bool,
) -> Result<DeploymentStatus, StoreError> {
    let refused = |message: &str| StoreError::Invalid { field: "status", message: message.to_owned() };
    match &patch.status {
        Some(status) if *status != current.status && current.is_local() => {
            Err(refused("ask for it at `start` or `stop` below this deployment"))
        }
        Some(_) | None if current.is_local() && !answers => Ok(current.status.clone()),
        Some(DeploymentStatus::Running) if answers => Ok(DeploymentStatus::Running),
        Some(DeploymentStatus::Running) => Err(refused("say where a machine answers, in `endpointUri`")),
        Some(DeploymentStatus::Stopped) => Ok(DeploymentStatus::Stopped),
        Some(status) if *status != current.status => Err(refused("use RUNNING or STOPPED")),
        Some(_) | None if !answers && current.status == DeploymentStatus::Running => {
            Ok(DeploymentStatus::Created)
        }
        Some(_) | None if answers && current.endpoint_uri.is_none() => Ok(DeploymentStatus::Running),
        Some(_) | None => Ok(current.status.clone()),
    }
}

/// Refuses times that there are not.
fn check_times(cron: Option<&str>, time_zone: &str) -> Result<(), StoreError> {
    match cron {
        Some(cron) => Timetable::new(cron, time_zone)?,
        None => return Ok(check_time_zone(time_zone)?),
    };
    Ok(())
}

/// Refuses a mode that does not say what it is for; others than are known may be chosen.
fn check_endpoint(mode: Option<&ChosenMode>) -> Result<(), StoreError> {
    let endpoint = mode.filter(|mode| mode.name == Endpoint::MODE);
    let checked = endpoint.map_or(Ok(()), |mode| Endpoint::descriptor().check(&mode.values));
    checked.map_err(|errors| owned::refused(&errors, &["mode.values.protocol", "mode.values.modelName"]))
}

async fn insert(
    connection: &mut Connection,
    project: ProjectId,
    by: Option<UserId>,
    new: &NewDeployment,
) -> Result<DeploymentId, StoreError> {
    check_times(new.cron_string.as_ref().map(|cron| cron.as_str()), &new.time_zone)?;
    check_endpoint(new.mode.as_ref())?;
    check_local(new.mode.as_ref(), new.endpoint_uri.is_some())?;
    let model_name = model_name(connection, project, new.model_id).await?;
    let status =
        if new.endpoint_uri.is_some() { DeploymentStatus::Running } else { DeploymentStatus::Created };
    let id = DeploymentId(Uuid::now_v7());
    let sql = Sql::new(
        "INSERT INTO deployments (deployment_id, project_id, saved_model_id, name, connection_id, mode, resources, cron, \
         time_zone, is_paused, endpoint_uri, status, created_at, updated_at, version, user_id, scheduled_request) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, $10, $11, $12, $12, 1, $13, $14)",
    )
    .with(id)
    .with(project)
    .with(new.model_id)
    .with(new.name.as_ref().map_or(model_name.as_str(), |name| name.as_str()))
    .with(new.connection_id)
    .with(new.mode.as_ref().map(serde_json::to_string).transpose()?)
    .with(new.resources.as_ref().map(serde_json::to_string).transpose()?)
    .with(new.cron_string.as_ref().map(|cron| cron.as_str()))
    .with(new.time_zone.as_str())
    .with(new.endpoint_uri.as_ref().map(|uri| uri.as_str()))
    .with(status.as_str())
    .with(crate::clock::now())
    .with(by)
    .with(new.scheduled_request.as_ref().map(serde_json::to_string).transpose()?);
    connection.execute(sql).await?;
    servings::note(connection, id, &status, by, None).await?;
    schedules::follow_deployment(connection, project, id, crate::clock::now()).await?;
    Ok(id)
}

async fn model_name(
    connection: &mut Connection,
    project: ProjectId,
    model: SavedModelId,
) -> Result<String, StoreError> {
    let sql = Sql::new("SELECT name FROM saved_models WHERE project_id = $1 AND saved_model_id = $2");
    let unknown = || StoreError::Invalid { field: "modelId", message: CHOOSE_MODEL.to_owned() };
    connection.fetch_optional(sql.with(project).with(model)).await?.ok_or_else(unknown)?.get("name")
}

fn read(row: &Row) -> Result<DeploymentInformation, StoreError> {
    let mode: Option<String> = row.get("mode")?;
    let resources: Option<String> = row.get("resources")?;
    let request: Option<String> = row.get("scheduled_request")?;
    let (cron, time_zone): (Option<String>, String) = (row.get("cron")?, row.get("time_zone")?);
    let table = cron.as_deref().and_then(|cron| Timetable::new(cron, &time_zone).ok());
    Ok(DeploymentInformation {
        deployment_id: row.get("deployment_id")?,
        name: row.get("name")?,
        model_id: row.get("saved_model_id")?,
        model: None,
        connection: None,
        connection_id: row.get("connection_id")?,
        resources: resources.map(|text| serde_json::from_str(&text)).transpose()?,
        schedule_sentence: cron.as_deref().map(|cron| schedules::sentence(table.as_ref(), cron, &time_zone)),
        cron_string: cron,
        time_zone,
        paused: row.get("is_paused")?,
        next_times: next_times(row, table)?,
        scheduled_request: request.map(|text| serde_json::from_str(&text)).transpose()?,
        mode: mode.map(|text| serde_json::from_str(&text)).transpose()?,
        endpoint_uri: row.get("endpoint_uri")?,
        status: row.get::<String>("status")?.into(),
        serving: None,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}

/// When it is asked by itself next: never, where there is nothing to ask or nobody in whose name that is done.
fn next_times(row: &Row, table: Option<Timetable>) -> Result<Vec<UnixMillis>, StoreError> {
    let is_asked = row.get::<Option<String>>("scheduled_request")?.is_some()
        && row.get::<Option<UserId>>("user_id")?.is_some()
        && !row.get::<bool>("is_paused")?;
    let table = table.filter(|_| is_asked);
    Ok(table.map(|table| table.next_times(crate::clock::now())).unwrap_or_default())
}
