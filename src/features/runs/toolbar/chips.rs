//! The filter as chips: one for each condition that must hold.

use leptos::html;
use leptos::prelude::*;
use models::query::Filter;
use models::run_table::RunKeys;

use super::applied::Applied;
use super::condition_form::ConditionForm;
use super::later::{Later, later};
use super::parts::Parts;
use crate::ui::{Button, Emphasis, IconButton, IconName, Popover, PopoverHandle, Size};

/// The conditions of the filter, each of which can be changed, negated and removed, and a way to add one.
#[component]
pub(super) fn Chips(
    applied: Applied,
    /// What has been logged.
    keys: Signal<RunKeys>,
) -> impl IntoView {
    let conditions = Memo::new(move |_| applied.conditions());
    let places = move || 0..conditions.read().len();
    let add = NodeRef::<html::Button>::new();
    // The button stands before the chips: so it stays where it is whatever is added.
    view! {
        <Popover
            title="Add a condition"
            text="Filter"
            label=Some("Filter by a condition".to_owned())
            icon=IconName::Plus
            emphasis=Emphasis::Ghost
            size=Size::Small
            button=add
        >
            {later(Later::NewCondition(applied, keys))}
        </Popover>
        <ul class="chips" aria-label="Conditions">
            <For each=places key=|place| *place let(place)>
                <Chip applied keys conditions place add/>
            </For>
        </ul>
    }
}

/// A condition. It keeps its place while it changes, so that the focus stays.
#[component]
fn Chip(
    applied: Applied,
    keys: Signal<RunKeys>,
    conditions: Memo<Vec<Filter>>,
    place: usize,
    /// What gets the focus when the chip is gone.
    add: NodeRef<html::Button>,
) -> impl IntoView {
    let condition = Memo::new(move |_| conditions.read().get(place).cloned().unwrap_or_else(Filter::all));
    let text = Signal::derive(move || condition.read().to_string());
    let remove = move || {
        applied.change_or_tell(|filter| filter.without(place));
        if let Some(add) = add.get_untracked() {
            // A button on screen takes the focus.
            let _ = add.focus();
        }
    };
    view! {
        <li class="chip" title=move || text.get()>
            <Popover
                title="Change the condition"
                text
                label=Signal::derive(move || Some(format!("Change {}", text.get())))
                emphasis=Emphasis::Ghost
                size=Size::Small
            >
                {later(Later::Condition(applied, keys, condition, place))}
            </Popover>
            <IconButton label=Signal::derive(move || format!("Remove {}", text.get())) icon=IconName::Close size=Size::Small disabled_reason=applied.unfinished on_click=move |_| remove()/>
        </li>
    }
}

/// The form of a condition to add.
#[component]
pub(super) fn NewCondition(applied: Applied, keys: Signal<RunKeys>) -> impl IntoView {
    let put =
        Callback::new(|(filter, condition): (Filter, Filter)| Filter::demanding(vec![filter, condition]));
    view! { <ConditionForm applied keys parts=Parts::default() action="Add" put/> }
}

/// What can be done with a condition: all of its parts can be changed when it is a comparison.
#[component]
pub(super) fn ChipMenu(
    applied: Applied,
    keys: Signal<RunKeys>,
    condition: Memo<Filter>,
    place: usize,
) -> impl IntoView {
    let popover = PopoverHandle::current();
    let negate = move |_| {
        let negated = condition.get_untracked().negated();
        applied.change_or_tell(|filter| filter.with(place, negated));
        popover.into_iter().for_each(PopoverHandle::close);
    };
    let parts = condition.with_untracked(Parts::of);
    let form = match parts {
        Some(parts) => {
            let put =
                Callback::new(move |(filter, condition): (Filter, Filter)| filter.with(place, condition));
            view! { <ConditionForm applied keys parts action="Apply" put/> }.into_any()
        }
        None => view! {
            <p class="condition-text">{condition.get_untracked().to_string()}</p>
            <p class="small faint">"This part has several conditions. Change its text in the line above."</p>
        }
        .into_any(),
    };
    view! {
        {form}
        <div class="condition-more">
            <span class="truncate small faint">{move || condition.get().negated().to_string()}</span>
            <Button size=Size::Small disabled_reason=applied.unfinished on_click=negate>"Negate"</Button>
        </div>
    }
}
