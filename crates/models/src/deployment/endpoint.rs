//! The mode `Endpoint`: a machine answers already, and speaks one of the known protocols.

use serde_json::Value;

use super::{ChosenMode, DeploymentMode, DeploymentParameter, DeploymentParameterType};
use crate::macros::open_enum;

open_enum! {
    /// What an endpoint speaks.
    ScoringProtocol {
        /// MLflow's scoring protocol: `/invocations`.
        Mlflow = "MLflow",
        /// KServe v2, also called Open Inference Protocol: `/v2/models/{name}/infer`.
        KserveV2 = "KServe v2",
    }
}

const PROTOCOL: &str = "protocol";
const MODEL_NAME: &str = "modelName";

/// What is known of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What it speaks.
    pub protocol: ScoringProtocol,
    /// What it calls the model, where its protocol wants a name.
    pub model_name: Option<String>,
}

impl Endpoint {
    /// The name of the mode.
    pub const MODE: &'static str = "Endpoint";

    /// What the mode says of the endpoint; `None` where it is another mode, or none was chosen.
    #[must_use]
    pub fn of(mode: Option<&ChosenMode>) -> Option<Self> {
        let mode = mode.filter(|mode| mode.name == Self::MODE)?;
        let text = |name: &str| mode.values.get(name).and_then(Value::as_str).map(str::trim);
        let text = |name: &str| text(name).filter(|text| !text.is_empty()).map(str::to_owned);
        Some(Self {
            protocol: text(PROTOCOL).map_or(ScoringProtocol::Mlflow, ScoringProtocol::from),
            model_name: text(MODEL_NAME),
        })
    }

    /// The mode that says this of the endpoint.
    #[must_use]
    pub fn mode(&self) -> ChosenMode {
        let mut mode = ChosenMode { name: Self::MODE.to_owned(), values: crate::lenient::JsonObject::new() };
        mode.values.insert(PROTOCOL.to_owned(), self.protocol.as_str().into());
        if let Some(name) = &self.model_name {
            mode.values.insert(MODEL_NAME.to_owned(), name.as_str().into());
        }
        mode
    }

    /// What the mode wants to know.
    #[must_use]
    pub fn descriptor() -> DeploymentMode {
        let parameter = |name: &str, description: &str| DeploymentParameter {
            name: name.to_owned(),
            description: description.to_owned(),
            kind: DeploymentParameterType::String,
            required: false,
            default: None,
            options: Vec::new(),
        };
        let protocols = [ScoringProtocol::Mlflow, ScoringProtocol::KserveV2];
        let protocol = DeploymentParameter {
            default: Some(ScoringProtocol::Mlflow.as_str().into()),
            options: protocols.iter().map(|protocol| protocol.as_str().to_owned()).collect(),
            ..parameter(PROTOCOL, "What the endpoint speaks; what is to be predicted is translated to it.")
        };
        let model_name = parameter(
            MODEL_NAME,
            "What a KServe v2 endpoint calls the model, where its address does not say it.",
        );
        DeploymentMode {
            name: Self::MODE.to_owned(),
            parameters: vec![protocol, model_name],
            unavailable: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_endpoint_is_what_its_mode_says() {
        for (protocol, model_name) in
            [(ScoringProtocol::Mlflow, None), (ScoringProtocol::KserveV2, Some("rain".to_owned()))]
        {
            let endpoint = Endpoint { protocol, model_name };
            let mode = endpoint.mode();
            assert_eq!(Endpoint::descriptor().check(&mode.values), Ok(()));
            assert_eq!(Endpoint::of(Some(&mode)), Some(endpoint));
        }
        let other: ChosenMode = serde_json::from_value(json!({"name": "HPC", "values": {}})).unwrap();
        assert_eq!((Endpoint::of(Some(&other)), Endpoint::of(None)), (None, None));
    }

    #[test]
    fn a_protocol_that_nobody_speaks_is_refused() {
        let mode: ChosenMode =
            serde_json::from_value(json!({"name": "Endpoint", "values": {"protocol": "gRPC"}})).unwrap();
        let errors = Endpoint::descriptor().check(&mode.values).unwrap_err();
        assert_eq!(errors.get("mode.values.protocol"), Some("choose one of MLflow, KServe v2"));
    }
}
