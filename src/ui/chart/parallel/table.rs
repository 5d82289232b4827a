//! A chart of parallel axes as a table.

use leptos::prelude::*;

use super::chart::Parallel;
use super::reading::value;
use crate::ui::chart::figure;
use crate::ui::format::integer;
use crate::ui::link::Link;

/// The most rows that are written out.
const LIMIT: usize = 500;

/// The things that pass the brushes with their values, at most 500.
pub(super) fn table(parallel: Parallel) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let passing = parallel.passing.read();
        (0..passing.len()).filter(|line| passing.get(*line).copied().unwrap_or_default()).collect::<Vec<_>>()
    });
    let note = move || {
        let n = shown.read().len();
        (n > LIMIT).then(|| {
            let (limit, n) = (integer(LIMIT as u64), integer(n as u64));
            view! { <p class="chart-notes">{format!("The first {limit} of {n} rows. The CSV file has all.")}</p> }
        })
    };
    let heads = move || {
        let dimensions = parallel.dimensions.get();
        dimensions.into_iter().map(|dimension| view! { <th scope="col">{dimension.name}</th> }).collect_view()
    };
    let rows = move || {
        let (strands, dimensions) = (parallel.strands.read(), parallel.dimensions.read());
        let row = |line: &usize| {
            let strand = strands.get(*line)?.clone();
            let cells: Vec<_> =
                dimensions.iter().map(|dimension| view! { <td>{value(dimension, *line)}</td> }).collect();
            Some(view! { <tr><th scope="row"><Link href=strand.href>{strand.name}</Link></th>{cells}</tr> })
        };
        shown.read().iter().take(LIMIT).filter_map(row).collect_view()
    };
    view! { {note} {figure::table(parallel.title, view! { <th scope="col">"Name"</th> {heads} }, rows)} }
}
