//! The fields of the forms about a deployment.

use leptos::prelude::*;
use models::deployment::ScoringProtocol;
use models::id::ProjectId;
use models::page::PageQuery;

use super::draft::Draft;
use super::operate::{LOCAL, LocalFields, LocalSignals};
use crate::queries;
use crate::session::Session;
use crate::ui::{Field, Select, SelectOption, TextArea, TextInput, TextKind};
use crate::widgets::FormErrors;

/// Models, and connections, that can be chosen from.
const CHOICES: PageQuery = PageQuery { startindex: 0, pagelength: 200 };

/// What is typed in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    name: RwSignal<String>,
    model: RwSignal<String>,
    mode: RwSignal<String>,
    local: LocalSignals,
    connection: RwSignal<String>,
    endpoint: RwSignal<String>,
    protocol: RwSignal<String>,
    model_name: RwSignal<String>,
    cron: RwSignal<String>,
    time_zone: RwSignal<String>,
    pub(super) paused: RwSignal<bool>,
    request: RwSignal<String>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] = &[
        "name",
        "modelId",
        "mode.values.environment",
        "mode.values.path",
        "mode.values.workers",
        "mode.values.memory",
        "mode.values.startSeconds",
        "mode.values.protocol",
        "mode.values.modelName",
        "connectionId",
        "endpointUri",
        "cronString",
        "timeZone",
        "scheduledRequest",
    ];

    pub(super) fn of(draft: Draft) -> Self {
        Self {
            name: RwSignal::new(draft.name),
            model: RwSignal::new(draft.model),
            mode: RwSignal::new(draft.mode),
            local: LocalSignals::of(draft.local),
            connection: RwSignal::new(draft.connection),
            endpoint: RwSignal::new(draft.endpoint),
            protocol: RwSignal::new(draft.protocol),
            model_name: RwSignal::new(draft.model_name),
            cron: RwSignal::new(draft.cron),
            time_zone: RwSignal::new(draft.time_zone),
            paused: RwSignal::new(draft.paused),
            request: RwSignal::new(draft.request),
        }
    }

    pub(super) fn fill(self, draft: Draft) {
        self.name.set(draft.name);
        self.model.set(draft.model);
        self.mode.set(draft.mode);
        self.local.fill(draft.local);
        self.connection.set(draft.connection);
        self.endpoint.set(draft.endpoint);
        self.protocol.set(draft.protocol);
        self.model_name.set(draft.model_name);
        self.cron.set(draft.cron);
        self.time_zone.set(draft.time_zone);
        self.paused.set(draft.paused);
        self.request.set(draft.request);
    }

    pub(super) fn draft(self) -> Draft {
        Draft {
            name: self.name.get_untracked(),
            model: self.model.get_untracked(),
            mode: self.mode.get_untracked(),
            local: self.local.draft(),
            connection: self.connection.get_untracked(),
            endpoint: self.endpoint.get_untracked(),
            protocol: self.protocol.get_untracked(),
            model_name: self.model_name.get_untracked(),
            cron: self.cron.get_untracked(),
            time_zone: self.time_zone.get_untracked(),
            paused: self.paused.get_untracked(),
            request: self.request.get_untracked(),
        }
    }
}

/// What answers, where, and when it is asked by itself.
#[component]
pub(super) fn DeploymentFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    let is_local = Memo::new(move |_| *fields.mode.read() == LOCAL);
    let modes = modes(&fields.mode.read_untracked());
    let described = queries::serving::deployment_modes(move || project);
    let unavailable = Signal::derive(move || {
        described.value.get()?.first()?.unavailable.clone().filter(|_| is_local.get())
    });
    view! {
        <Field label="Saved model" error=errors.at("modelId")>
            <Select value=fields.model options=models(project) placeholder="Choose"/>
        </Field>
        <Field label="Name" optional=true hint=Some("As the model when empty.".to_owned()) error=errors.at("name")>
            <TextInput value=fields.name/>
        </Field>
        <Field label="Served by" hint=unavailable>
            <Select value=fields.mode options=modes/>
        </Field>
        {move || match is_local.get() {
            true => view! { <LocalFields fields=fields.local errors/> }.into_any(),
            false => view! { <ElsewhereFields fields errors/> }.into_any(),
        }}
        <Field label="Schedule" optional=true hint=Some("Five cron fields: 0 6 * * 1 is every Monday at six.".to_owned()) error=errors.at("cronString")>
            <TextInput value=fields.cron kind=TextKind::Code/>
        </Field>
        <Field label="Time zone" hint=Some("Such as Europe/Berlin.".to_owned()) error=errors.at("timeZone")>
            <TextInput value=fields.time_zone kind=TextKind::Code/>
        </Field>
        <Field label="What it is asked" optional=true hint=Some("A JSON object, as for any prediction. Without it nothing is asked at these times.".to_owned()) error=errors.at("scheduledRequest")>
            <TextArea value=fields.request kind=TextKind::Code rows=3/>
        </Field>
    }
}

/// What the endpoint speaks; asked once there is one.
#[component]
fn Protocol(fields: Fields, errors: FormErrors) -> impl IntoView {
    let has_endpoint = Memo::new(move |_| !fields.endpoint.read().trim().is_empty());
    let wants_name = Memo::new(move |_| *fields.protocol.read() == ScoringProtocol::KserveV2.as_str());
    let options = [ScoringProtocol::Mlflow, ScoringProtocol::KserveV2]
        .map(|protocol| SelectOption::new(protocol.as_str(), protocol.to_string()));
    let options = Signal::stored(options.to_vec());
    let hint = "Requests are translated to it, and answers from it.";
    view! {
        <Show when=move || has_endpoint.get()>
            <Field label="Protocol" hint=Some(hint.to_owned()) error=errors.at("mode.values.protocol")>
                <Select value=fields.protocol options placeholder="None: sent as it is"/>
            </Field>
            <Show when=move || wants_name.get()>
                <Field label="Model name" optional=true hint=Some("What the endpoint calls the model, where its address does not say it.".to_owned()) error=errors.at("mode.values.modelName")>
                    <TextInput value=fields.model_name kind=TextKind::Code/>
                </Field>
            </Show>
        </Show>
    }
}

/// Where a machine answers already.
#[component]
fn ElsewhereFields(fields: Fields, errors: FormErrors) -> impl IntoView {
    view! {
        <Field label="Endpoint" optional=true hint=Some("https://… where a machine answers for the model already.".to_owned()) error=errors.at("endpointUri")>
            <TextInput value=fields.endpoint kind=TextKind::Code/>
        </Field>
        <Protocol fields errors/>
        <Field label="Connection" optional=true error=errors.at("connectionId")>
            <Select value=fields.connection options=connections(fields.connection) placeholder="None"/>
        </Field>
    }
}

/// The ways of deploying, with the one at hand.
fn modes(present: &str) -> Vec<SelectOption> {
    let mut modes = vec![
        SelectOption::new("", "A machine that answers already"),
        SelectOption::new(LOCAL, "This server, on its own machine"),
    ];
    if !modes.iter().any(|mode| mode.value == present) {
        modes.push(SelectOption::new(present, present));
    }
    modes
}

fn models(project: ProjectId) -> Signal<Vec<SelectOption>> {
    let found = queries::serving::models(move || (project, CHOICES));
    Signal::derive(move || {
        let page = found.value.get();
        let models = page.iter().flat_map(|page| page.items.iter());
        models.map(|model| SelectOption::new(model.model_id.to_string(), model.name.clone())).collect()
    })
}

/// One's own connections, and the one at hand.
fn connections(chosen: RwSignal<String>) -> Signal<Vec<SelectOption>> {
    let present = chosen.get_untracked();
    let session = Session::current();
    let found = queries::connections::list(move || Some((session.user()?.user_id, CHOICES)));
    Signal::derive(move || {
        let page = found.value.get();
        let all = page.iter().flat_map(|page| page.items.iter());
        let option =
            |id: String, name: &str, provider: String| SelectOption::new(id, format!("{name} ({provider})"));
        let mut options: Vec<_> = all
            .map(|connection| {
                let provider = connection.connection_provider.to_string();
                option(connection.connection_id.to_string(), &connection.connection_name, provider)
            })
            .collect();
        if !present.is_empty() && options.iter().all(|option| option.value != present) {
            options.push(SelectOption::new(present.clone(), "Not one of yours"));
        }
        options
    })
}
