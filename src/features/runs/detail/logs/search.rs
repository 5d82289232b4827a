//! Looking for a text in a log.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::{LogDirection, LogSearchQuery};

use crate::queries;
use crate::ui::format::integer;
use crate::ui::{IconButton, IconName, SearchField};
use crate::widgets::log::Reading;

/// How many characters the server looks for at most.
const LONGEST: usize = 200;

/// A line to type what is looked for, with buttons that go from one line that holds it to the next.
#[component]
pub(super) fn LogSearch(project: ProjectId, run: RunId, reading: Reading) -> impl IntoView {
    let find = queries::logs::find();
    let look = move |direction: LogDirection, from: Option<u64>| {
        let text: String = reading.wanted.get_untracked().chars().take(LONGEST).collect();
        if text.is_empty() {
            return;
        }
        let levels = untrack(|| reading.level_names());
        let query = LogSearchQuery { text, from, count: Some(1), direction, ignore_case: true, levels };
        find.dispatch_local((project, run, query));
    };
    let place = move || reading.marked.get_untracked().unwrap_or_else(|| reading.first_seen.get_untracked());
    let next = move |_| look(LogDirection::Next, Some(place() + 1));
    let previous = move |_| look(LogDirection::Previous, Some(place() - 1).filter(|from| *from > 0));
    let typed = move |wanted: &String, _: Option<&String>, _: Option<()>| {
        if wanted.is_empty() {
            find.clear();
        } else {
            look(LogDirection::Next, Some(place()));
        }
    };
    Effect::watch(move || reading.wanted.get(), typed, false);
    Effect::new(move || {
        if let Some(Ok(Some(line))) = find.value().get() {
            reading.go_to(line);
        }
    });
    let told = move || match find.value().get() {
        _ if reading.wanted.read().is_empty() => String::new(),
        _ if find.pending().get() => "Searching…".to_owned(),
        Some(Ok(Some(line))) => format!("Line {}", integer(line)),
        Some(Ok(None)) => "Not found".to_owned(),
        Some(Err(error)) => error.to_string(),
        None => String::new(),
    };
    let why_not = Signal::derive(move || {
        reading.wanted.read().is_empty().then(|| "Type what to search for first".to_owned())
    });
    view! {
        <SearchField label="Search the log" value=reading.wanted/>
        <IconButton label="Previous match" icon=IconName::ChevronUp disabled_reason=why_not on_click=previous/>
        <IconButton label="Next match" icon=IconName::ChevronDown disabled_reason=why_not on_click=next/>
        <span class="log-found" role="status">{told}</span>
    }
}
