//! By what runs are grouped, and in which order.

use leptos::prelude::*;
use models::query::{Attribute, Field, RunQuery};
use models::run_table::{RunKeys, TableScope};

use super::later::{Later, later};
use crate::features::runs::address::Address;
use crate::features::runs::table::columns::title;
use crate::ui::{IconButton, IconName, Menu, MenuItem, MenuSeparator, MenuTitle, Size};
use crate::widgets::UrlHistory;

/// What every run can be grouped by, the axes of the work first.
const ATTRIBUTES: [Attribute; 9] = [
    Attribute::Code,
    Attribute::Data,
    Attribute::Experiment,
    Attribute::Model,
    Attribute::Commit,
    Attribute::DataVersion,
    Attribute::Status,
    Attribute::User,
    Attribute::Label,
];
/// How many parameters are offered.
const PARAMETERS: usize = 30;

/// By what runs are grouped: a menu that adds keys, and the chosen keys in their order, outermost first.
#[component]
pub(crate) fn GroupBy(
    address: Address,
    /// What has been logged.
    #[prop(into)]
    keys: Signal<RunKeys>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| address.url.read().group_by.clone());
    view! {
        <div class="group-by">
            <Menu label="Group by" icon=IconName::Group>
                {later(Later::Groups(address, keys, chosen))}
            </Menu>
            <ol class="group-keys" aria-label="Grouped by, outermost first">
                <For each=move || chosen.get().into_iter().enumerate() key=|place_and_field| place_and_field.clone() let((place, field))>
                    <ChosenKey address place field/>
                </For>
            </ol>
        </div>
    }
}

/// By what runs can be grouped.
#[component]
pub(super) fn GroupOffers(
    address: Address,
    keys: Signal<RunKeys>,
    chosen: Memo<Vec<Field>>,
) -> impl IntoView {
    move || offers(address, chosen, &keys.read())
}

fn offers(address: Address, chosen: Memo<Vec<Field>>, keys: &RunKeys) -> AnyView {
    let offer = move |field: Field| {
        let name = title(&field).to_owned();
        let own = field.clone();
        let checked = Signal::derive(move || chosen.read().contains(&own));
        let select = move |()| change(address, |keys| toggle(keys, &field));
        view! { <MenuItem checked on_select=select>{name}</MenuItem> }
    };
    let project = (address.scope == TableScope::Visible).then_some(Attribute::Project);
    let attributes: Vec<_> = project.into_iter().chain(ATTRIBUTES).map(Field::Attribute).map(offer).collect();
    let logged = keys.parameters.iter().take(PARAMETERS).map(|key| Field::Parameter(key.key.clone()));
    let parameters: Vec<_> = logged.map(offer).collect();
    let parameters = (!parameters.is_empty())
        .then(|| view! { <MenuSeparator/> <MenuTitle>"Parameters"</MenuTitle> {parameters} });
    view! { {attributes} {parameters} }.into_any()
}

/// A chosen key, with what can be done to it.
#[component]
fn ChosenKey(address: Address, place: usize, field: Field) -> impl IntoView {
    let name = title(&field).to_owned();
    let remove = {
        let field = field.clone();
        move |_| change(address, |keys| toggle(keys, &field))
    };
    let label = format!("Do not group by {name}");
    let move_by = move |by: isize| change(address, |keys| shift(keys, place, by));
    let is_last = move || address.url.read().group_by.len() <= place + 1;
    let outermost = (place == 0).then(|| "It is the outermost key.".to_owned());
    let innermost = Signal::derive(move || is_last().then(|| "It is the innermost key.".to_owned()));
    view! {
        <li class="group-key">
            <Menu label=name size=Size::Small>
                <MenuItem icon=IconName::ArrowLeft disabled_reason=outermost.clone() on_select=move |()| move_by(-1)>
                    "Move outwards"
                </MenuItem>
                <MenuItem icon=IconName::ArrowRight disabled_reason=innermost on_select=move |()| move_by(1)>
                    "Move inwards"
                </MenuItem>
            </Menu>
            <IconButton label icon=IconName::Close size=Size::Small on_click=remove/>
        </li>
    }
}

fn change(address: Address, change: impl FnOnce(&mut Vec<Field>)) {
    address.change(UrlHistory::Push, |url| change(&mut url.group_by));
}

/// Adds the key as the innermost, or takes it away.
fn toggle(keys: &mut Vec<Field>, field: &Field) {
    match keys.iter().position(|key| key == field) {
        Some(place) => {
            keys.remove(place);
        }
        None if keys.len() < RunQuery::MAX_GROUPS => keys.push(field.clone()),
        None => {}
    }
}

/// Moves the key at `place` by so many places, not beyond the ends.
fn shift(keys: &mut [Field], place: usize, by: isize) {
    if let Some(to) = place.checked_add_signed(by).filter(|to| *to < keys.len())
        && place < keys.len()
    {
        keys.swap(place, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Field = Field::Attribute(Attribute::Code);
    const DATA: Field = Field::Attribute(Attribute::Data);

    #[test]
    fn a_new_key_becomes_the_innermost() {
        let mut keys = vec![DATA];
        toggle(&mut keys, &CODE);
        assert_eq!(keys, [DATA, CODE]);
        toggle(&mut keys, &DATA);
        assert_eq!(keys, [CODE]);
    }

    #[test]
    fn keys_change_places_but_do_not_leave_the_list() {
        let mut keys = vec![DATA, CODE];
        shift(&mut keys, 1, -1);
        assert_eq!(keys, [CODE, DATA]);
        shift(&mut keys, 1, 1);
        shift(&mut keys, 0, -1);
        assert_eq!(keys, [CODE, DATA]);
    }

    #[test]
    fn there_are_at_most_as_many_keys_as_the_server_takes() {
        let mut keys: Vec<_> = (0..RunQuery::MAX_GROUPS).map(|n| Field::Parameter(n.to_string())).collect();
        toggle(&mut keys, &CODE);
        assert_eq!(keys.len(), RunQuery::MAX_GROUPS);
    }
}
