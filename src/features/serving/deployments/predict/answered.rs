//! What a model answered.

use leptos::prelude::*;
use models::deployment::{KeptText, PredictionResponse};

use super::answer::AnswerTable;
use crate::ui::time::duration;
use crate::ui::{Badge, Choice, CodeBlock, CopyButton, IconName, Segmented, Tone, format};

/// What a model answered, and how long that took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    pub(super) answer: PredictionResponse,
    /// In milliseconds.
    pub(super) took: u64,
}

/// The answer as a table where it is one, and as JSON.
#[component]
pub(super) fn Answer(answered: Answered) -> impl IntoView {
    let table = AnswerTable::of(&answered.answer);
    let json = serde_json::to_string_pretty(&answered.answer).unwrap_or_default();
    let as_table = RwSignal::new(table.is_some());
    let choice = table.is_some().then(|| {
        let choices = vec![Choice::new(true, "Table"), Choice::new(false, "JSON")];
        view! { <Segmented label="How the answer is shown" value=as_table choices/> }
    });
    let copied = json.clone();
    let shown = move || match table.clone().filter(|_| as_table.get()) {
        Some(table) => view! { <Table table/> }.into_any(),
        None => view! { <Whole json=json.clone()/> }.into_any(),
    };
    view! {
        <section class="predict-answer" aria-label="Answer">
            <div class="cluster" data-align="between">
                <span class="cluster" role="status">
                    <Badge tone=Tone::Success icon=IconName::Check>"Answered"</Badge>
                    <span class="small muted">{duration(answered.took)}</span>
                </span>
                <span class="cluster">
                    {choice}
                    <CopyButton text=Signal::stored(copied) label="Copy the answer"/>
                </span>
            </div>
            {shown}
        </section>
    }
}

#[component]
fn Table(table: AnswerTable) -> impl IntoView {
    let heading = |name: &String| view! { <th scope="col">{name.clone()}</th> };
    let row = |(place, cells): (usize, &Vec<String>)| {
        let cells = cells.iter().map(|cell| view! { <td class="mono">{cell.clone()}</td> }).collect_view();
        view! { <tr><th scope="row">{place + 1}</th>{cells}</tr> }
    };
    let left_out = table.total.saturating_sub(table.rows.len());
    view! {
        <div class="predict-rows" tabindex="0" role="region" aria-label="Predictions">
            <table class="listing">
                <thead><tr><th scope="col">"Row"</th>{table.columns.iter().map(heading).collect_view()}</tr></thead>
                <tbody>{table.rows.iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
        {(left_out > 0).then(|| view! { <p class="small muted">{format!("{left_out} more rows are in the JSON.")}</p> })}
    }
}

#[component]
fn Whole(json: String) -> impl IntoView {
    let kept = KeptText::of(json);
    let note = kept.is_cut().then(|| {
        let words =
            format!("This is the beginning of {}; copying takes all of it.", format::bytes(kept.size));
        view! { <p class="small muted">{words}</p> }
    });
    view! { <CodeBlock title="JSON" code=kept.text/> {note} }
}
