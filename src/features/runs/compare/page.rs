//! The page on which runs are compared.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::{Comparison, ComparisonRequest, MAX_COMPARED_RUNS};
use models::id::{ProjectId, RunId};

use super::asked::Asked;
use super::boxes::ComparedBoxes;
use super::colours::dashes;
use super::commits::difference;
use super::facts::facts;
use super::facts_table::{Facts, FactsTable};
use super::files::ComparedFiles;
use super::grouped::{GroupedLines, choices};
use super::groupings::groupings;
use super::importance::ParameterImportance;
use super::parallel::ComparedParallel;
use super::scatter::ComparedScatter;
use crate::features::runs::charts::{MetricCharts, Shared, Shown, Which};
use crate::queries;
use crate::routes::Route;
use crate::ui::chart::{Colour, Dash};
use crate::ui::{Banner, ButtonLink, Empty, IconName, PageHeader, SkeletonShape, Tone, time};
use crate::widgets::{Loaded, RunColours, UrlHistory, page_title, url_state};

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
    let colours = RunColours::current();
    let runs = Memo::new(move |_| shown(&comparison.read(), colours));
    let facts = Memo::new(move |_| facts(&comparison.read(), |moment| time::absolute(moment.0)));
    let groupings = Memo::new(move |_| groupings(&facts.read()));
    let lines = GroupedLines::new(groupings);
    let shared = Shared::new(project, runs, Which::All).with_bands(lines.bands(runs));
    let keys =
        Memo::new(move |_| comparison.read().metrics.iter().map(|row| row.key.clone()).collect::<Vec<_>>());
    let remove = Callback::new(move |run| named.set(asked.read_untracked().without(run)));
    let differences = Memo::new(move |_| differences(&comparison.read(), &baseline.read()));
    let only = Callback::new(move |runs: Vec<RunId>| {
        named.set(runs.into_iter().map(RunId::mlflow).collect::<Vec<_>>().join(","));
    });
    let missing = move || missing(comparison.read().missing.len());
    let alone = Memo::new(move |_| runs.read().len() == 1);
    view! {
        {move || missing().map(|text| view! { <Banner tone=Tone::Warning icon=IconName::Alert>{text}</Banner> })}
        <Show when=move || alone.get()>
            <Banner tone=Tone::Info icon=IconName::Info>"There is only one run here. Choose another in the table of runs to see what differs."</Banner>
        </Show>
        <Show when=move || !runs.read().is_empty()>
            <FactsTable with=Facts { project, runs, facts, all, baseline, differences, remove }/>
            <ComparedParallel shared comparison only/>
            <div class="grid" data-columns="large">
                <ComparedScatter shared comparison/>
                <ComparedBoxes comparison groupings/>
            </div>
            <ParameterImportance comparison/>
            <ComparedFiles shared/>
            <MetricCharts shared keys nothing=no_metrics more=move || choices(lines) slash=false/>
        </Show>
    }
}

/// For each run where to look at what changed in the code from the baseline, or else from the first run, to it.
fn differences(comparison: &Comparison, baseline: &str) -> Vec<Option<String>> {
    let runs = &comparison.runs;
    let base = runs.iter().find(|run| run.run_id.mlflow() == baseline).or_else(|| runs.first());
    runs.iter().map(|run| difference(base?, run)).collect()
}

fn no_metrics() -> impl IntoView {
    view! { <Empty icon=IconName::ChartLine title="No metrics to compare" text="None of these runs has logged a metric yet."/> }
}

/// The runs with their colours; those of the same name are told apart by their ids.
fn shown(comparison: &Comparison, colours: RunColours) -> Vec<Shown> {
    let mut times = HashMap::<&str, usize>::new();
    for run in &comparison.runs {
        *times.entry(run.name.as_str()).or_default() += 1;
    }
    let coloured: Vec<_> = comparison.runs.iter().map(|run| (run.run_id, colours.of(run.run_id))).collect();
    let shown = |((run, (_, colour)), dash): ((&models::run::Run, &(RunId, Colour)), Dash)| Shown {
        run: run.run_id,
        name: match times.get(run.name.as_str()) {
            Some(n) if *n > 1 => format!("{} ({})", run.name, run.run_id.short()),
            Some(_) | None => run.name.clone(),
        },
        colour: *colour,
        dash,
        began: run.start_time,
    };
    comparison.runs.iter().zip(&coloured).zip(dashes(&coloured)).map(shown).collect()
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
