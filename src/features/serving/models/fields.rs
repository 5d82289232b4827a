//! The fields of the forms about a saved model.

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::ProjectId;
use models::model::ModelLocation;
use models::page::PageQuery;
use models::query::RunQuery;
use models::repository::RepositoryKind;
use models::run_table::RunPageRequest;

use super::draft::Draft;
use crate::queries;
use crate::ui::{Field, Select, SelectOption, TextArea, TextInput, TextKind};
use crate::widgets::FormErrors;

/// Runs, and definitions, that can be chosen from.
const CHOICES: u64 = 200;

/// What is typed in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    name: RwSignal<String>,
    run: RwSignal<String>,
    uri: RwSignal<String>,
    location: RwSignal<String>,
    definition: RwSignal<String>,
    parameters: RwSignal<String>,
    image: RwSignal<String>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] =
        &["name", "runId", "uri", "location", "modelRepositoryId", "mlflowParameters", "imageReference"];

    pub(super) fn of(draft: Draft) -> Self {
        Self {
            name: RwSignal::new(draft.name),
            run: RwSignal::new(draft.run),
            uri: RwSignal::new(draft.uri),
            location: RwSignal::new(draft.location),
            definition: RwSignal::new(draft.definition),
            parameters: RwSignal::new(draft.parameters),
            image: RwSignal::new(draft.image),
        }
    }

    pub(super) fn fill(self, draft: Draft) {
        self.name.set(draft.name);
        self.run.set(draft.run);
        self.uri.set(draft.uri);
        self.location.set(draft.location);
        self.definition.set(draft.definition);
        self.parameters.set(draft.parameters);
        self.image.set(draft.image);
    }

    pub(super) fn draft(self) -> Draft {
        Draft {
            name: self.name.get_untracked(),
            run: self.run.get_untracked(),
            uri: self.uri.get_untracked(),
            location: self.location.get_untracked(),
            definition: self.definition.get_untracked(),
            parameters: self.parameters.get_untracked(),
            image: self.image.get_untracked(),
        }
    }
}

/// What a saved model is called, where it comes from, and what it was trained with.
#[component]
pub(super) fn ModelFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    let elsewhere = move || fields.run.read().is_empty();
    let storages = ModelLocation::KNOWN.iter().filter(|location| **location != ModelLocation::Mlflow);
    let storages: Vec<_> =
        storages.map(|known| SelectOption::new(known.to_string(), known.to_string())).collect();
    let storages = Signal::stored(storages);
    view! {
        <Field label="Name" error=errors.at("name")>
            <TextInput value=fields.name autofocus=true/>
        </Field>
        <Field label="Run that trained it" optional=true error=errors.at("runId")>
            <Select value=fields.run options=runs(project, fields.run) placeholder="None: it lies elsewhere"/>
        </Field>
        <Show when=elsewhere>
            <Field label="Address" hint=Some("s3://bucket/model, or any other.".to_owned()) error=errors.at("uri")>
                <TextInput value=fields.uri kind=TextKind::Code/>
            </Field>
            <Field label="Storage" error=errors.at("location")>
                <Select value=fields.location options=storages placeholder="Choose"/>
            </Field>
        </Show>
        <Field label="Trained from" optional=true error=errors.at("modelRepositoryId")>
            <Select value=fields.definition options=definitions(project) placeholder="No definition"/>
        </Field>
        <Field label="Parameters" optional=true hint=Some("JSON: {\"alpha\": 0.5}".to_owned()) error=errors.at("mlflowParameters")>
            <TextArea value=fields.parameters rows=3/>
        </Field>
        <Field label="Image in a registry" optional=true hint=Some("Where others pull the container image; you can upload one instead.".to_owned()) error=errors.at("imageReference")>
            <TextInput value=fields.image kind=TextKind::Code placeholder="registry.example.org/team/model:1"/>
        </Field>
    }
}

/// The latest runs; the chosen one is among them however old it is.
fn runs(project: ProjectId, chosen: RwSignal<String>) -> Signal<Vec<SelectOption>> {
    let request = RunPageRequest {
        query: RunQuery::default(),
        within: Vec::new(),
        offset: 0,
        limit: CHOICES,
        lifecycle_stage: LifecycleStage::Active,
    };
    let found = queries::runs::search(move || (project, request.clone()));
    let first = chosen.get_untracked();
    Signal::derive(move || {
        let page = found.value.get();
        let mut options: Vec<_> = page
            .iter()
            .flat_map(|page| page.run_ids.iter().zip(&page.names))
            .map(|(id, name)| SelectOption::new(id.to_string(), name.clone()))
            .collect();
        if !first.is_empty() && !options.iter().any(|option| option.value == first) {
            options.insert(0, SelectOption::new(first.clone(), format!("Run {first}")));
        }
        options
    })
}

fn definitions(project: ProjectId) -> Signal<Vec<SelectOption>> {
    let page = PageQuery { startindex: 0, pagelength: CHOICES };
    let found = queries::repositories::list(move || (project, RepositoryKind::Models, page));
    Signal::derive(move || {
        let page = found.value.get();
        let models = page.iter().flat_map(|page| page.items.iter());
        models.map(|model| SelectOption::new(model.id().to_string(), model.name())).collect()
    })
}
