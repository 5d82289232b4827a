//! The lines of a log that have certain levels, as far as somebody scrolls.

use leptos::html;
use leptos::prelude::*;
use models::run::{LogLine, LogLinesQuery};

use crate::queries;
use crate::ui::observe::watch_visibility;
use crate::ui::{Banner, Button, IconName, Size, Spinner, Tone};
use crate::widgets::log::{Line, Reading, Scroller};

/// How many lines are read at once.
const PART: u64 = 200;

/// The parts that have been read so far.
#[derive(Clone, Copy)]
struct Parts {
    /// The line at which each begins.
    begins: RwSignal<Vec<u64>>,
    /// From where to go on; nothing while the last part is on its way or when it is the end.
    next: RwSignal<Option<u64>>,
    /// How many lines there are so far.
    n_lines: RwSignal<u64>,
    is_at_end: RwSignal<bool>,
}

/// Only the lines of the levels that are chosen.
#[component]
pub(super) fn FilteredLog(reading: Reading) -> impl IntoView {
    let viewport = NodeRef::<html::Div>::new();
    let parts = Parts {
        begins: RwSignal::new(vec![1]),
        next: RwSignal::new(None),
        n_lines: RwSignal::new(0),
        is_at_end: RwSignal::new(false),
    };
    let foot = NodeRef::<html::Div>::new();
    let foot_is_near = RwSignal::new(false);
    Effect::new(move || {
        if let Some(foot) = foot.get() {
            watch_visibility(&foot, "400px", move |near| foot_is_near.set(near));
        }
    });
    Effect::new(move || {
        let Some(next) = parts.next.get() else { return };
        if foot_is_near.get() || reading.target.get().is_some_and(|target| next <= target) {
            parts.next.set(None);
            parts.begins.update(|begins| begins.push(next));
        }
    });
    bring_into_view(reading, parts, viewport);
    let nothing = move || parts.is_at_end.get() && parts.n_lines.get() == 0;
    view! {
        <Scroller reading viewport on_scroll=Callback::new(|_| ()) end=parts.n_lines.into()>
            <div class="log-lines" role="list">
                <For each=move || parts.begins.get() key=|begin| *begin let(begin)><Part reading parts begin/></For>
            </div>
            <div class="log-foot" node_ref=foot role="status">
                {move || (!parts.is_at_end.get()).then(|| view! { <Spinner/> })}
                {move || nothing().then_some("No line has such a level.")}
            </div>
        </Scroller>
    }
}

/// Scrolls to the line that is wanted once it has been read.
fn bring_into_view(reading: Reading, parts: Parts, viewport: NodeRef<html::Div>) {
    Effect::new(move || {
        parts.n_lines.track();
        let Some(line) = reading.target.get() else { return };
        request_animation_frame(move || {
            let Some(element) = viewport.try_get_untracked().flatten() else { return };
            if let Ok(Some(row)) = element.query_selector(&format!("[data-line=\"{line}\"]")) {
                row.scroll_into_view_with_bool(false);
                reading.target.set(None);
            }
        });
    });
}

#[component]
fn Part(reading: Reading, parts: Parts, begin: u64) -> impl IntoView {
    let query = queries::logs::lines(move || {
        let (from, count, levels) = (Some(begin), Some(PART), reading.level_names());
        reading.ask(LogLinesQuery { from, count, levels, ..LogLinesQuery::default() })
    });
    let lines = Memo::new(move |_| {
        query.value.read().as_ref().map(|answer| answer.lines.clone()).unwrap_or_default()
    });
    let next = Memo::new(move |_| query.value.read().as_ref().map(|answer| answer.next));
    Effect::new(move |before: Option<u64>| {
        let now = lines.read().len() as u64;
        parts
            .n_lines
            .update(|n_lines| *n_lines = (*n_lines + now).saturating_sub(before.unwrap_or_default()));
        now
    });
    Effect::new(move || {
        let is_last = parts.begins.read_untracked().last() == Some(&begin);
        if let Some(next) = next.get().filter(|_| is_last) {
            parts.is_at_end.set(next.is_none());
            parts.next.set(next);
        }
    });
    let line = move |line: LogLine| {
        view! { <Line reading number=line.number line=Signal::stored(Some(line))/> }
    };
    let retry = move || {
        view! { <Button size=Size::Small icon=IconName::Refresh on_click=move |_| query.refetch.run(())>"Try again"</Button> }
    };
    view! {
        <For each=move || lines.get() key=|line| (line.number, line.text.clone()) children=line/>
        {move || query.error.get().map(|error| view! {
            <div class="log-failure" role="listitem"><Banner tone=Tone::Warning icon=IconName::Alert action=retry>{error.to_string()}</Banner></div>
        })}
    }
}
