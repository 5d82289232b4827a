//! What a project is called and about, and who may see it.

use std::sync::Arc;

use leptos::prelude::*;
use models::permission::Action;
use models::project::Project;

use crate::queries::Query;
use crate::ui::{Banner, IconName, Panel};
use crate::widgets::{EditProjectForm, MarkdownPreview, ProjectDraft};

/// The form about the project, and its description as others will read it.
#[component]
pub(super) fn General(query: Query<Project>, project: Signal<Arc<Project>>) -> impl IntoView {
    let base = project.get_untracked();
    let fields = ProjectDraft::of(&base);
    let why_not = move || project.read().current_user_role.why_not(Action::EditProject);
    view! {
        <div class="project-settings-columns">
            <Panel title="General">
                <div class="stack">
                    {move || why_not().map(|why_not| view! { <Banner icon=IconName::Lock>{why_not}</Banner> })}
                    <EditProjectForm query base fields on_saved=|()| ()/>
                </div>
            </Panel>
            <Panel title="Description as others read it">
                <MarkdownPreview text=fields.description>
                    <p class="muted">"Nothing is written yet."</p>
                </MarkdownPreview>
            </Panel>
        </div>
    }
}
