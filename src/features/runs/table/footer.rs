//! What stands below the table: which rows are on screen, of how many.

use std::ops::Range;

use leptos::prelude::*;
use models::query::{Attribute, Field};

use super::TableState;
use crate::features::runs::address::{Address, RunsUrl};
use crate::ui::format::integer;
use crate::ui::{Button, Emphasis, Size};
use crate::widgets::UrlHistory;

/// The rows that the table mounts above and below those on screen.
const BESIDE: usize = 8;

/// Why the groups hold more runs than there are.
const SEVERAL: &str = "A run with several labels is in several groups. It is counted once here.";

/// Says which rows are on screen, of how many, and how many runs there are.
#[component]
pub(super) fn Footer(
    address: Address,
    state: TableState,
    #[prop(into)] grouped: Signal<bool>,
    /// Whether the list of keys is on screen.
    keys_shown: RwSignal<bool>,
) -> impl IntoView {
    let by_label =
        Memo::new(move |_| address.url.read().group_by.contains(&Field::Attribute(Attribute::Label)));
    let rows = move || range(state.visible(), state.len());
    view! {
        <footer class="runs-footer">
            <span>{rows}</span>
            {release(address)}
            {bin(address)}
            <span class="runs-footer-end">
                <span title=move || by_label.get().then_some(SEVERAL)>
                    {move || grouped.get().then(|| state.total().map(total))}
                    {move || by_label.get().then_some(", each in the groups of all its labels")}
                </span>
                <button class="runs-footer-keys" type="button" on:click=move |_| keys_shown.set(true)>
                    "Keys " <kbd>"?"</kbd>
                </button>
            </span>
        </footer>
    }
}

/// Leads to the runs in the bin, and back.
fn bin(address: Address) -> impl IntoView {
    let href = move || {
        let url = address.url.read();
        address.href(&RunsUrl { in_bin: !url.in_bin, kept: Vec::new(), baseline: None, ..url.clone() })
    };
    let words = move || if address.url.read().in_bin { "Back to the runs in use" } else { "Bin" };
    view! { <a class="runs-bin" href=href>{words}</a> }
}

/// Lets go of the runs that are kept on top, and of the baseline.
fn release(address: Address) -> impl IntoView {
    let kept = Memo::new(move |_| {
        let url = address.url.read();
        (
            url.kept.len() + usize::from(url.baseline.is_some_and(|run| !url.kept.contains(&run))),
            url.baseline.is_some(),
        )
    });
    let release = move |_| {
        address.change(UrlHistory::Push, |url| {
            url.kept.clear();
            url.baseline = None;
        });
    };
    move || {
        let (kept, measured) = kept.get();
        (kept > 0).then(|| {
            let told = format!(
                "{} on top{}",
                total(kept as u64),
                if measured { ", the first is the baseline" } else { "" }
            );
            view! {
                <span class="runs-kept">
                    {told}
                    <Button size=Size::Small emphasis=Emphasis::Ghost on_click=release>"Release"</Button>
                </span>
            }
        })
    }
}

/// A count of runs, in words.
pub(crate) fn total(runs: u64) -> String {
    format!("{} {}", integer(runs), if runs == 1 { "run" } else { "runs" })
}

/// The rows on screen, counted from 1, as the mounted ones tell: `9 – 36 of 12,408`.
fn range(mounted: Range<usize>, len: usize) -> String {
    if len == 0 || mounted.is_empty() {
        return String::new();
    }
    let first = if mounted.start == 0 { 0 } else { (mounted.start + BESIDE).min(len - 1) };
    let end = if mounted.end >= len { len } else { mounted.end.saturating_sub(BESIDE).max(first + 1) };
    format!("{} – {} of {}", integer(first as u64 + 1), integer(end as u64), integer(len as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_on_screen_are_counted_from_one() {
        assert_eq!(range(0..28, 12_408), "1 – 20 of 12,408");
        assert_eq!(range(92..128, 12_408), "101 – 120 of 12,408");
        assert_eq!(range(12_380..12_408, 12_408), "12,389 – 12,408 of 12,408");
        assert_eq!(range(0..3, 3), "1 – 3 of 3");
        assert_eq!(range(0..0, 0), "");
    }

    #[test]
    fn a_single_run_is_told_in_the_singular() {
        assert_eq!(total(1), "1 run");
        assert_eq!(total(12_408), "12,408 runs");
    }
}
