//! The fields of the forms about what the server serves itself.

use leptos::prelude::*;

use super::draft::LocalDraft;
use crate::ui::{Field, NumberInput, Select, SelectOption, TextInput, TextKind};
use crate::widgets::FormErrors;

/// What is typed in.
#[derive(Clone, Copy)]
pub(in super::super) struct LocalSignals {
    environment: RwSignal<String>,
    path: RwSignal<String>,
    workers: RwSignal<String>,
    memory: RwSignal<String>,
    start_seconds: RwSignal<String>,
}

impl LocalSignals {
    pub(in super::super) fn of(draft: LocalDraft) -> Self {
        Self {
            environment: RwSignal::new(draft.environment),
            path: RwSignal::new(draft.path),
            workers: RwSignal::new(draft.workers),
            memory: RwSignal::new(draft.memory),
            start_seconds: RwSignal::new(draft.start_seconds),
        }
    }

    pub(in super::super) fn fill(self, draft: LocalDraft) {
        self.environment.set(draft.environment);
        self.path.set(draft.path);
        self.workers.set(draft.workers);
        self.memory.set(draft.memory);
        self.start_seconds.set(draft.start_seconds);
    }

    pub(in super::super) fn draft(self) -> LocalDraft {
        LocalDraft {
            environment: self.environment.get_untracked(),
            path: self.path.get_untracked(),
            workers: self.workers.get_untracked(),
            memory: self.memory.get_untracked(),
            start_seconds: self.start_seconds.get_untracked(),
        }
    }
}

/// In which Python it is served, by how many processes, and within what bounds.
#[component]
pub(in super::super) fn LocalFields(fields: LocalSignals, errors: FormErrors) -> impl IntoView {
    let environments = vec![
        SelectOption::new("model", "Made of what the model says that it needs"),
        SelectOption::new("path", "A virtual environment on the server's machine"),
        SelectOption::new("server", "The Python of the server's machine"),
    ];
    let is_path = Memo::new(move |_| *fields.environment.read() == "path");
    let hint = |text: &str| Some(text.to_owned());
    view! {
        <Field label="Python environment" error=errors.at("mode.values.environment")>
            <Select value=fields.environment options=environments/>
        </Field>
        <Show when=move || is_path.get()>
            <Field label="Path" hint=hint("The absolute path of the virtual environment; MLflow must be in it.") error=errors.at("mode.values.path")>
                <TextInput value=fields.path kind=TextKind::Code/>
            </Field>
        </Show>
        <div class="deployment-bounds">
            <Field label="Processes" hint=hint("How many answer, 1 to 16.") error=errors.at("mode.values.workers")>
                <NumberInput value=fields.workers min=1.0 max=16.0 step=1.0/>
            </Field>
            <Field label="Memory of each" optional=true hint=hint("Such as 2GiB; any amount when empty.") error=errors.at("mode.values.memory")>
                <TextInput value=fields.memory kind=TextKind::Code/>
            </Field>
            <Field label="Time to start" hint=hint("With what is installed first.") error=errors.at("mode.values.startSeconds")>
                <NumberInput value=fields.start_seconds min=1.0 max=3600.0 step=1.0 unit="s"/>
            </Field>
        </div>
    }
}
