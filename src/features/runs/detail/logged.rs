//! What a run has logged, as tables that can be searched.

use leptos::prelude::*;
use models::metric::Metric;
use models::run::KeyValue;

use crate::ui::format::{integer, number};
use crate::ui::{Button, CopyButton, Panel, SearchField, Size, Tooltip};
use crate::widgets::RelativeTime;

/// How many lines are shown before somebody asks for all.
const FIRST: usize = 100;
/// From how many lines on they can be searched.
const SEARCHABLE: usize = 8;

/// The parameters of a run.
#[component]
pub(super) fn Parameters(#[prop(into)] parameters: Signal<Vec<KeyValue>>) -> impl IntoView {
    let line = |parameter: KeyValue| view! { <td><Value text=parameter.value/></td> }.into_any();
    view! {
        <Logged title="Parameters" nothing="This run has logged no parameters." lines=parameters key=name_of heads=&["Name", "Value"] line/>
    }
}

/// The latest values of the metrics of a run.
#[component]
pub(super) fn LatestMetrics(#[prop(into)] metrics: Signal<Vec<Metric>>) -> impl IntoView {
    let line = |metric: Metric| {
        let value = metric.value.0;
        view! {
            <td class="logged-number"><Tooltip text=value.to_string() focusable=true>{number(value)}</Tooltip></td>
            <td class="logged-number">{step(metric.step)}</td>
            <td><RelativeTime at=Some(metric.timestamp)/></td>
        }
        .into_any()
    };
    view! {
        <Logged
            title="Metrics"
            nothing="This run has logged no metrics."
            lines=metrics
            key=|metric: &Metric| metric.key.as_str()
            heads=&["Name", "Latest value", "Step", "Logged"]
            line
        />
    }
}

/// Tags, parameters of an entry point, or whatever else has names and values.
#[component]
pub(super) fn NamedValues(#[prop(into)] values: Signal<Vec<KeyValue>>) -> impl IntoView {
    view! {
        <table class="logged">
            <tbody>
                <For each=move || values.get() key=|value| (value.key.clone(), value.value.clone()) let(value)>
                    <tr><th scope="row">{value.key}</th><td><Value text=value.value/></td></tr>
                </For>
            </tbody>
        </table>
    }
}

/// A panel with a table of named values and a line to search them.
#[component]
fn Logged<T, L>(
    title: &'static str,
    /// What to say when there are none.
    nothing: &'static str,
    lines: Signal<Vec<T>>,
    /// The name of a line.
    key: fn(&T) -> &str,
    heads: &'static [&'static str],
    /// The cells of a line behind its name.
    line: L,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    L: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let search = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let n_lines = Memo::new(move |_| lines.read().len());
    let found = Memo::new(move |_| {
        let wanted = search.read().to_lowercase();
        lines
            .read()
            .iter()
            .filter(|line| key(line).to_lowercase().contains(&wanted))
            .cloned()
            .collect::<Vec<_>>()
    });
    let names = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { FIRST };
        found.read().iter().take(most).map(|line| key(line).to_owned()).collect::<Vec<_>>()
    });
    // A line follows its value, so that a metric that is logged every second redraws one cell.
    let cells = move |name: &str| found.read().iter().find(|line| key(line) == name).cloned().map(line);
    let hidden = move || found.read().len().saturating_sub(names.read().len());
    let searched = move || {
        (n_lines.get() >= SEARCHABLE)
            .then(|| view! { <SearchField label=format!("Search {}", title.to_lowercase()) value=search/> })
    };
    view! {
        <Panel title=move || counted(title, n_lines.get()) flush=true>
            <div class="logged-search">{searched}</div>
            <Show when=move || n_lines.get() != 0 fallback=move || view! { <p class="logged-nothing">{nothing}</p> }>
                <table class="logged">
                    <thead><tr>{heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view()}</tr></thead>
                    <tbody>
                        <For each=move || names.get() key=|name| name.clone() let(name)>
                            <tr><th scope="row">{name.clone()}</th>{move || cells(&name)}</tr>
                        </For>
                    </tbody>
                </table>
            </Show>
            <Show when=move || n_lines.get() != 0 && found.read().is_empty()>
                <p class="logged-nothing">"Nothing is called that."</p>
            </Show>
            <Show when=move || hidden() != 0>
                <div class="logged-more">
                    <Button size=Size::Small on_click=move |_| all.set(true)>"Show " {move || integer(hidden() as u64)} " more"</Button>
                </div>
            </Show>
        </Panel>
    }
}

/// A text as it was logged; long ones are cut on screen and can be copied whole.
#[component]
fn Value(text: String) -> impl IntoView {
    const LONG: usize = 60;
    let is_long = text.chars().count() > LONG;
    let copy = is_long.then(|| view! { <CopyButton text=text.clone() label="Copy the value"/> });
    view! { <span class="logged-text" tabindex=is_long.then_some("0")>{text.clone()}</span> {copy} }
}

fn name_of(value: &KeyValue) -> &str {
    &value.key
}

fn counted(title: &str, n: usize) -> String {
    if n == 0 { title.to_owned() } else { format!("{title} ({})", integer(n as u64)) }
}

fn step(step: i64) -> String {
    let digits = integer(step.unsigned_abs());
    if step < 0 { format!("−{digits}") } else { digits }
}
