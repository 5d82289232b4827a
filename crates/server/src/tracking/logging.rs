//! What runs log over MLflow's API.

use models::permission::Action;
use serde::Deserialize;

use super::caller::Caller;
use super::error::TrackingError;
use super::parameters::{BatchParameters, Parameters};
use super::validate;
use super::wire::{DatasetInput, MetricBody, ModelReference, Nothing, Pair, list, model_id};
use crate::http::Json;
use crate::store::{Batch, ModelUse, ModelUses, StoreError};

type Answer<T> = Result<Json<T>, TrackingError>;

/// What is said of one run.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OfRun<T> {
    run_id: String,
    run_uuid: String,
    #[serde(flatten)]
    what: T,
}

impl<T> OfRun<T> {
    fn id(&self) -> &str {
        if self.run_id.is_empty() { &self.run_uuid } else { &self.run_id }
    }
}

async fn log(caller: &Caller, run: &str, batch: Batch) -> Answer<Nothing> {
    let run = caller.run(run, Action::EditRuns).await?;
    caller.store.log_batch(run.id, batch).await?;
    Ok(Json(Nothing {}))
}

pub(super) async fn metric(
    caller: Caller,
    Parameters(asked): Parameters<OfRun<MetricBody>>,
) -> Answer<Nothing> {
    validate::metric(&asked.what, "")?;
    let metrics = vec![asked.what.clone().into_metric()];
    log(&caller, asked.id(), Batch { metrics, ..Batch::default() }).await
}

pub(super) async fn parameter(caller: Caller, Parameters(asked): Parameters<OfRun<Pair>>) -> Answer<Nothing> {
    let parameter = validate::parameter(asked.what.clone(), "")?;
    log(&caller, asked.id(), Batch { parameters: vec![parameter], ..Batch::default() }).await
}

pub(super) async fn set_tag(caller: Caller, Parameters(asked): Parameters<OfRun<Pair>>) -> Answer<Nothing> {
    let tag = validate::tag(asked.what.clone(), "")?;
    log(&caller, asked.id(), Batch { tags: vec![tag], ..Batch::default() }).await
}

pub(super) async fn delete_tag(
    caller: Caller,
    Parameters(asked): Parameters<OfRun<Pair>>,
) -> Answer<Nothing> {
    let run = caller.run(asked.id(), Action::EditRuns).await?;
    let message = format!("No tag with name: {} in run with id {}", asked.what.key, asked.id());
    match caller.store.delete_run_tag(run.id, asked.what.key).await {
        Err(StoreError::NotFound) => Err(TrackingError::missing(message)),
        result => Ok(Json(result.map(|()| Nothing {})?)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Many {
    #[serde(deserialize_with = "list")]
    metrics: Vec<MetricBody>,
    #[serde(deserialize_with = "list")]
    params: Vec<Pair>,
    #[serde(deserialize_with = "list")]
    tags: Vec<Pair>,
}

pub(super) async fn batch(
    caller: Caller,
    BatchParameters(asked): BatchParameters<OfRun<Many>>,
) -> Answer<Nothing> {
    let OfRun { run_id, what, .. } = asked;
    validate::batch_size(what.metrics.len(), what.params.len(), what.tags.len())?;
    let mut batch = Batch::default();
    for (n, point) in what.metrics.into_iter().enumerate() {
        validate::metric(&point, &format!("metrics[{n}]."))?;
        batch.metrics.push(point.into_metric());
    }
    for (n, pair) in what.params.into_iter().enumerate() {
        batch.parameters.push(validate::parameter(pair, &format!("params[{n}]."))?);
    }
    for (n, pair) in what.tags.into_iter().enumerate() {
        batch.tags.push(validate::tag(pair, &format!("tags[{n}]."))?);
    }
    validate::unique_parameters(&batch.parameters)?;
    log(&caller, &run_id, batch).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Inputs {
    #[serde(deserialize_with = "list")]
    datasets: Vec<DatasetInput>,
    #[serde(deserialize_with = "list")]
    models: Vec<ModelReference>,
}

pub(super) async fn inputs(caller: Caller, Parameters(asked): Parameters<OfRun<Inputs>>) -> Answer<Nothing> {
    let run = caller.run(asked.id(), Action::EditRuns).await?;
    for input in &asked.what.datasets {
        validate::dataset(&input.dataset)?;
    }
    let models = ModelUses { inputs: uses(&asked.what.models)?, outputs: Vec::new() };
    let datasets = asked.what.datasets.into_iter().map(Into::into).collect();
    caller.store.log_run_inputs(run.id, datasets, models).await?;
    Ok(Json(Nothing {}))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Outputs {
    #[serde(deserialize_with = "list")]
    models: Vec<ModelReference>,
}

pub(super) async fn outputs(
    caller: Caller,
    Parameters(asked): Parameters<OfRun<Outputs>>,
) -> Answer<Nothing> {
    let run = caller.run(asked.id(), Action::EditRuns).await?;
    let models = ModelUses { inputs: Vec::new(), outputs: uses(&asked.what.models)? };
    caller.store.log_run_inputs(run.id, Vec::new(), models).await?;
    Ok(Json(Nothing {}))
}

fn uses(models: &[ModelReference]) -> Result<Vec<ModelUse>, TrackingError> {
    let used = |reference: &ModelReference| {
        let missing =
            || TrackingError::missing(format!("Logged model with ID '{}' not found.", reference.model_id));
        Ok(ModelUse { model: model_id(&reference.model_id).ok_or_else(missing)?, step: reference.step })
    };
    models.iter().map(used).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Model {
    model_json: String,
}

/// What MLflow 2 tells of a model among the artifacts: noted in a tag, as MLflow does.
pub(super) async fn model(caller: Caller, Parameters(asked): Parameters<OfRun<Model>>) -> Answer<Nothing> {
    const HISTORY: &str = "mlflow.log-model.history";
    let run = caller.run(asked.id(), Action::EditRuns).await?;
    let invalid = |_| TrackingError::invalid("Malformed model info. \n The model must be a JSON object.");
    let model: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&asked.what.model_json).map_err(invalid)?;
    let logged = caller.store.logged(&[run.number]).await?.remove(&run.number).unwrap_or_default();
    let before =
        logged.tags.into_iter().find(|tag| tag.key == HISTORY).map(|tag| tag.value).unwrap_or_default();
    let mut history: Vec<serde_json::Value> = serde_json::from_str(&before).unwrap_or_default();
    history.push(model.into());
    let value = serde_json::Value::from(history).to_string();
    let tag = validate::tag(Pair { key: HISTORY.to_owned(), value }, "")?;
    caller.store.log_batch(run.id, Batch { tags: vec![tag], ..Batch::default() }).await?;
    Ok(Json(Nothing {}))
}
