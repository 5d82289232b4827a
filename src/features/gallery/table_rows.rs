//! The made-up runs of the tables.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::table::{Align, Cell, Column, RowView, SortKey};
use crate::ui::{Badge, Tone, format, time};

/// By what the second table groups.
pub(super) const GROUPS: [&str; 8] =
    ["cifar-10", "imagenet", "fashion-mnist", "wine", "coco", "wikitext", "era5", "openwebtext"];

const NAMES: [&str; 5] = ["amber-falcon", "quiet-lake", "swift-birch", "northern-light", "copper-ridge"];
const STATES: [(&str, Tone); 4] = [
    ("Finished", Tone::Success),
    ("Failed", Tone::Danger),
    ("Running", Tone::Info),
    ("Finished", Tone::Success),
];

/// The columns of both tables.
pub(super) fn columns() -> Vec<Column> {
    let number = |id: &str, about: &str| Column {
        width: 96.0,
        align: Align::End,
        description: Some(about.to_owned()),
        ..Column::new(id, id)
    };
    vec![
        Column { width: 220.0, pinned: true, ..Column::new("run", "Run") },
        Column { width: 112.0, ..Column::new("status", "Status") },
        Column { width: 140.0, ..Column::new("data", "Data") },
        Column { width: 96.0, ..Column::new("commit", "Code") },
        Column { width: 160.0, ..number("loss", "The training loss, and how it fell") },
        number("accuracy", "The last accuracy on the validation set"),
        number("rate", "The learning rate"),
        number("epochs", "Passes over the data"),
        Column { width: 112.0, align: Align::End, ..Column::new("duration", "Duration") },
        Column { width: 140.0, sortable: false, ..Column::new("note", "Note") },
    ]
}

/// A run that is made up from its number.
pub(super) struct Run(pub(super) usize);

impl Run {
    /// The run as a row, in the order of [`columns`].
    pub(super) fn row(&self, selected: bool, current: bool, level: usize) -> RowView {
        let number = self.0;
        let (state, tone) = STATES[number % STATES.len()];
        let name = self.name();
        let href = format!("/gallery?run={number}");
        let badge = move || view! { <Badge tone>{state}</Badge> };
        let figure = |value: f64| Cell::Number { text: format::number(value), exact: value.to_string() };
        let cells = vec![
            Cell::Link { text: name, href: href.clone(), mark: None },
            Cell::Custom(badge.into()),
            Cell::Text(GROUPS[number % GROUPS.len()].to_owned()),
            Cell::Text(format!("{:07x}", self.random(1) >> 36)),
            Cell::Sparkline { number: Box::new(figure(self.value("loss"))), values: self.course() },
            if number % 7 == 3 { Cell::Missing } else { figure(self.value("accuracy")) },
            figure(self.value("rate")),
            figure(self.value("epochs")),
            Cell::Text(time::duration(self.value("duration") as u64)),
            Cell::Missing,
        ];
        RowView::Row { cells, href: Some(href), selected, current, level }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        format!("{}-{}", NAMES[self.0 % NAMES.len()], self.0)
    }

    /// How the loss fell, with some noise.
    fn course(&self) -> Arc<[f64]> {
        let noise = |step: u64| self.random(100 + step) as f64 / u64::MAX as f64;
        (0..24).map(|step| (-(step as f64) / 8.0).exp() + 0.15 * noise(step)).collect()
    }

    /// What orders the runs by a column.
    fn value(&self, column: &str) -> f64 {
        let part = |seed: u64| self.random(seed) as f64 / u64::MAX as f64;
        match column {
            "loss" => part(2) * part(3) * 2.5,
            "accuracy" => 1.0 - part(4) * 0.4,
            "rate" => 10f64.powf(-2.0 - 4.0 * part(5)),
            "epochs" => (part(6) * 300.0).floor(),
            "duration" => part(7) * 40_000_000.0,
            "status" => (self.0 % STATES.len()) as f64,
            "data" => (self.0 % GROUPS.len()) as f64,
            _ => self.0 as f64,
        }
    }

    fn random(&self, seed: u64) -> u64 {
        let mixed = (self.0 as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ seed.wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    }
}

/// The numbers of `count` runs in the order of `keys`.
pub(super) fn sorted(count: usize, keys: &[SortKey]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for key in keys.iter().rev() {
        order.sort_by(|a, b| {
            let ascending = Run(*a).value(&key.column).total_cmp(&Run(*b).value(&key.column));
            if key.descending { ascending.reverse() } else { ascending }
        });
    }
    order
}

/// The head of a group of `count` runs.
pub(super) fn group(number: usize, count: usize, expanded: bool) -> RowView {
    let cells = columns().iter().map(|_| Cell::Text(String::new())).collect();
    let value = GROUPS[number].to_owned();
    RowView::Group { name: "data".to_owned(), value, count: count as u64, expanded, level: 0, cells }
}
