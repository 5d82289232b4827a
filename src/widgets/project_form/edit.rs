//! The form that changes a project, also when somebody else has changed it in the meantime.

use std::sync::Arc;

use leptos::prelude::*;
use models::permission::Action;
use models::project::{NewProject, Project, ProjectPatch};

use super::draft::Fields;
use super::fields::{ProjectFields, visibilities};
use crate::queries::{self, ApiError, Query};
use crate::ui::{ChoiceCards, Form, SubmitRow, Toasts};
use crate::widgets::{FormErrors, Overtaken, differences, label_lines};

/// Changes a project. Saving again after somebody else was faster keeps what was typed.
#[component]
pub fn EditProjectForm(
    /// The project as the server knows it.
    query: Query<Project>,
    /// What the person saw when she began.
    base: Arc<Project>,
    /// What is typed in; filled from `base`.
    fields: Fields,
    /// Becomes true while the form is on its way.
    #[prop(optional)]
    busy: RwSignal<bool>,
    /// Hears that it was saved.
    #[prop(into)]
    on_saved: Callback<()>,
    /// Leaves without saving; without it there is no such button.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let why_not = |action| Signal::derive(move || query.value.get()?.current_user_role.why_not(action));
    let (why_not_edit, why_not_publish) = (why_not(Action::EditProject), why_not(Action::ManageMembers));
    let may_publish = Memo::new(move |_| why_not_publish.read().is_none());
    let base = RwSignal::new(base);
    let change = queries::projects::change();
    let errors = FormErrors::of(change);
    Effect::new(move || busy.set(change.pending().get()));
    let latest = Signal::derive(move || query.value.get().unwrap_or_else(|| base.get_untracked()));
    let saved = RwSignal::new(false);
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            saved.set(true);
            Toasts::current().success("The project was saved.");
            on_saved.run(());
        }
    });
    // What was saved here is no conflict with what is typed next.
    Effect::new(move || {
        let latest = query.value.get().filter(|_| saved.get());
        if let Some(latest) = latest.filter(|latest| latest.version != base.read_untracked().version) {
            saved.set(false);
            base.set(latest);
        }
    });
    let submit = move |()| {
        let wanted: Option<NewProject> = errors.check(fields.draft());
        if let Some(wanted) = wanted
            && !change.pending().get_untracked()
            && why_not_edit.read_untracked().is_none()
        {
            let base = base.get_untracked();
            change.dispatch_local((base.project_id, base.version, patch(wanted, &base)));
        }
    };
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    // A conflict is told by its own note.
    let summary = errors.summary(Fields::SHOWN);
    let error = Signal::derive(move || if refused.get() { None } else { summary.get() });
    view! {
        <Form error on_submit=submit>
            <Overtaken
                latest
                seen=base
                version=|project: &Project| project.version
                refused
                changes
                on_take=move |()| fields.fill(&base.read_untracked())
            />
            <ProjectFields fields errors autofocus=on_cancel.is_some()/>
            {move || may_publish.get().then(|| view! { <ChoiceCards label="Who can see it" value=fields.public choices=visibilities()/> })}
            <SubmitRow label="Save" busy=change.pending() disabled_reason=why_not_edit nostrip:on_cancel=on_cancel/>
        </Form>
    }
}

fn patch(wanted: NewProject, base: &Project) -> ProjectPatch {
    ProjectPatch {
        public: (wanted.public != base.public).then_some(wanted.public),
        name: Some(wanted.name),
        executive_summary: Some(wanted.executive_summary),
        detailed_description: Some(wanted.detailed_description),
        labels: Some(wanted.labels),
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Project, now: &Project) -> Vec<String> {
    let visibility = |project: &Project| if project.public { "public" } else { "private" }.to_owned();
    differences([
        ("name", before.name.clone(), now.name.clone()),
        ("summary", before.executive_summary.clone(), now.executive_summary.clone()),
        ("description", before.detailed_description.clone(), now.detailed_description.clone()),
        ("list of labels", label_lines(&before.labels), label_lines(&now.labels)),
        ("visibility", visibility(before), visibility(now)),
    ])
}
