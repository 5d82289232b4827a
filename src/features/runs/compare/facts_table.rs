//! What is known of the runs as a table: a column for each run.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};

use super::export;
use super::facts::{Fact, Topic, found};
use crate::features::runs::charts::Shown;
use crate::routes::{Route, RunTab};
use crate::ui::format::{NOTHING, integer, number, percent, short_version};
use crate::ui::{CopyButton, ExternalLink, IconButton, IconName, Link, Panel, SearchField, Size, Switch};
use crate::widgets::RunColour;

/// What the table needs to know and may change.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) project: ProjectId,
    pub(super) runs: Memo<Vec<Shown>>,
    pub(super) facts: Memo<Vec<Fact>>,
    /// Whether rows in which the runs agree are shown too.
    pub(super) all: RwSignal<bool>,
    /// The run that metrics are compared with, as the address writes it.
    pub(super) baseline: RwSignal<String>,
    /// For each run where to look at what changed in the code up to it.
    pub(super) differences: Memo<Vec<Option<String>>>,
    /// Takes a run out of the comparison.
    pub(super) remove: Callback<RunId>,
}

/// The rows in which the runs differ, or all, grouped by what they are about.
#[component]
pub(super) fn FactsTable(with: Facts) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let matching = Memo::new(move |_| found(&with.facts.read(), &search.read()));
    let rows = Memo::new(move |_| {
        let all = with.all.get();
        matching.read().iter().filter(|fact| all || fact.differs()).cloned().collect::<Vec<_>>()
    });
    let hidden = move || matching.read().len() - rows.read().len();
    let names = move || with.runs.read().iter().map(|shown| shown.name.clone()).collect::<Vec<_>>();
    let csv = Signal::derive(move || export::csv(&names(), &rows.read()));
    let markdown = Signal::derive(move || export::markdown(&names(), &rows.read()));
    let topics = move || Topic::ALL.map(|topic| topic_rows(with, topic, &rows.read()));
    view! {
        <Panel title="Differences" flush=true>
            <div class="toolbar compare-tools">
                <SearchField label="Search names and values" value=search/>
                <Switch
                    checked=Signal::derive(move || !with.all.get())
                    on_change=move |only: bool| with.all.set(!only)
                >
                    "Only what differs"
                </Switch>
                <span class="muted" role="status">{move || told(rows.read().len(), hidden())}</span>
                <CopyButton text=csv label="Copy as CSV" worded=true/>
                <CopyButton text=markdown label="Copy as Markdown" worded=true/>
            </div>
            <div class="compare-scroll" tabindex="0" role="region" aria-label="Runs side by side">
                <table class="compare-table">
                    <thead><tr><th scope="col">"Name"</th>{heads(with)}</tr></thead>
                    {topics}
                </table>
            </div>
        </Panel>
    }
}

/// The heads of the columns, which stay while colours are chosen in them.
fn heads(with: Facts) -> impl IntoView {
    let named = move || with.runs.get().into_iter().map(|shown| (shown.run, shown.name)).collect::<Vec<_>>();
    view! { <For each=named key=Clone::clone children=move |(run, name)| head(with, run, name)/> }
}

fn head(with: Facts, run: RunId, name: String) -> impl IntoView {
    let shown = move || with.runs.read().iter().find(|shown| shown.run == run).map(|shown| shown.dash);
    let dash = Signal::derive(move || shown().unwrap_or_default());
    let own = run.mlflow();
    let is_baseline = Signal::derive(move || *with.baseline.read() == own);
    let toggle = move |_| {
        let next = if is_baseline.get_untracked() { String::new() } else { run.mlflow() };
        with.baseline.set(next);
    };
    let compare = format!("Compare metrics with {name}");
    let take_out = format!("Take {name} out of the comparison");
    view! {
        <th scope="col">
            <span class="compare-run">
                <RunColour run name=name.clone() dash/>
                <Link href=Route::Run(with.project, run, RunTab::Overview).to_string()>{name}</Link>
                <IconButton
                    label=compare
                    icon=IconName::Compare
                    size=Size::Small
                    pressed=is_baseline
                    on_click=toggle
                />
                <IconButton
                    label=take_out
                    icon=IconName::Close
                    size=Size::Small
                    on_click=move |_| with.remove.run(run)
                />
            </span>
            {move || is_baseline.get().then(|| view! { <span class="compare-note">"Baseline"</span> })}
        </th>
    }
}

fn topic_rows(with: Facts, topic: Topic, rows: &[Fact]) -> Option<AnyView> {
    let own: Vec<_> = rows.iter().filter(|fact| fact.topic == topic).map(|fact| row(with, fact)).collect();
    let columns = with.runs.read().len() + 1;
    (!own.is_empty()).then(|| {
        view! {
            <tbody>
                <tr class="compare-topic"><th scope="rowgroup" colspan=columns.to_string()>{topic.title()}</th></tr>
                {own}
            </tbody>
        }
        .into_any()
    })
}

fn row(with: Facts, fact: &Fact) -> impl IntoView + use<> {
    let base = with.runs.read().iter().position(|shown| *with.baseline.read() == shown.run.mlflow());
    let differences = with.differences.read();
    let difference = |place: usize| differences.get(place).cloned().flatten().filter(|_| fact.is_commit());
    let cells: Vec<_> =
        (0..fact.values.len()).map(|place| cell(fact, place, base, difference(place))).collect();
    view! { <tr><th scope="row">{fact.name.clone()}</th>{cells}</tr> }
}

fn cell(fact: &Fact, place: usize, base: Option<usize>, difference: Option<String>) -> impl IntoView + use<> {
    let measured = |place: usize| fact.numbers.get(place).copied().flatten();
    let own = measured(place);
    let full = fact.values.get(place).cloned().flatten();
    let text = match (own, &full) {
        (Some(value), _) => number(value),
        (None, Some(text)) if fact.is_version() => short_version(text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => NOTHING.to_owned(),
    };
    let end = own.zip(fact.ends()).and_then(|(value, (low, high))| match value {
        value if value.to_bits() == low.to_bits() => Some("lowest"),
        value if value.to_bits() == high.to_bits() => Some("highest"),
        _ => None,
    });
    let against = base.filter(|base| *base != place).and_then(measured);
    let change = own.zip(against).and_then(|(value, base)| changed(value, base));
    let tip = full.filter(|full| own.is_some() || *full != text);
    view! {
        <td data-tip=tip>
            <span>{text}</span>
            {end.map(|end| view! { <span class="compare-note">{end}</span> })}
            {change.map(|change| view! { <span class="compare-note">{change}</span> })}
            {difference.map(|href| view! { <span class="compare-note"><ExternalLink href text="What changed"/></span> })}
        </td>
    }
}

/// By how much a value is above or below the baseline: `+0.5 (+25 %)`; `None` when that is no number.
fn changed(value: f64, base: f64) -> Option<String> {
    let by = value - base;
    let sign = if by > 0.0 { "+" } else { "" };
    let share = by / base.abs();
    let share = share.is_finite().then(|| format!(" ({sign}{})", percent(share).replace('-', "−")));
    by.is_finite().then(|| format!("{sign}{}{}", number(by), share.unwrap_or_default()))
}

fn told(shown: usize, hidden: usize) -> String {
    let rows = |n: usize| if n == 1 { "1 row".to_owned() } else { format!("{} rows", integer(n as u64)) };
    match hidden {
        0 => rows(shown),
        hidden => format!("{}, {} hidden in which the runs agree", rows(shown), integer(hidden as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_with_its_sign() {
        assert_eq!(changed(2.5, 2.0).as_deref(), Some("+0.5 (+25 %)"));
        assert_eq!(changed(1.0, 2.0).as_deref(), Some("−1 (−50 %)"));
        assert_eq!(changed(1.0, -2.0).as_deref(), Some("+3 (+150 %)"));
        assert_eq!(changed(1.0, 0.0).as_deref(), Some("+1"));
        assert_eq!(changed(f64::NAN, 1.0), None);
    }

    #[test]
    fn rows_that_are_hidden_are_counted() {
        assert_eq!(told(1, 0), "1 row");
        assert_eq!(told(3, 1_200), "3 rows, 1,200 hidden in which the runs agree");
    }
}
