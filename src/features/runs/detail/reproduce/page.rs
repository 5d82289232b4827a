//! The page that says how to do a run again.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{Run, RunData};

use super::environment::Environment;
use super::recipes::{Recipe, recipes};
use super::source::Source;
use crate::features::runs::detail::known::Known;
use crate::queries;
use crate::routes::{Route, SettingsPage};
use crate::ui::{Banner, CodeBlock, IconName, Link, Panel, Tone};
use crate::widgets::shell_lines;

/// What is not known, the commands that do it again, and the environment.
#[component]
pub(in crate::features::runs::detail) fn Reproduce(
    project: ProjectId,
    #[prop(into)] run: Signal<Arc<Run>>,
) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let data = queries::runs::data(move || (project, id));
    let shown = move |data: Signal<Arc<RunData>>| {
        let source = Memo::new(move |_| {
            let data = data.read();
            Source::of(&run.read(), &data.tags, &data.parameters)
        });
        view! {
            <div class="stack" data-gap="large">
                <Unknown run data source/>
                <Commands project run source/>
                <Environment project run tags=Signal::derive(move || data.read().tags.clone())/>
            </div>
        }
    };
    view! { <Known query=data count=6 children=shown/> }
}

/// Says what nobody logged, and hence what may turn out differently.
#[component]
fn Unknown(run: Signal<Arc<Run>>, data: Signal<Arc<RunData>>, source: Memo<Source>) -> impl IntoView {
    let unknown = Memo::new(move |_| source.read().unknown(&run.read(), !data.read().inputs.is_empty()));
    let sentence = |sentence: String| view! { <li>{sentence}</li> };
    view! {
        <Show when=move || !unknown.read().is_empty()>
            <div class="reproduce-unknown">
                <Banner tone=Tone::Warning icon=IconName::Alert>
                    <p>"It cannot be said that the same comes out again:"</p>
                    <ul>{move || unknown.get().into_iter().map(sentence).collect_view()}</ul>
                </Banner>
            </div>
        </Show>
    }
}

#[component]
fn Commands(project: ProjectId, run: Signal<Arc<Run>>, source: Memo<Source>) -> impl IntoView {
    let recipes = Memo::new(move |_| recipes(project, &run.read(), &source.read()));
    let diff = Memo::new(move |_| source.read().diff.clone());
    let nothing = || {
        let text = "Neither a repository nor an entry point was logged. Runs that are submitted by the mantik client, or started by MLflow inside a git repository, tell both.";
        view! { <p class="muted">{text}</p> }
    };
    view! {
        <Panel title="Commands">
            <div class="stack">
                <Show when=move || !recipes.read().is_empty() fallback=nothing>
                    <div class="reproduce-step">
                        <p class="muted small">
                            "Once in each shell; "
                            <Link href=Route::Settings(SettingsPage::Tokens).to_string()>"your settings"</Link>
                            " make tokens."
                        </p>
                        <CodeBlock title="Say where the runs go" code=shell_lines(None)/>
                    </div>
                    <For each=move || recipes.get() key=|recipe| recipe.clone() let(recipe)>
                        <Step recipe/>
                    </For>
                </Show>
                {move || diff.get().map(|code| view! { <CodeBlock title="Changes that were not committed" code/> })}
            </div>
        </Panel>
    }
}

#[component]
fn Step(recipe: Recipe) -> impl IntoView {
    let Recipe { title, text, code } = recipe;
    view! {
        <div class="reproduce-step">
            {text.map(|text| view! { <p class="muted small">{text}</p> })}
            <CodeBlock title code/>
        </div>
    }
}
