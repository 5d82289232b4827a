//! Runs and what they log, as MLflow's clients see them.

use models::experiment::LifecycleStage;
use models::metric::{Metric, MetricValue};
use models::run::KeyValue;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};

use super::{external_model_id, integer};
use crate::store::{DatasetUse, Logged, ModelUse, RunRecord};

/// Which stages a search covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::tracking) enum ViewType {
    #[default]
    ActiveOnly,
    DeletedOnly,
    All,
}

impl ViewType {
    pub(in crate::tracking) fn stage(self) -> Option<LifecycleStage> {
        match self {
            Self::ActiveOnly => Some(LifecycleStage::Active),
            Self::DeletedOnly => Some(LifecycleStage::Deleted),
            Self::All => None,
        }
    }
}

/// What identifies and describes a run.
#[derive(Debug, Clone, Serialize)]
pub(in crate::tracking) struct RunInfo {
    run_id: String,
    run_uuid: String,
    run_name: String,
    experiment_id: String,
    user_id: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<i64>,
    artifact_uri: String,
    lifecycle_stage: &'static str,
}

impl RunInfo {
    pub(in crate::tracking) fn new(run: RunRecord, experiment_id: String, user: Option<&str>) -> Self {
        Self {
            run_id: run.id.mlflow(),
            run_uuid: run.id.mlflow(),
            run_name: run.name,
            experiment_id,
            user_id: user.map_or(run.user.name, str::to_owned),
            status: run.status.as_str(),
            start_time: run.start_time.map(|time| time.0),
            end_time: run.end_time.map(|time| time.0),
            artifact_uri: run.artifact_uri,
            lifecycle_stage: run.lifecycle_stage.as_str(),
        }
    }
}

/// A run with what it has logged.
#[derive(Debug, Clone, Serialize)]
pub(in crate::tracking) struct RunBody {
    info: RunInfo,
    data: RunData,
    inputs: RunInputs,
    outputs: RunOutputs,
}

#[derive(Debug, Clone, Serialize)]
struct RunData {
    metrics: Vec<MetricBody>,
    params: Vec<KeyValue>,
    tags: Vec<KeyValue>,
}

#[derive(Debug, Clone, Serialize)]
struct RunInputs {
    dataset_inputs: Vec<DatasetInput>,
    model_inputs: Vec<ModelReference>,
}

#[derive(Debug, Clone, Serialize)]
struct RunOutputs {
    model_outputs: Vec<ModelReference>,
}

impl RunBody {
    pub(in crate::tracking) fn new(run: RunRecord, experiment_id: String, logged: Logged) -> Self {
        let user = logged.tags.iter().find(|tag| tag.key == "mlflow.user").map(|tag| tag.value.as_str());
        Self {
            info: RunInfo::new(run, experiment_id, user),
            data: RunData {
                metrics: logged.metrics.into_iter().map(MetricBody::from).collect(),
                params: logged.parameters,
                tags: logged.tags,
            },
            inputs: RunInputs {
                dataset_inputs: logged.datasets.into_iter().map(DatasetInput::from).collect(),
                model_inputs: logged.models.inputs.iter().map(ModelReference::from).collect(),
            },
            outputs: RunOutputs {
                model_outputs: logged.models.outputs.iter().map(ModelReference::from).collect(),
            },
        }
    }
}

/// A point of a metric. Which model and data set it is about is not kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::tracking) struct MetricBody {
    #[serde(default)]
    pub(in crate::tracking) key: String,
    #[serde(default)]
    pub(in crate::tracking) value: Option<MetricValue>,
    #[serde(default, deserialize_with = "integer")]
    pub(in crate::tracking) timestamp: i64,
    #[serde(default, deserialize_with = "integer")]
    pub(in crate::tracking) step: i64,
}

impl From<Metric> for MetricBody {
    fn from(metric: Metric) -> Self {
        Self { key: metric.key, value: Some(metric.value), timestamp: metric.timestamp.0, step: metric.step }
    }
}

impl MetricBody {
    /// The point; without a value that of zero, which was checked before.
    pub(in crate::tracking) fn into_metric(self) -> Metric {
        let value = self.value.unwrap_or(MetricValue(0.0));
        Metric { key: self.key, value, step: self.step, timestamp: UnixMillis(self.timestamp) }
    }
}

/// A data set, and what it was used for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::tracking) struct DatasetInput {
    pub(in crate::tracking) tags: Vec<KeyValue>,
    pub(in crate::tracking) dataset: Dataset,
}

/// A data set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::tracking) struct Dataset {
    pub(in crate::tracking) name: String,
    pub(in crate::tracking) digest: String,
    pub(in crate::tracking) source_type: String,
    pub(in crate::tracking) source: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::tracking) schema: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::tracking) profile: String,
}

impl From<DatasetUse> for DatasetInput {
    fn from(used: DatasetUse) -> Self {
        let dataset = Dataset {
            name: used.name,
            digest: used.digest,
            source_type: used.source_type,
            source: used.source,
            schema: used.schema,
            profile: used.profile,
        };
        Self { tags: used.tags, dataset }
    }
}

impl From<DatasetInput> for DatasetUse {
    fn from(input: DatasetInput) -> Self {
        Self {
            name: input.dataset.name,
            digest: input.dataset.digest,
            source_type: input.dataset.source_type,
            source: input.dataset.source,
            schema: input.dataset.schema,
            profile: input.dataset.profile,
            tags: input.tags,
        }
    }
}

/// A logged model that a run read or made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::tracking) struct ModelReference {
    pub(in crate::tracking) model_id: String,
    #[serde(default, deserialize_with = "integer")]
    pub(in crate::tracking) step: i64,
}

impl From<&ModelUse> for ModelReference {
    fn from(used: &ModelUse) -> Self {
        Self { model_id: external_model_id(used.model), step: used.step }
    }
}

/// An artifact or a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::tracking) struct FileInfo {
    pub(in crate::tracking) path: String,
    pub(in crate::tracking) is_dir: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::tracking) file_size: Option<u64>,
}
