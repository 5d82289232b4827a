//! Deployments as they are typed in, and the requests they become.

use models::deployment::{
    ChosenMode, DeploymentInformation, DeploymentPatch, Endpoint, NewDeployment, PredictionRequest,
    ScoringProtocol,
};
use models::id::{ConnectionId, SavedModelId};
use models::problem::FieldErrors;
use models::text::{CronExpression, Name, Uri};

use super::operate::{LOCAL, LocalDraft};
use crate::widgets::optional;

/// The time zone of who has not chosen one.
const UTC: &str = "UTC";

/// A deployment as it was typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) name: String,
    /// The id of the model that is to answer.
    pub(super) model: String,
    /// The name of the mode; empty where a machine answers already.
    pub(super) mode: String,
    /// What the mode `Local` wants to know.
    pub(super) local: LocalDraft,
    /// The id of the connection that reaches the machine.
    pub(super) connection: String,
    /// Where a machine answers already.
    pub(super) endpoint: String,
    /// What the endpoint speaks; empty where nothing is translated to it.
    pub(super) protocol: String,
    /// What the endpoint calls the model.
    pub(super) model_name: String,
    /// Five cron fields.
    pub(super) cron: String,
    /// An IANA name.
    pub(super) time_zone: String,
    pub(super) paused: bool,
    /// What it is asked by itself, as JSON.
    pub(super) request: String,
}

impl Default for Draft {
    fn default() -> Self {
        let text = String::new;
        Self {
            name: text(),
            model: text(),
            mode: text(),
            local: LocalDraft::default(),
            connection: text(),
            endpoint: text(),
            protocol: ScoringProtocol::Mlflow.to_string(),
            model_name: text(),
            cron: text(),
            time_zone: UTC.to_owned(),
            paused: false,
            request: text(),
        }
    }
}

impl From<&DeploymentInformation> for Draft {
    fn from(deployment: &DeploymentInformation) -> Self {
        let endpoint = Endpoint::of(deployment.mode.as_ref());
        let (protocol, model_name) =
            endpoint.map(|endpoint| (endpoint.protocol.to_string(), endpoint.model_name)).unzip();
        Self {
            protocol: protocol.unwrap_or_default(),
            model_name: model_name.flatten().unwrap_or_default(),
            name: deployment.name.clone(),
            model: deployment.model_id.to_string(),
            mode: mode_name(deployment.mode.as_ref()),
            local: LocalDraft::of_mode(deployment.mode.as_ref()),
            connection: deployment.connection_id.map(|id| id.to_string()).unwrap_or_default(),
            endpoint: deployment.endpoint_uri.clone().unwrap_or_default(),
            cron: deployment.cron_string.clone().unwrap_or_default(),
            time_zone: deployment.time_zone.clone(),
            paused: deployment.paused,
            request: pretty(deployment.scheduled_request.as_ref()),
        }
    }
}

/// A draft that was read.
struct Read {
    name: Option<Name>,
    model_id: SavedModelId,
    connection_id: Option<ConnectionId>,
    endpoint_uri: Option<Uri>,
    /// The mode; what is absent stays as it is.
    mode: Option<Option<ChosenMode>>,
    cron_string: Option<CronExpression>,
    time_zone: String,
    scheduled_request: Option<PredictionRequest>,
}

impl TryFrom<&Draft> for Read {
    type Error = FieldErrors;

    fn try_from(draft: &Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", optional(&draft.name));
        let model = draft.model.parse().map_err(|_| "choose a saved model");
        let model = errors.keep("modelId", model);
        let is_local = draft.mode == LOCAL;
        let mode = match draft.mode.as_str() {
            LOCAL => draft.local.chosen().map(|chosen| Some(Some(chosen))),
            "" => Ok(Some(draft.of_endpoint())),
            _ => Ok(draft.of_endpoint().map(Some)),
        };
        let mode = mode
            .map_err(|found| found.iter().for_each(|(field, error)| errors.add(field, error)))
            .unwrap_or_default();
        // Where the server serves it itself, nobody sees what is left in these fields.
        let endpoint = if is_local { Ok(None) } else { optional(&draft.endpoint) };
        let endpoint = errors.keep("endpointUri", endpoint);
        let cron = errors.keep("cronString", optional(&draft.cron));
        let request = errors.keep("scheduledRequest", request(&draft.request));
        let (Some(name), Some(model_id), Some(endpoint_uri), Some(cron_string), Some(scheduled_request)) =
            (name, model, endpoint, cron, request)
        else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let time_zone = draft.time_zone.trim();
        Ok(Self {
            name,
            model_id,
            connection_id: draft.connection.parse().ok().filter(|_| !is_local),
            endpoint_uri,
            mode,
            cron_string,
            time_zone: if time_zone.is_empty() { UTC } else { time_zone }.to_owned(),
            scheduled_request,
        })
    }
}

impl Draft {
    /// The mode of an endpoint of which it is said what it speaks.
    fn of_endpoint(&self) -> Option<ChosenMode> {
        if self.protocol.is_empty() || self.endpoint.trim().is_empty() {
            return None;
        }
        let model_name = Some(self.model_name.trim().to_owned()).filter(|name| !name.is_empty());
        Some(Endpoint { protocol: self.protocol.clone().into(), model_name }.mode())
    }
}

/// The mode that is chosen by its name; that of an endpoint is the one without a name.
fn mode_name(mode: Option<&ChosenMode>) -> String {
    mode.filter(|mode| mode.name != Endpoint::MODE).map(|mode| mode.name.clone()).unwrap_or_default()
}

impl TryFrom<Draft> for NewDeployment {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let read = Read::try_from(&draft)?;
        Ok(Self {
            name: read.name,
            model_id: read.model_id,
            connection_id: read.connection_id,
            resources: None,
            cron_string: read.cron_string,
            time_zone: read.time_zone,
            scheduled_request: read.scheduled_request,
            mode: read.mode.flatten(),
            endpoint_uri: read.endpoint_uri,
        })
    }
}

impl TryFrom<Draft> for DeploymentPatch {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let read = Read::try_from(&draft)?;
        let name = read.name.ok_or_else(|| FieldErrors::at("name", "give it a name"))?;
        Ok(Self {
            name: Some(name),
            model_id: Some(read.model_id),
            connection_id: Some(read.connection_id),
            cron_string: Some(read.cron_string),
            time_zone: Some(read.time_zone),
            scheduled_request: Some(read.scheduled_request),
            paused: Some(draft.paused),
            endpoint_uri: Some(read.endpoint_uri),
            mode: read.mode,
            ..Self::default()
        })
    }
}

fn pretty(request: Option<&PredictionRequest>) -> String {
    request.and_then(|request| serde_json::to_string_pretty(request).ok()).unwrap_or_default()
}

/// A JSON object; nothing where nothing is typed.
fn request(text: &str) -> Result<Option<PredictionRequest>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => serde_json::from_str(text)
            .map(Some)
            .map_err(|_| "write a JSON object, such as {\"x\": {\"0\": 1.5}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployment_needs_a_model() {
        let errors = NewDeployment::try_from(Draft::default()).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["modelId"]);
        let model = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned();
        let new = NewDeployment::try_from(Draft { model, ..Draft::default() }).unwrap();
        assert_eq!((new.name, new.time_zone.as_str()), (None, "UTC"));
    }

    #[test]
    fn what_an_endpoint_speaks_is_its_mode_and_another_mode_stays() {
        let model = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned();
        let draft = |endpoint: &str, protocol: &str| Draft {
            model: model.clone(),
            endpoint: endpoint.to_owned(),
            protocol: protocol.to_owned(),
            model_name: " rain ".to_owned(),
            name: "n".to_owned(),
            mode: "HPC".to_owned(),
            ..Draft::default()
        };
        let mode = |draft: Draft| DeploymentPatch::try_from(draft).unwrap().mode;
        let kserve = mode(draft("https://example.org", "KServe v2")).flatten().unwrap();
        let expected = serde_json::json!({"protocol": "KServe v2", "modelName": "rain"});
        assert_eq!(serde_json::Value::Object(kserve.values), expected);
        assert_eq!(mode(draft("", "KServe v2")), None);
        assert_eq!(mode(draft("https://example.org", "")), None);
    }

    #[test]
    fn what_the_server_serves_has_no_endpoint() {
        let model = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned();
        let draft = Draft {
            model,
            mode: LOCAL.to_owned(),
            endpoint: "nonsense that nobody sees".to_owned(),
            ..Draft::default()
        };
        let new = NewDeployment::try_from(draft.clone()).unwrap();
        assert_eq!((new.mode.map(|mode| mode.name), new.endpoint_uri), (Some(LOCAL.to_owned()), None));
        let other = Draft { mode: "HPC".to_owned(), endpoint: String::new(), name: "n".to_owned(), ..draft };
        assert_eq!(DeploymentPatch::try_from(other.clone()).unwrap().mode, None, "it stays");
        let none = Draft { mode: String::new(), ..other };
        assert_eq!(DeploymentPatch::try_from(none).unwrap().mode, Some(None));
    }

    #[test]
    fn a_schedule_is_five_fields() {
        let model = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned();
        let draft = Draft { model, cron: "every day".to_owned(), ..Draft::default() };
        let errors = NewDeployment::try_from(draft).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["cronString"]);
    }

    #[test]
    fn what_it_is_asked_is_an_object() {
        let model = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned();
        let draft =
            |request: &str| Draft { model: model.clone(), request: request.to_owned(), ..Draft::default() };
        let errors = NewDeployment::try_from(draft("[1]")).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["scheduledRequest"]);
        assert!(NewDeployment::try_from(draft(r#"{"x": {"0": 1}}"#)).unwrap().scheduled_request.is_some());
        assert_eq!(NewDeployment::try_from(draft(" ")).unwrap().scheduled_request, None);
    }
}
