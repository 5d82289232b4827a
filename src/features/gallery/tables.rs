//! Tables of made-up runs.

use std::collections::HashSet;

use leptos::prelude::*;

use super::edited_table::EditedTable;
use super::specimen::Specimen;
use super::table_rows::{GROUPS, Run, columns, group, sorted};
use crate::ui::table::{RowView, SelectRequest, TableModel, VirtualTable, cycle};
use crate::ui::{Empty, IconName, SidePanel};

/// How many runs are made up.
const RUNS: usize = 100_000;

pub(super) fn tables() -> impl IntoView {
    view! {
        <Specimen label="100,000 rows"><div class="gallery-table"><Runs/></div></Specimen>
        <Specimen label="In groups"><div class="gallery-table"><Grouped/></div></Specimen>
        <Specimen label="Cells that are edited"><div class="gallery-table"><EditedTable/></div></Specimen>
        <Specimen label="Waiting, and empty">
            <div class="grid" data-columns="large">
                <div class="gallery-table"><Waiting/></div>
                <div class="gallery-table"><Nothing/></div>
            </div>
        </Specimen>
    }
}

#[component]
fn Runs() -> impl IntoView {
    let sort = RwSignal::new(Vec::new());
    let order = Memo::new(move |_| sorted(RUNS, &sort.read()));
    let selected = RwSignal::new(HashSet::new());
    let (open, width, peeked) = (RwSignal::new(false), RwSignal::new(420.0), RwSignal::new(None));
    let row = Callback::new(move |index: usize| {
        let run = Run(order.read().get(index).copied().unwrap_or(index));
        let current = open.get() && peeked.get() == Some(run.0);
        run.row(selected.read().contains(&run.0), current, 0)
    });
    let peek = move |row: usize| {
        peeked.set(order.read_untracked().get(row).copied());
        open.set(true);
    };
    let select = move |SelectRequest { row, .. }| {
        let run = order.read_untracked().get(row).copied().unwrap_or(row);
        selected.update(|selected| {
            if !selected.remove(&run) {
                selected.insert(run);
            }
        });
    };
    let model = TableModel {
        sort: sort.into(),
        on_sort: Callback::new(move |asked: crate::ui::table::SortRequest| {
            sort.update(|keys| *keys = cycle(keys, &asked.column, asked.extend));
        }),
        on_select: Some(Callback::new(select)),
        on_peek: Some(Callback::new(peek)),
        ..TableModel::new(Signal::stored(RUNS), Signal::stored(columns()), row)
    };
    let title = Signal::derive(move || peeked.get().map(|run| Run(run).name()).unwrap_or_default());
    view! {
        <div class="gallery-beside">
            <VirtualTable caption="Runs" model/>
            <SidePanel open title width docked=true>
                <p class="muted">"The table beside goes on working."</p>
            </SidePanel>
        </div>
    }
}

#[component]
fn Grouped() -> impl IntoView {
    let size = RUNS / GROUPS.len();
    let open = RwSignal::new(HashSet::from([0]));
    // Which group a row belongs to, and its number in it; the head is number 0.
    let place = move |index: usize| {
        let open = open.read();
        let mut left = index;
        for number in 0..GROUPS.len() {
            let rows = 1 + if open.contains(&number) { size } else { 0 };
            if left < rows {
                return (number, left);
            }
            left -= rows;
        }
        (0, 0)
    };
    let row = Callback::new(move |index: usize| match place(index) {
        (number, 0) => group(number, size, open.read().contains(&number)),
        (number, n) => Run((n - 1) * GROUPS.len() + number).row(false, false, 1),
    });
    let around = move |index: usize| match place(index) {
        (_, 0) => Vec::new(),
        (_, n) => std::iter::once(index - n..index - n + 1 + size).collect(),
    };
    let count = Signal::derive(move || GROUPS.len() + open.read().len() * size);
    let model = TableModel {
        grouped: Signal::stored(true),
        groups_around: Callback::new(around),
        on_toggle: Callback::new(move |asked: crate::ui::table::ToggleRequest| {
            let (number, _) = untrack(|| place(asked.row));
            open.update(|open| {
                if !open.remove(&number) {
                    open.insert(number);
                }
            });
        }),
        ..TableModel::new(count, Signal::stored(columns()), row)
    };
    view! { <VirtualTable caption="Runs by data" model/> }
}

#[component]
fn Waiting() -> impl IntoView {
    let model = TableModel {
        busy: Signal::stored(true),
        ..TableModel::new(Signal::stored(6), Signal::stored(columns()), Callback::new(|_| RowView::Loading))
    };
    view! { <VirtualTable caption="Runs being fetched" model/> }
}

#[component]
fn Nothing() -> impl IntoView {
    let model =
        TableModel::new(Signal::stored(0), Signal::stored(columns()), Callback::new(|_| RowView::Loading));
    let empty =
        || view! { <Empty icon=IconName::Play title="No runs yet" text="Start one to see it here."/> };
    view! { <VirtualTable caption="No runs" model empty/> }
}
