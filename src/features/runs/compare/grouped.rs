//! Whether lines of runs are drawn as bands of groups.

use std::collections::HashMap;

use leptos::prelude::*;

use super::boxes::option;
use super::groupings::Grouping;
use crate::features::runs::charts::{Bands, Reach, Shown};
use crate::ui::form::{Choice, Segmented};
use crate::ui::{Select, SelectOption};
use crate::widgets::{UrlHistory, url_state};

/// What is chosen for the lines of all charts; it stands in the address. A handle.
#[derive(Clone, Copy)]
pub(super) struct GroupedLines {
    by: RwSignal<String>,
    /// Whether bands reach from the least to the greatest.
    range: RwSignal<bool>,
    groupings: Memo<Vec<Grouping>>,
}

impl GroupedLines {
    pub(super) fn new(groupings: Memo<Vec<Grouping>>) -> Self {
        let by = url_state::<String>("by", UrlHistory::Replace);
        Self { by, range: url_state::<bool>("range", UrlHistory::Replace), groupings }
    }

    /// The bands that are asked for; `None` for a line for each run.
    pub(super) fn bands(self, runs: Memo<Vec<Shown>>) -> Signal<Option<Bands>> {
        let bands = Memo::new(move |_| {
            let groupings = self.groupings.read();
            let grouping = groupings.iter().find(|own| own.id == *self.by.read())?;
            let of = runs
                .read()
                .iter()
                .zip(&grouping.groups)
                .map(|(shown, group)| (shown.run, *group))
                .collect::<HashMap<_, _>>();
            let reach = if self.range.get() { Reach::Range } else { Reach::Deviation };
            Some(Bands { names: grouping.names.clone(), of, reach })
        });
        bands.into()
    }
}

/// The choices, beside those of all charts.
pub(super) fn choices(lines: GroupedLines) -> impl IntoView {
    let options = Signal::derive(move || {
        let each = SelectOption::new("", "A line for each run");
        std::iter::once(each).chain(lines.groupings.read().iter().map(option)).collect::<Vec<_>>()
    });
    let reach = || vec![Choice::new(false, "Mean ± deviation"), Choice::new(true, "Least to greatest")];
    view! {
        <Select label="Lines by" value=lines.by options/>
        <Show when=move || !lines.by.read().is_empty()>
            <Segmented label="Reach of the bands" value=lines.range choices=reach()/>
        </Show>
    }
}
