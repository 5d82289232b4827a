//! What can be done to a column of the table of runs.

use leptos::prelude::*;
use models::query::{Attribute, Field, RunQuery, SortKey};
use models::sparkline::SparklinesRequest;

use super::Columns;
use super::later::{self, Later};
use crate::features::runs::address::{Address, RunsUrl};
use crate::ui::table::MoveRequest;
use crate::ui::{Fetched, IconName, MenuItem, MenuSeparator};
use crate::widgets::UrlHistory;

/// The items of the menu of a column.
pub(super) fn column_menu(address: Address, columns: Columns, column: &str) -> AnyView {
    let Ok(field) = column.parse::<Field>() else { return ().into_any() };
    let about = Later::ColumnMenu(address, columns, StoredValue::new(field));
    view! { <Fetched fetch=later::FETCH about/> }.into_any()
}

#[component]
pub(super) fn ColumnItems(address: Address, columns: Columns, field: StoredValue<Field>) -> impl IntoView {
    let is_name = field.with_value(|field| *field == Field::Attribute(Attribute::Name));
    let order = move |descending: bool| {
        change(address, |url| url.sort = vec![SortKey { field: field.get_value(), descending }]);
    };
    let grouped = move |url: &RunsUrl| url.group_by.contains(&field.get_value());
    view! {
        <MenuItem icon=IconName::ArrowUp on_select=move |()| order(false)>"Sort ascending"</MenuItem>
        <MenuItem icon=IconName::ArrowDown on_select=move |()| order(true)>"Sort descending"</MenuItem>
        <MenuItem
            checked=Signal::derive(move || address.url.with(grouped))
            on_select=move |()| change(address, |url| toggle(&mut url.group_by, field.get_value(), RunQuery::MAX_GROUPS))
        >
            "Group by it"
        </MenuItem>
        {drawing(address, field)}
        {(!is_name).then(|| standing(address, columns, field))}
    }
}

/// How the values of a metric are drawn: their course, and colours.
fn drawing(address: Address, field: StoredValue<Field>) -> Option<impl IntoView> {
    let set = move |descending: bool| {
        change(address, |url| {
            let key = SortKey { field: field.get_value(), descending };
            let was = url.scales.contains(&key);
            url.scales.retain(|own| own.field != key.field);
            if !was && url.scales.len() < RunQuery::MAX_SORT_KEYS {
                url.scales.push(key);
            }
        });
    };
    let is = move |descending: bool| {
        Signal::derive(move || {
            address.url.read().scales.contains(&SortKey { field: field.get_value(), descending })
        })
    };
    let is_drawn = Signal::derive(move || address.url.read().sparklines.contains(&field.get_value()));
    let draw = move |()| {
        change(address, |url| toggle(&mut url.sparklines, field.get_value(), SparklinesRequest::MAX_KEYS));
    };
    let why_not = Signal::derive(move || {
        let most = SparklinesRequest::MAX_KEYS;
        let is_full = address.url.read().sparklines.len() >= most && !is_drawn.get();
        is_full.then(|| format!("At most {most} columns show sparklines."))
    });
    matches!(field.get_value(), Field::Metric(_)).then(|| {
        view! {
            <MenuSeparator/>
            <MenuItem checked=is_drawn disabled_reason=why_not on_select=draw>"Show as sparkline"</MenuItem>
            <MenuItem checked=is(true) on_select=move |()| set(true)>"Colour the best: more is better"</MenuItem>
            <MenuItem checked=is(false) on_select=move |()| set(false)>"Colour the best: less is better"</MenuItem>
        }
    })
}

/// Where the column stands, and whether it does; the name stands first always.
fn standing(address: Address, columns: Columns, field: StoredValue<Field>) -> impl IntoView {
    let pinned = Signal::derive(move || address.url.read().pinned.contains(&field.get_value()));
    let pin =
        move |()| change(address, |url| toggle(&mut url.pinned, field.get_value(), RunQuery::MAX_COLUMNS));
    let by = move |by: isize| {
        let (chosen, shown) = (columns.chosen.get_untracked(), columns.shown.get_untracked());
        if let Some(stepped) = stepped(&chosen, &shown, &field.get_value(), by) {
            change(address, |url| url.columns = Some(stepped));
        }
    };
    let hide = move |()| {
        let chosen = columns.chosen.get_untracked();
        let others = chosen.into_iter().filter(|own| *own != field.get_value()).collect();
        change(address, |url| url.columns = Some(others));
    };
    view! {
        <MenuSeparator/>
        <MenuItem checked=pinned on_select=pin>"Keep in view"</MenuItem>
        <MenuItem icon=IconName::ArrowLeft on_select=move |()| by(-1)>"Move left"</MenuItem>
        <MenuItem icon=IconName::ArrowRight on_select=move |()| by(1)>"Move right"</MenuItem>
        <MenuItem icon=IconName::EyeOff on_select=hide>"Hide"</MenuItem>
    }
}

/// The columns after one has changed places with the next on screen; `None` at an end. The name keeps its place.
fn stepped(chosen: &[Field], shown: &[Field], field: &Field, by: isize) -> Option<Vec<Field>> {
    let place = shown.iter().position(|own| own == field)?;
    let other = place.checked_add_signed(by).filter(|to| (1..shown.len()).contains(to))?;
    let at = |field: &Field| chosen.iter().position(|own| own == field);
    let mut columns = chosen.to_vec();
    columns.swap(at(field)?, at(&shown[other])?);
    Some(columns)
}

/// Puts a column before another one.
pub(super) fn move_column(address: Address, chosen: &[Field], request: &MoveRequest) {
    if let Some(columns) = moved(chosen, request) {
        change(address, |url| url.columns = Some(columns));
    }
}

/// The columns in their new order; `None` when one of them is not there.
fn moved(chosen: &[Field], MoveRequest { column, before }: &MoveRequest) -> Option<Vec<Field>> {
    let field = chosen.iter().find(|own| own.to_string() == *column)?;
    let mut columns: Vec<_> = chosen.iter().filter(|own| *own != field).cloned().collect();
    let place = match before {
        Some(before) => columns.iter().position(|own| own.to_string() == *before)?,
        None => columns.len(),
    };
    columns.insert(place, field.clone());
    Some(columns)
}

fn change(address: Address, change: impl FnOnce(&mut RunsUrl)) {
    address.change(UrlHistory::Push, change);
}

fn toggle(fields: &mut Vec<Field>, field: Field, most: usize) {
    match fields.iter().position(|own| *own == field) {
        Some(place) => drop(fields.remove(place)),
        None if fields.len() < most => fields.push(field),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(column: &str, before: Option<&str>, expected: Option<&str>) {
        let shown: Vec<Field> =
            ["name", "status", "metrics.loss"].iter().filter_map(|name| name.parse().ok()).collect();
        let request = MoveRequest { column: column.to_owned(), before: before.map(str::to_owned) };
        let names = moved(&shown, &request)
            .map(|columns| columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        assert_eq!(names.as_deref(), expected);
    }

    #[test]
    fn a_step_goes_past_the_next_column_on_screen() {
        let fields =
            |names: &str| names.split(' ').filter_map(|name| name.parse().ok()).collect::<Vec<Field>>();
        let chosen = fields("name status params.seed metrics.loss user");
        let shown = fields("name status metrics.loss user");
        let step = |name: &str, by| name.parse().ok().and_then(|field| stepped(&chosen, &shown, &field, by));
        assert_eq!(step("status", 1), Some(fields("name metrics.loss params.seed status user")));
        assert_eq!(step("user", -1), Some(fields("name status params.seed user metrics.loss")));
        assert_eq!((step("status", -1), step("user", 1)), (None, None));
    }

    #[test]
    fn a_column_is_put_before_another_or_at_the_end() {
        check("metrics.loss", Some("status"), Some("name metrics.loss status"));
        check("status", None, Some("name metrics.loss status"));
        check("status", Some("status"), None);
        check("metrics.other", None, None);
    }
}
