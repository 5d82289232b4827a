//! The form itself: four blocks, and beside them what will be started.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::{ProjectId, RunId, UserId};
use models::run::Run;
use models::run_template::RunTemplates;
use models::time::UnixMillis;

use super::asked::Asked;
use super::code_block::CodeBlock;
use super::commands::Commands;
use super::data_block::DataBlock;
use super::draft::Draft;
use super::experiment_block::ExperimentBlock;
use super::kept::Shelf;
use super::lead::lead;
use super::lists::Lists;
use super::names;
use super::resources_block::ResourcesBlock;
use super::state::Launch;
use super::summary::Summary;
use super::templates::{Acts, TemplateBar, drafted};
use super::verdict::Verdict;
use crate::queries::Query;
use crate::routes::{Route, RunTab};
use crate::session::Session;
use crate::ui::{Banner, Button, Emphasis, Form, IconName, Size, Toasts, Tone};
use crate::widgets::{RelativeTime, settled};

/// How long nobody types before a draft is kept.
const PAUSE: Duration = Duration::from_millis(300);

/// The form, with the values of a run or none.
#[component]
pub(super) fn LaunchForm(
    project: ProjectId,
    /// What stands above it.
    title: &'static str,
    asked: Asked,
    source: Option<Arc<Run>>,
    /// The templates that the person sees.
    templates: Query<RunTemplates>,
    /// Makes the form anew.
    #[prop(into)]
    on_reset: Callback<()>,
) -> impl IntoView {
    let user = Session::current().user().map(|user| user.user_id);
    let shelf = Shelf::of(user, project, &asked.key());
    let from = source.as_deref().map(Draft::of);
    let kept = shelf.take();
    let begun = || filled_in(begin(from.as_ref(), &asked), &asked, templates, user);
    let draft = kept.as_ref().map(|kept| kept.draft.clone()).unwrap_or_else(begun);
    let lists = Lists::ask(project, source.as_deref().map(named).unwrap_or_default());
    let launch = Launch::new(project, draft, from, lists);
    names::suggest(launch, source.as_ref().map(|source| source.name.clone()));
    launch.follow();
    let is_touched = RwSignal::new(kept.is_some());
    let acts = Acts::new(launch, templates, asked.template, is_touched);
    keep_draft(launch, shelf.clone(), is_touched);
    leave_for_run(launch, shelf.clone(), source.as_ref().map(|source| source.run_id));
    let root = NodeRef::<html::Div>::new();
    lead(launch, asked.change, root);
    let discard = move || {
        is_touched.set(false);
        shelf.clear();
        on_reset.run(());
    };
    let kept =
        kept.map(|kept| view! { <KeptNote at=kept.at is_partial=kept.is_partial on_discard=discard/> });
    let may_not = move || {
        launch.why_not.get().map(|reason| {
            view! { <Banner tone=Tone::Warning icon=IconName::Lock>{reason}</Banner> }
        })
    };
    view! {
        <div class="launch-head">
            <h2 class="launch-title">{title}</h2>
            <TemplateBar acts/>
        </div>
        <div node_ref=root on:input=move |_| is_touched.set(true) on:change=move |_| is_touched.set(true)>
            {may_not}
            {kept}
            <Form error=launch.summary on_submit=move |()| launch.go(false)>
                <div class="launch">
                    <div class="launch-blocks">
                        <div data-leg="code"><CodeBlock launch/></div>
                        <div data-leg="data"><DataBlock launch/></div>
                        <ExperimentBlock launch/>
                        <div data-leg="resources"><ResourcesBlock launch/></div>
                    </div>
                    <aside class="launch-side" aria-label="What will be started">
                        <Summary launch source/>
                        <Buttons launch/>
                        <Verdict launch/>
                        <Commands launch/>
                    </aside>
                </div>
            </Form>
        </div>
    }
}

/// The draft that a source and an address make.
pub(super) fn begin(source: Option<&Draft>, asked: &Asked) -> Draft {
    let mut draft = source.cloned().unwrap_or_default();
    if let Some(code) = asked.code.map(|id| id.to_string()).filter(|code| *code != draft.code) {
        (draft.code, draft.reference, draft.known) = (code, String::new(), None);
    }
    if let Some(data) = asked.data.map(|id| id.to_string()).filter(|data| *data != draft.data) {
        (draft.data, draft.data_version) = (data, String::new());
    }
    draft
}

/// The draft as the template of the address fills it. Where there is none any more, that is said.
fn filled_in(draft: Draft, asked: &Asked, templates: Query<RunTemplates>, user: Option<UserId>) -> Draft {
    let Some(id) = asked.template else { return draft };
    let all = templates.value.get_untracked();
    if let Some(template) = all.as_ref().and_then(|all| all.find(id)) {
        return drafted(template, user.is_some_and(|user| template.is_of(user)), &draft);
    }
    let words = match (all, templates.error.get_untracked()) {
        (None, Some(error)) => format!("The templates cannot be read. {error}"),
        (Some(_), _) | (None, None) => "This template was deleted, or is not shared with you.".to_owned(),
    };
    Toasts::current().failure(words, None);
    draft
}

/// What a run names, by id.
fn named(run: &Run) -> BTreeMap<String, String> {
    let experiment = &run.experiment_repository;
    let code = run.code_repository.as_ref();
    let data = run.data_repository.as_ref();
    let connection = run.connection.as_ref();
    [
        Some((experiment.experiment_repository_id.to_string(), experiment.name.clone())),
        code.map(|own| (own.code_repository_id.to_string(), own.code_repository_name.clone())),
        data.map(|own| (own.data_repository_id.to_string(), own.data_repository_name.clone())),
        connection.map(|own| (own.connection_id.to_string(), own.connection_name.clone())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn keep_draft(launch: Launch, shelf: Shelf, is_touched: RwSignal<bool>) {
    let draft = settled(launch.draft.into(), PAUSE);
    Effect::new(move || {
        let draft = draft.read();
        if is_touched.get() {
            shelf.put(&draft, js_sys::Date::now());
        }
    });
}

/// Goes to the page of the run once it is started; one that began with another is compared with that.
fn leave_for_run(launch: Launch, shelf: Shelf, source: Option<RunId>) {
    let navigate = use_navigate();
    let toasts = Toasts::current();
    Effect::new(move || {
        if let Some(Ok(run)) = launch.start.value().get() {
            shelf.clear();
            toasts.success("The run is queued.");
            let page = match source {
                Some(source) => Route::compare_of(launch.project, &[source, run]),
                None => Route::Run(launch.project, run, RunTab::Overview).to_string(),
            };
            navigate(&page, NavigateOptions::default());
        }
    });
}

/// Says that what was typed before is here again.
#[component]
fn KeptNote(at: f64, is_partial: bool, #[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    #[expect(clippy::cast_possible_truncation, reason = "a moment of this century")]
    let at = Some(UnixMillis(at as i64));
    let discard = move || {
        view! {
            <Button size=Size::Small icon=IconName::Trash on_click=move |_| on_discard.run(())>"Discard the draft"</Button>
        }
    };
    let partial = is_partial.then_some(" What looked like a secret was not kept; type it again.");
    view! {
        <Banner icon=IconName::Edit action=discard>
            "This is your draft, kept " <RelativeTime at/> "." {partial}
        </Banner>
    }
}

#[component]
fn Buttons(launch: Launch) -> impl IntoView {
    let is_busy = Signal::derive(move || launch.is_busy());
    view! {
        <div class="launch-buttons">
            <Button
                emphasis=Emphasis::Primary
                icon=IconName::Play
                busy=is_busy
                disabled_reason=launch.why_not
                on_click=move |_| launch.go(true)
            >
                "Run"
            </Button>
            <Button submit=true busy=is_busy disabled_reason=launch.why_not icon=IconName::Check>"Check"</Button>
        </div>
    }
}
