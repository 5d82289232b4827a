//! What the table shows only when somebody asks for it. It is a part of its own: see `ui::fetched`.

use leptos::prelude::*;
use models::id::ProjectId;
use models::query::Field;

use super::column_menu::ColumnItems;
use super::editing::{CellEditor, Drafts, Place};
use super::keys::KeyList;
use super::peek::Peek;
use super::peek_panel::PeekPanel;
use super::selection_bar::SelectionBar;
use super::{Columns, TableState, Ticks};
use crate::features::runs::address::Address;
use crate::ui::{Build, Fetch, fetched};

/// What the table shows only when somebody asks for it.
#[derive(Clone, Copy)]
pub(super) enum Later {
    /// The run beside the table.
    Peek(Peek),
    /// What can be done with the ticked runs.
    Selection(Address, TableState, Ticks, Signal<Vec<Field>>),
    /// What can be done to a column.
    ColumnMenu(Address, Columns, StoredValue<Field>),
    /// The field of a cell.
    Editor(ProjectId, Drafts, Place),
    /// Which keys there are.
    Keys(RwSignal<bool>),
}

fetched! {
    fetch in later: Build<Later> => build;
}

/// Fetches what builds it.
pub(super) const FETCH: Fetch<Later> = || Box::pin(fetch());

fn build(about: Later) -> AnyView {
    match about {
        Later::Peek(peek) => view! { <PeekPanel peek/> }.into_any(),
        Later::Selection(address, state, ticks, columns) => {
            view! { <SelectionBar address state ticks columns/> }.into_any()
        }
        Later::ColumnMenu(address, columns, field) => {
            view! { <ColumnItems address columns field/> }.into_any()
        }
        Later::Editor(project, drafts, place) => view! { <CellEditor project drafts place/> }.into_any(),
        Later::Keys(open) => view! { <KeyList open/> }.into_any(),
    }
}
