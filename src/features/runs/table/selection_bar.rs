//! What can be done with the ticked runs.

use std::collections::HashSet;

use leptos::prelude::*;
use models::comparison::MAX_COMPARED_RUNS;
use models::id::RunId;
use models::query::Field;

use super::selection::Selection;
use super::whose::{Whose, whose};
use super::{TableState, Ticks, total};
use crate::features::runs::actions::{Changing, ExportMenu, Exported, SelectionActions};
use crate::features::runs::address::{Address, RunsUrl};
use crate::features::runs::again::RunAgain;
use crate::routes::Route;
use crate::ui::format::integer;
use crate::ui::{Button, ButtonLink, Emphasis, IconButton, IconName, Size};
use crate::widgets::UrlHistory;

/// Says how many runs are ticked, and what can be done with them.
#[component]
pub(super) fn SelectionBar(
    address: Address,
    state: TableState,
    ticks: Ticks,
    /// The columns on screen.
    columns: Signal<Vec<Field>>,
) -> impl IntoView {
    let count = Memo::new(move |_| ticks.selection.read().len());
    let changing = Changing::new(address.scope, Callback::new(move |()| ticks.clear()));
    let in_bin = Memo::new(move |_| address.url.read().in_bin);
    let selected = Memo::new(move |_| ticks.selection.read().to_request());
    let exported = Exported { address, selection: selected.into(), columns, is_all: false };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="selection-bar" role="region" aria-label="Selected runs">
                    <span class="selection-count" role="status">{move || format!("{} selected", integer(count.get()))}</span>
                    <SelectMatching address state ticks/>
                    <span class="selection-actions">
                        <CompareLink address ticks/>
                        <OneAgain address ticks/>
                        <SelectionActions scope=address.scope in_bin selection=selected count changing/>
                        <ExportMenu label="Export the selected runs" size=Size::Small exported/>
                        <KeepOnTop address ticks/>
                        <UseAsBaseline address ticks/>
                    </span>
                    <IconButton label="Select none" icon=IconName::Close size=Size::Small on_click=move |_| ticks.clear()/>
                </div>
            }
        })
    }
}

/// Leads to the runs side by side. They must be of one project.
#[component]
fn CompareLink(address: Address, ticks: Ticks) -> impl IntoView {
    let whose = whose(address, ticks);
    move || match compared(&ticks.selection.read(), whose.get()) {
        Ok(href) => view! {
            <ButtonLink href size=Size::Small icon=IconName::Compare>"Compare"</ButtonLink>
        }
        .into_any(),
        Err(why_not) => view! {
            <Button size=Size::Small icon=IconName::Compare disabled_reason=Some(why_not) on_click=|_| ()>
                "Compare"
            </Button>
        }
        .into_any(),
    }
}

/// The page where the ticked runs stand side by side; else why there is none.
///
/// # Errors
/// Where they are too few, too many, told by a filter, or not of one project.
pub(super) fn compared(selection: &Selection, whose: Whose) -> Result<String, String> {
    let runs = selection.runs().filter(|runs| (2..=MAX_COMPARED_RUNS).contains(&runs.len()));
    let runs = runs.ok_or_else(|| format!("Select 2 to {MAX_COMPARED_RUNS} runs to compare them."))?;
    match whose {
        Whose::One(project) => Ok(Route::compare_of(project, runs)),
        Whose::Several => Err("Only runs of one project can be compared. These are of several.".to_owned()),
        Whose::Unknown => Err("It is being looked up whose runs these are.".to_owned()),
    }
}

/// Starts the one ticked run again, with a part of it changed.
#[component]
fn OneAgain(address: Address, ticks: Ticks) -> impl IntoView {
    let whose = whose(address, ticks);
    let one = Memo::new(move |_| match (ticks.selection.read().runs(), whose.get()) {
        (Some([run]), Whose::One(project)) => Some((project, *run)),
        (Some(_) | None, Whose::One(_) | Whose::Several | Whose::Unknown) => None,
    });
    move || one.get().map(|(project, run)| view! { <RunAgain project run size=Size::Small/> })
}

/// Offers to tick all that match, where more match than are ticked.
#[component]
fn SelectMatching(address: Address, state: TableState, ticks: Ticks) -> impl IntoView {
    let more = move || state.total().filter(|all| ticks.selection.read().len() < *all);
    let select = move |total: u64| {
        let url = address.url.read_untracked();
        let (filter, stage) = (url.readable_filter().to_owned(), url.stage());
        ticks.selection.set(Selection::Matching { filter, stage, total, except: HashSet::new() });
    };
    move || {
        more().map(|all| {
            view! {
                <Button size=Size::Small emphasis=Emphasis::Ghost on_click=move |_| select(all)>
                    {format!("Select all {} that match", total(all))}
                </Button>
            }
        })
    }
}

#[component]
fn KeepOnTop(address: Address, ticks: Ticks) -> impl IntoView {
    let why_not = Signal::derive(move || match ticks.selection.read().runs() {
        Some(runs) if runs.len() <= RunsUrl::MAX_KEPT => None,
        Some(_) | None => Some(format!("At most {} runs stay on top.", RunsUrl::MAX_KEPT)),
    });
    let keep = move |_| {
        if let Some(runs) = ticks.selection.get_untracked().runs() {
            address.change(UrlHistory::Push, |url| keep(&mut url.kept, runs));
        }
    };
    view! {
        <Button size=Size::Small icon=IconName::ArrowUp disabled_reason=why_not on_click=keep>"Keep on top"</Button>
    }
}

#[component]
fn UseAsBaseline(address: Address, ticks: Ticks) -> impl IntoView {
    let why_not = Signal::derive(move || match ticks.selection.read().runs() {
        Some([_]) => None,
        Some(_) | None => Some("Select the one run that others are measured by.".to_owned()),
    });
    let choose = move |_| {
        if let Some([run]) = ticks.selection.get_untracked().runs() {
            address.change(UrlHistory::Push, |url| url.baseline = Some(*run));
        }
    };
    view! {
        <Button size=Size::Small icon=IconName::Flask disabled_reason=why_not on_click=choose>"Use as baseline"</Button>
    }
}

/// Keeps the runs; the ones kept longest make room.
fn keep(kept: &mut Vec<RunId>, runs: &[RunId]) {
    kept.retain(|run| !runs.contains(run));
    kept.extend(runs);
    let surplus = kept.len().saturating_sub(RunsUrl::MAX_KEPT);
    kept.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_runs_kept_longest_make_room() {
        let runs: Vec<_> = (0..7).map(|number| RunId(Uuid::from_u128(number))).collect();
        let mut kept = runs[..4].to_vec();
        keep(&mut kept, &runs[3..6]);
        assert_eq!(kept, runs[1..6]);
    }
}
