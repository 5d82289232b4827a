//! Saved models as they are typed in, and the requests they become.

use models::lenient::JsonObject;
use models::model::{ModelLocation, NewSavedModel, SavedModel, SavedModelPatch};
use models::problem::FieldErrors;
use models::text::{ImageReference, Name, Uri};

use crate::widgets::optional;

/// A saved model as it was typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) name: String,
    /// The id of the run that trained it; empty when it lies elsewhere.
    pub(super) run: String,
    /// Counts without a run only.
    pub(super) uri: String,
    /// Counts without a run only.
    pub(super) location: String,
    /// The id of the definition it was trained from.
    pub(super) definition: String,
    /// A JSON object.
    pub(super) parameters: String,
    /// Where its container image can be pulled.
    pub(super) image: String,
}

impl From<&SavedModel> for Draft {
    fn from(model: &SavedModel) -> Self {
        let is_elsewhere = model.run_id.is_none();
        let definition = model.model_repository.as_ref().map(|definition| definition.model_repository_id);
        let parameters = model.mlflow_parameters.as_ref().map(serde_json::to_string_pretty);
        Self {
            name: model.name.clone(),
            run: model.run_id.map(|run| run.to_string()).unwrap_or_default(),
            uri: model.uri.clone().filter(|_| is_elsewhere).unwrap_or_default(),
            location: model
                .location
                .as_ref()
                .filter(|_| is_elsewhere)
                .map(ToString::to_string)
                .unwrap_or_default(),
            definition: definition.map(|id| id.to_string()).unwrap_or_default(),
            parameters: parameters.and_then(Result::ok).unwrap_or_default(),
            image: model.image_reference.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

impl TryFrom<Draft> for NewSavedModel {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse::<Name>());
        let is_elsewhere = draft.run.is_empty();
        let uri = errors.keep("uri", optional::<Uri>(if is_elsewhere { &draft.uri } else { "" }));
        let parameters = errors.keep("mlflowParameters", parameters(&draft.parameters));
        let image = errors.keep("imageReference", optional::<ImageReference>(&draft.image));
        let location =
            Some(draft.location).filter(|text| is_elsewhere && !text.is_empty()).map(ModelLocation::from);
        let (Some(name), Some(uri), Some(mlflow_parameters), Some(image_reference)) =
            (name, uri, parameters, image)
        else {
            return Err(errors);
        };
        let new = Self {
            name,
            uri,
            location,
            connection_id: None,
            mlflow_parameters,
            run_id: draft.run.parse().ok(),
            model_repository_id: draft.definition.parse().ok(),
            image_reference,
        };
        new.source()?;
        Ok(new)
    }
}

impl TryFrom<Draft> for SavedModelPatch {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let new = NewSavedModel::try_from(draft)?;
        Ok(Self {
            name: Some(new.name),
            uri: Some(new.uri),
            location: Some(new.location),
            connection_id: None,
            mlflow_parameters: Some(new.mlflow_parameters),
            run_id: Some(new.run_id),
            model_repository_id: Some(new.model_repository_id),
            image_reference: Some(new.image_reference),
        })
    }
}

fn parameters(text: &str) -> Result<Option<JsonObject>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text)
        .map(Some)
        .map_err(|error| format!("write a JSON object, such as {{\"alpha\": 0.5}} ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_needs_a_run_or_a_place() {
        let named = Draft { name: "Rain".to_owned(), ..Draft::default() };
        let fields = |draft: Draft| {
            let errors = NewSavedModel::try_from(draft).unwrap_err();
            errors.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(fields(named.clone()), ["runId"]);
        assert_eq!(fields(Draft { uri: "s3://rain".to_owned(), ..named.clone() }), ["location"]);
        let run = Draft { run: "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned(), ..named.clone() };
        assert!(NewSavedModel::try_from(run).is_ok());
        let place = Draft { uri: "s3://rain".to_owned(), location: "S3".to_owned(), ..named };
        assert!(NewSavedModel::try_from(place).is_ok());
    }

    #[test]
    fn an_image_is_named_or_taken_away() {
        let draft = |image: &str| Draft {
            name: "Rain".to_owned(),
            run: "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".to_owned(),
            image: image.to_owned(),
            ..Draft::default()
        };
        let patch = SavedModelPatch::try_from(draft("ghcr.io/team/rain:2")).unwrap();
        assert_eq!(patch.image_reference.flatten().unwrap().as_str(), "ghcr.io/team/rain:2");
        assert_eq!(SavedModelPatch::try_from(draft("")).unwrap().image_reference, Some(None));
        let errors = SavedModelPatch::try_from(draft("ann:hush@ghcr.io/rain")).unwrap_err();
        assert!(errors.get("imageReference").is_some());
    }

    #[test]
    fn parameters_are_an_object() {
        assert_eq!(parameters(" "), Ok(None));
        assert!(parameters("{\"alpha\": 0.5}").unwrap().is_some());
        assert!(parameters("[1]").unwrap_err().starts_with("write a JSON object"));
    }
}
