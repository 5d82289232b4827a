//! The page on which runs are compared.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::{Comparison, ComparisonRequest, MAX_COMPARED_RUNS};
use models::id::ProjectId;

use super::along::Along;
use super::asked::Asked;
use super::charts::ComparedCharts;
use super::colours::colours;
use super::facts::facts;
use super::facts_table::{Facts, FactsTable};
use super::metric_chart::{Shared, Shown};
use super::scatter::ComparedScatter;
use crate::queries;
use crate::routes::Route;
use crate::ui::chart::{Crosshair, Zoom};
use crate::ui::{Banner, ButtonLink, Empty, IconName, PageHeader, SkeletonShape, Tone, time};
use crate::widgets::{Loaded, UrlHistory, page_title, url_state};

/// Runs of a project side by side, as the address names them.
#[component]
pub fn CompareRuns(project: ProjectId) -> impl IntoView {
    let named = url_state::<String>("runs", UrlHistory::Push);
    let asked = Memo::new(move |_| Asked::read(&named.read()));
    let query = queries::runs::compare(move || {
        let run_ids = asked.read().runs.clone();
        (!run_ids.is_empty()).then_some((project, ComparisonRequest { run_ids }))
    });
    page_title(|| "Compare runs".to_owned());
    let any = Memo::new(move |_| !asked.read().runs.is_empty());
    let to_runs = move || {
        view! { <ButtonLink href=Route::Runs(project).to_string() icon=IconName::Play>"Go to the runs"</ButtonLink> }
    };
    let nothing = move || {
        view! { <Empty icon=IconName::Compare title="No runs to compare" text="Choose two runs or more in the table of runs.">{to_runs()}</Empty> }
    };
    view! {
        <div class="page">
            <PageHeader title="Compare runs" actions=to_runs/>
            {move || notes(&asked.read()).map(|text| view! { <Banner tone=Tone::Warning icon=IconName::Alert>{text}</Banner> })}
            <Show when=move || any.get() fallback=nothing>
                <Loaded query shape=SkeletonShape::Rows count=8 children=move |comparison| view! { <Compared project asked named comparison/> }/>
            </Show>
        </div>
    }
}

#[component]
fn Compared(
    project: ProjectId,
    asked: Memo<Asked>,
    named: RwSignal<String>,
    comparison: Signal<Arc<Comparison>>,
) -> impl IntoView {
    let all = url_state::<bool>("all", UrlHistory::Replace);
    let baseline = url_state::<String>("base", UrlHistory::Replace);
    let x = url_state::<String>("x", UrlHistory::Replace);
    let smoothing = url_state::<u8>("smooth", UrlHistory::Replace);
    let y_log = url_state::<bool>("log", UrlHistory::Replace);
    let runs = Memo::new(move |_| shown(&comparison.read()));
    let along = Memo::new(move |_| Along::read(&x.read()));
    let shared = Shared {
        project,
        runs,
        along,
        smoothing: Signal::derive(move || smoothing.get().min(99)),
        y_log,
        crosshair: Crosshair::default(),
        zoom: Zoom::default(),
    };
    Effect::watch(
        move || along.get(),
        move |_, _, _| {
            shared.zoom.0.set(None);
            shared.crosshair.0.set(None);
        },
        false,
    );
    let facts = Memo::new(move |_| facts(&comparison.read(), |moment| time::absolute(moment.0)));
    let keys =
        Memo::new(move |_| comparison.read().metrics.iter().map(|row| row.key.clone()).collect::<Vec<_>>());
    let remove = Callback::new(move |run| named.set(asked.read_untracked().without(run)));
    let missing = move || missing(comparison.read().missing.len());
    let alone = Memo::new(move |_| runs.read().len() == 1);
    view! {
        {move || missing().map(|text| view! { <Banner tone=Tone::Warning icon=IconName::Alert>{text}</Banner> })}
        <Show when=move || alone.get()>
            <Banner tone=Tone::Info icon=IconName::Info>"There is only one run here. Choose another in the table of runs to see what differs."</Banner>
        </Show>
        <Show when=move || !runs.read().is_empty()>
            <FactsTable with=Facts { project, runs, facts, all, baseline, remove }/>
            <ComparedScatter shared comparison/>
            <ComparedCharts shared keys along=x smoothing/>
        </Show>
    }
}

/// The runs with their colours; those of the same name are told apart by their ids.
fn shown(comparison: &Comparison) -> Vec<Shown> {
    let mut times = HashMap::<&str, usize>::new();
    for run in &comparison.runs {
        *times.entry(run.name.as_str()).or_default() += 1;
    }
    let ids: Vec<_> = comparison.runs.iter().map(|run| run.run_id).collect();
    let shown = |(run, colour): (&models::run::Run, _)| Shown {
        run: run.run_id,
        name: match times.get(run.name.as_str()) {
            Some(n) if *n > 1 => format!("{} ({})", run.name, run.run_id.short()),
            Some(_) | None => run.name.clone(),
        },
        colour,
        began: run.start_time,
    };
    comparison.runs.iter().zip(colours(&ids)).map(shown).collect()
}

/// What of the address is not compared.
fn notes(asked: &Asked) -> Option<String> {
    let too_many = (asked.too_many > 0).then(|| {
        let n = asked.too_many;
        format!(
            "At most {MAX_COMPARED_RUNS} runs are compared at once; the last {n} of the address are left out."
        )
    });
    let unreadable = (asked.unreadable > 0)
        .then(|| format!("{} of the ids in the address cannot be read.", asked.unreadable));
    let notes: Vec<_> = [too_many, unreadable].into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

fn missing(n: usize) -> Option<String> {
    let text = match n {
        0 => return None,
        1 => "One of the runs is".to_owned(),
        n => format!("{n} of the runs are"),
    };
    Some(format!("{text} not in this project, or deleted."))
}
