//! The fields of the forms about a schedule.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::AddRun;
use models::schedule::MissedTimes;

use super::draft::Draft;
use super::preview::Preview;
use super::run_fields::RunFields;
use super::timing::{Preset, Timing};
use super::timing_fields::TimingFields;
use crate::ui::{Choice, ChoiceCards, Field, TextInput};
use crate::widgets::FormErrors;

/// What is typed in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    name: RwSignal<String>,
    pub(super) preset: RwSignal<Preset>,
    pub(super) minute: RwSignal<String>,
    pub(super) time: RwSignal<String>,
    pub(super) weekday: RwSignal<String>,
    pub(super) day: RwSignal<String>,
    pub(super) cron: RwSignal<String>,
    pub(super) time_zone: RwSignal<String>,
    missed_times: RwSignal<MissedTimes>,
    pub(super) run_name: RwSignal<String>,
    pub(super) experiment: RwSignal<String>,
    pub(super) code: RwSignal<String>,
    pub(super) branch: RwSignal<String>,
    pub(super) entry_point: RwSignal<String>,
    pub(super) parameters: RwSignal<String>,
    pub(super) connection: RwSignal<String>,
    pub(super) backend: RwSignal<String>,
    template: RwSignal<Option<AddRun>>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] = &[
        "name",
        "cronString",
        "timeZone",
        "request.name",
        "request.experimentRepositoryId",
        "request.branch",
        "request.mlflowParameters",
        "request.connectionId",
        "request.backendConfig",
    ];

    pub(super) fn of(draft: Draft) -> Self {
        let timing = draft.timing;
        Self {
            name: RwSignal::new(draft.name),
            preset: RwSignal::new(timing.preset),
            minute: RwSignal::new(timing.minute),
            time: RwSignal::new(timing.time),
            weekday: RwSignal::new(timing.weekday),
            day: RwSignal::new(timing.day),
            cron: RwSignal::new(timing.cron),
            time_zone: RwSignal::new(draft.time_zone),
            missed_times: RwSignal::new(draft.missed_times),
            run_name: RwSignal::new(draft.run_name),
            experiment: RwSignal::new(draft.experiment),
            code: RwSignal::new(draft.code),
            branch: RwSignal::new(draft.branch),
            entry_point: RwSignal::new(draft.entry_point),
            parameters: RwSignal::new(draft.parameters),
            connection: RwSignal::new(draft.connection),
            backend: RwSignal::new(draft.backend),
            template: RwSignal::new(draft.template),
        }
    }

    pub(super) fn fill(self, draft: Draft) {
        let timing = draft.timing;
        self.name.set(draft.name);
        self.preset.set(timing.preset);
        self.minute.set(timing.minute);
        self.time.set(timing.time);
        self.weekday.set(timing.weekday);
        self.day.set(timing.day);
        self.cron.set(timing.cron);
        self.time_zone.set(draft.time_zone);
        self.missed_times.set(draft.missed_times);
        self.run_name.set(draft.run_name);
        self.experiment.set(draft.experiment);
        self.code.set(draft.code);
        self.branch.set(draft.branch);
        self.entry_point.set(draft.entry_point);
        self.parameters.set(draft.parameters);
        self.connection.set(draft.connection);
        self.backend.set(draft.backend);
        self.template.set(draft.template);
    }

    pub(super) fn draft(self) -> Draft {
        Draft {
            name: self.name.get_untracked(),
            timing: untrack(|| self.timing()),
            time_zone: self.time_zone.get_untracked(),
            missed_times: self.missed_times.get_untracked(),
            run_name: self.run_name.get_untracked(),
            experiment: self.experiment.get_untracked(),
            code: self.code.get_untracked(),
            branch: self.branch.get_untracked(),
            entry_point: self.entry_point.get_untracked(),
            parameters: self.parameters.get_untracked(),
            connection: self.connection.get_untracked(),
            backend: self.backend.get_untracked(),
            template: self.template.get_untracked(),
        }
    }

    /// When it acts, as chosen so far.
    pub(super) fn timing(self) -> Timing {
        Timing {
            preset: self.preset.get(),
            minute: self.minute.get(),
            time: self.time.get(),
            weekday: self.weekday.get(),
            day: self.day.get(),
            cron: self.cron.get(),
        }
    }
}

/// What it is called, when it acts, and what it does.
#[component]
pub(super) fn ScheduleFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    let missed = vec![
        Choice::new(MissedTimes::Skip, "Skip them")
            .text("They are noted in the history, and nothing is started."),
        Choice::new(MissedTimes::Once, "Make up for them once")
            .text("One run is started when the server is back, however many times were missed."),
    ];
    let refused = RwSignal::new(None::<String>);
    let wrong = errors.at("cronString");
    let wrong = Signal::derive(move || wrong.get().or_else(|| refused.get()));
    view! {
        <div class="schedule-form">
            <div class="stack">
                <Field label="Name" error=errors.at("name")>
                    <TextInput value=fields.name autofocus=true/>
                </Field>
                <TimingFields fields wrong zone_error=errors.at("timeZone")/>
                <Preview project fields refused/>
                <ChoiceCards label="Times missed while no server runs" value=fields.missed_times choices=missed/>
            </div>
            <RunFields project fields errors/>
        </div>
    }
}
