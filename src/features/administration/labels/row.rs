//! A label in the list of all.

use leptos::prelude::*;
use models::label::Label;

use super::list::Asked;
use crate::routes::Route;
use crate::ui::format::integer;
use crate::ui::{IconName, Link, Menu, MenuItem, Size};
use crate::widgets::LabelList;

/// How a label looks, how much has it, and what can be done with it.
#[component]
pub(super) fn LabelRow(label: Label, asked: Asked) -> impl IntoView {
    let title = format!("Actions for {}: {}", label.scope, label.name);
    let scope = label.scope.clone();
    let used = integer(label.usage.unwrap_or_default());
    let href = Route::projects_labelled(label.label_id.0);
    let shown = Signal::stored(vec![label.clone()]);
    let label = StoredValue::new(label);
    view! {
        <tr>
            <th scope="row"><LabelList labels=shown/></th>
            <td>{scope}</td>
            <td><Link href>{used}</Link></td>
            <td>
                <Menu label=title icon=IconName::More icon_only=true size=Size::Small>
                    <MenuItem icon=IconName::Edit on_select=move |()| asked.edit.set(Some(label.get_value()))>"Edit"</MenuItem>
                    <MenuItem icon=IconName::Branch on_select=move |()| asked.merge.set(Some(label.get_value()))>"Merge into another"</MenuItem>
                    <MenuItem icon=IconName::Trash danger=true on_select=move |()| asked.delete.set(Some(label.get_value()))>"Delete"</MenuItem>
                </Menu>
            </td>
        </tr>
    }
}
