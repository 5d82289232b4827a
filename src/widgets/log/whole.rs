//! All lines of a log: only those in view are mounted, and only pages with such lines are read.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use models::run::LogLinesQuery;

use super::line::Line;
use super::reading::Reading;
use super::scroller::Scroller;
use crate::queries;
use crate::ui::observe::watch_size;
use crate::ui::table::Strip;
use crate::ui::{Banner, Button, IconName, Size, Tone};

/// The height of a line in CSS pixels, which the sheet takes from here.
const LINE_HEIGHT: f64 = 20.0;
/// How many lines are read at once.
const PAGE: usize = 200;

/// What is seen of the log.
#[derive(Clone, Copy)]
struct Seen {
    strip: Memo<Strip>,
    scroll: RwSignal<f64>,
    mounted: Memo<Range<usize>>,
}

/// The whole log, of any length.
#[component]
pub fn WholeLog(reading: Reading) -> impl IntoView {
    let viewport = NodeRef::<html::Div>::new();
    let (scroll, height) = (RwSignal::new(0.0), RwSignal::new(0.0));
    let strip = Memo::new(move |_| {
        let rows = usize::try_from(reading.total.get()).unwrap_or(usize::MAX);
        Strip { rows, row_height: LINE_HEIGHT, view: height.get() }
    });
    let mounted = Memo::new(move |_| strip.get().mounted(scroll.get()));
    let seen = Seen { strip, scroll, mounted };
    Effect::new(move || {
        if let Some(element) = viewport.get() {
            watch_size(&element.clone(), move || height.set(f64::from(element.client_height())));
        }
    });
    Effect::new(move || reading.first_seen.set(strip.get().visible(scroll.get()).start as u64 + 1));
    bring_into_view(reading, seen, viewport);
    let pages = Memo::new(move |_| pages(&mounted.read()));
    view! {
        <Scroller reading viewport on_scroll=Callback::new(move |top| scroll.set(top)) end=reading.total.into()>
            <div
                class="log-lines"
                role="list"
                style:--log-line=format!("{LINE_HEIGHT}px")
                style:height=move || format!("{}px", strip.get().body_height())
            >
                <For each=move || pages.get() key=|page| *page let(page)><Page reading seen page/></For>
            </div>
        </Scroller>
    }
}

/// Scrolls to the line that is wanted once the box has been measured.
fn bring_into_view(reading: Reading, seen: Seen, viewport: NodeRef<html::Div>) {
    Effect::new(move || {
        let (Some(line), strip) = (reading.target.get(), seen.strip.get()) else { return };
        if strip.view == 0.0 || strip.rows == 0 {
            return;
        }
        let row = usize::try_from(line - 1).unwrap_or(usize::MAX).min(strip.rows - 1);
        request_animation_frame(move || {
            let Some(element) = viewport.try_get_untracked().flatten() else { return };
            if let Some(scroll) = place(strip, row, f64::from(element.scroll_top())) {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a strip is at most 15 million pixels high"
                )]
                element.set_scroll_top(scroll as i32);
            }
            reading.target.set(None);
        });
    });
}

/// Where to scroll so that `row` stands in the middle; nothing when it is seen already.
fn place(strip: Strip, row: usize, scroll: f64) -> Option<f64> {
    strip.scroll_to_show(row, scroll)?;
    let below = (row + strip.page() / 2).min(strip.rows.saturating_sub(1));
    Some(strip.scroll_to_show(below, 0.0).unwrap_or(0.0))
}

/// The pages that hold the lines.
fn pages(lines: &Range<usize>) -> Range<usize> {
    if lines.is_empty() { 0..0 } else { lines.start / PAGE..(lines.end - 1) / PAGE + 1 }
}

/// Those lines of a page that are in view.
#[component]
fn Page(reading: Reading, seen: Seen, page: usize) -> impl IntoView {
    let first = page * PAGE;
    let query = queries::logs::lines(move || {
        let (from, count) = (Some(first as u64 + 1), Some(PAGE as u64));
        reading.ask(LogLinesQuery { from, count, ..LogLinesQuery::default() })
    });
    let rows = Memo::new(move |_| {
        let mounted = seen.mounted.read();
        mounted.start.max(first)..mounted.end.min(first + PAGE)
    });
    let top = move |row: usize| {
        let strip = seen.strip.get();
        // Only where the strip is scaled do lines move as it scrolls.
        strip.offset(row, if strip.is_scaled() { seen.scroll.get() } else { 0.0 })
    };
    let row = move |row: usize| {
        let number = row as u64 + 1;
        let line = Memo::new(move |_| query.value.read().as_ref()?.lines.get(row - first).cloned());
        view! { <Line reading number line top=Signal::derive(move || top(row))/> }
    };
    let retry = move || {
        view! { <Button size=Size::Small icon=IconName::Refresh on_click=move |_| query.refetch.run(())>"Try again"</Button> }
    };
    view! {
        {move || query.error.get().map(|error| view! {
            <div class="log-failure" role="listitem"><Banner tone=Tone::Warning icon=IconName::Alert action=retry>{error.to_string()}</Banner></div>
        })}
        <For each=move || rows.get() key=|row| *row children=row/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRIP: Strip = Strip { rows: 5_000, row_height: LINE_HEIGHT, view: 400.0 };

    #[test]
    fn only_pages_in_view_are_read() {
        assert_eq!(pages(&(0..0)), 0..0);
        assert_eq!(pages(&(0..60)), 0..1);
        assert_eq!(pages(&(190..230)), 0..2);
        assert_eq!(pages(&(200..400)), 1..2);
    }

    #[test]
    fn a_line_is_brought_to_the_middle() {
        assert_eq!(place(STRIP, 3, 0.0), None);
        let scroll = place(STRIP, 2_499, 0.0).unwrap_or_default();
        let visible = STRIP.visible(scroll);
        assert!(visible.start + 5 < 2_499 && 2_499 + 5 < visible.end, "{visible:?}");
        assert_eq!(place(STRIP, 4_999, 0.0), Some(99_600.0));
        assert_eq!(place(STRIP, 2, 90_000.0), Some(0.0));
    }
}
