//! The fields that say which run is started.

use leptos::prelude::*;
use models::id::ProjectId;
use models::page::PageQuery;
use models::repository::RepositoryKind;

use super::fields::Fields;
use crate::queries;
use crate::session::Session;
use crate::ui::{Field, Select, SelectOption, TextArea, TextInput, TextKind};
use crate::widgets::FormErrors;

/// Repositories, and connections, that can be chosen from.
const CHOICES: PageQuery = PageQuery { startindex: 0, pagelength: 200 };

/// The run that is started each time.
#[component]
pub(super) fn RunFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    view! {
        <fieldset class="schedule-run stack">
            <legend>"The run that is started"</legend>
            <Field label="Run name" error=errors.at("request.name")>
                <TextInput value=fields.run_name/>
            </Field>
            <Field label="Experiment" error=errors.at("request.experimentRepositoryId")>
                <Select value=fields.experiment options=repositories(project, RepositoryKind::Experiments) placeholder="Choose"/>
            </Field>
            <Field label="Code" optional=true>
                <Select value=fields.code options=repositories(project, RepositoryKind::Code) placeholder="None"/>
            </Field>
            <Field label="Branch" optional=true hint=Some("What is on it by then is what runs.".to_owned()) error=errors.at("request.branch")>
                <TextInput value=fields.branch kind=TextKind::Code/>
            </Field>
            <Field label="Entry point" optional=true>
                <TextInput value=fields.entry_point kind=TextKind::Code/>
            </Field>
            <Field label="Parameters" optional=true hint=Some("A JSON object.".to_owned()) error=errors.at("request.mlflowParameters")>
                <TextArea value=fields.parameters kind=TextKind::Code rows=3/>
            </Field>
            <Field label="Connection" optional=true error=errors.at("request.connectionId")>
                <Select value=fields.connection options=connections(fields.connection) placeholder="None"/>
            </Field>
            <Field label="Backend configuration" optional=true hint=Some("A JSON object: where and how it is executed.".to_owned()) error=errors.at("request.backendConfig")>
                <TextArea value=fields.backend kind=TextKind::Code rows=3/>
            </Field>
        </fieldset>
    }
}

fn repositories(project: ProjectId, kind: RepositoryKind) -> Signal<Vec<SelectOption>> {
    let found = queries::repositories::list(move || (project, kind, CHOICES));
    Signal::derive(move || {
        let page = found.value.get();
        let all = page.iter().flat_map(|page| page.items.iter());
        all.map(|found| SelectOption::new(found.id().to_string(), found.name().to_owned())).collect()
    })
}

/// One's own connections, and the one at hand.
fn connections(chosen: RwSignal<String>) -> Signal<Vec<SelectOption>> {
    let session = Session::current();
    let found = queries::connections::list(move || Some((session.user()?.user_id, CHOICES)));
    Signal::derive(move || {
        let page = found.value.get();
        let all = page.iter().flat_map(|page| page.items.iter());
        let mut options: Vec<_> = all
            .map(|connection| {
                let label = format!("{} ({})", connection.connection_name, connection.connection_provider);
                SelectOption::new(connection.connection_id.to_string(), label)
            })
            .collect();
        let present = chosen.get();
        if !present.is_empty() && options.iter().all(|option| option.value != present) {
            options.push(SelectOption::new(present, "Not one of yours"));
        }
        options
    })
}
