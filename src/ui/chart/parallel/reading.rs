//! What is read of a chart of parallel axes.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::chart::Parallel;
use super::dimension::{Dimension, Values};
use crate::ui::format::{NOTHING, integer, number};
use crate::ui::link::Link;

/// What one value is, in words.
pub(super) fn value(dimension: &Dimension, line: usize) -> String {
    let told = match &dimension.values {
        Values::Numbers(numbers) => numbers.get(line).copied().flatten().map(number),
        Values::Names(names) => names.get(line).cloned().flatten(),
    };
    told.unwrap_or_else(|| NOTHING.to_owned())
}

fn told(parallel: Parallel, line: usize) -> String {
    let dimensions = parallel.dimensions.read();
    let values = dimensions.iter().map(|dimension| format!("{} {}", dimension.name, value(dimension, line)));
    values.collect::<Vec<_>>().join(", ")
}

/// The line that is read, or how many lines there are.
pub(super) fn reading(parallel: Parallel) -> AnyView {
    let current = parallel.current.get();
    if let Some((line, strand)) =
        current.and_then(|line| Some((line, parallel.strands.read().get(line)?.clone())))
    {
        let told = told(parallel, line);
        return view! { <Link href=strand.href>{strand.name}</Link> ": " {told} }.into_any();
    }
    let passing = parallel.passing.read();
    let (n, all) = (passing.iter().filter(|passes| **passes).count(), passing.len());
    let (n, all) = (integer(n as u64), integer(all as u64));
    if parallel.is_brushed() {
        format!("{n} of {all} lines pass the brushes.").into_any()
    } else {
        "Drag along an axis to brush it, or drag its name to put it elsewhere.".into_any()
    }
}

/// What a key chose, read aloud; else how many lines pass.
pub(super) fn spoken(parallel: Parallel) -> Option<String> {
    match parallel.current.get().filter(|_| parallel.by_key.get()) {
        Some(line) => {
            let name = parallel.strands.read().get(line)?.name.clone();
            Some(format!("{name}: {}", told(parallel, line)))
        }
        None => parallel.is_brushed().then(|| {
            let passing = parallel.passing.read();
            let n = passing.iter().filter(|passes| **passes).count();
            format!("{} of {} lines pass", integer(n as u64), integer(passing.len() as u64))
        }),
    }
}

/// Which lines do not cross which axes, so that nothing goes missing in silence.
pub(super) fn without(parallel: Parallel) -> Option<String> {
    let plot = parallel.plot.read();
    let axes = plot.as_ref()?.axes.iter().filter(|axis| axis.without > 0);
    let told: Vec<_> =
        axes.map(|axis| format!("{} on {}", integer(axis.without as u64), axis.name)).collect();
    (!told.is_empty()).then(|| format!("Lines without a place: {}.", told.join(", ")))
}

/// Goes from line to line, of those that pass.
pub(super) fn pressed(parallel: Parallel, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let passing = parallel.passing.get_untracked();
    let lines = || (0..passing.len()).filter(|line| passing.get(*line).copied().unwrap_or_default());
    let present = parallel.current.get_untracked();
    let next = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => {
            lines().find(|line| present.is_none_or(|present| *line > present)).or(present)
        }
        "ArrowLeft" | "ArrowUp" => {
            lines().rfind(|line| present.is_none_or(|present| *line < present)).or(present)
        }
        "Home" => lines().next(),
        "End" => lines().next_back(),
        "Escape" if present.is_some() => None,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    parallel.by_key.set(true);
    parallel.current.set(next);
}
