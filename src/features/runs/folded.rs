//! Sections of charts that somebody folded away; the browser keeps them between visits.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::ui::{keep, kept};

const NAME: &str = "chart-sections.folded";
/// How many sections are kept; the oldest are forgotten first.
const MOST: usize = 100;

/// Whether the section was folded away when one last looked at charts.
pub(super) fn is_folded(title: &str) -> bool {
    kept(NAME).is_some_and(|all| all.lines().any(|folded| folded == title))
}

/// Keeps whether a section is folded away, once that changed.
pub(super) fn note(title: &str, event: &Event) {
    if let Some(details) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let now = noted(&kept(NAME).unwrap_or_default(), title, !details.has_attribute("open"));
        keep(NAME, Some(now).filter(|now| !now.is_empty()).as_deref());
    }
}

/// The folded sections, one a line, after this one was folded or opened.
fn noted(before: &str, title: &str, is_folded: bool) -> String {
    let others = before.lines().filter(|folded| *folded != title);
    let mut all: Vec<_> = others.chain(is_folded.then_some(title)).collect();
    all.drain(..all.len().saturating_sub(MOST));
    all.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_noted_once_and_forgotten_when_it_is_opened() {
        assert_eq!(noted("", "val", true), "val");
        assert_eq!(noted("train\nval", "train", true), "val\ntrain");
        assert_eq!(noted("train\nval", "train", false), "val");
    }

    #[test]
    fn only_the_last_ones_are_kept() {
        let many: Vec<_> = (0..MOST).map(|n| n.to_string()).collect();
        let now = noted(&many.join("\n"), "new", true);
        assert_eq!(
            (now.lines().count(), now.lines().next(), now.lines().last()),
            (MOST, Some("1"), Some("new"))
        );
    }
}
