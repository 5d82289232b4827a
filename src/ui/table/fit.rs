//! Whether what a cell shows fits into it, without measuring: browsers take long to cut what needs no cutting.

use super::layout::Mounted;
use super::{Cell, RowView};

/// What stands beside the content of a cell on both sides, in CSS pixels at the usual size of text.
const PADDING: f64 = 16.0;
/// How far each level of groups shifts what names a row.
const INDENT: f64 = 16.0;
/// A mark before a text: a star, or the colour of a run.
const MARK: f64 = 20.0;

/// Whether what a row shows in a column `width` CSS pixels wide may have to be cut, where text has `scale` times its usual
/// size. It says so rather once too often.
pub(super) fn may_be_cut(row: &RowView, mounted: Mounted, width: f64, scale: f64) -> bool {
    let (cells, level) = match row {
        RowView::Loading => return false,
        RowView::Group { .. } if mounted.first => return true,
        RowView::Row { cells, level, .. } | RowView::Group { cells, level, .. } => (cells, *level),
    };
    let Some(cell) = mounted.source.and_then(|source| cells.get(source)) else { return false };
    let indent = if mounted.first { level as f64 * INDENT } else { 0.0 };
    needed(cell).is_none_or(|needed| (needed + PADDING + indent) * scale > width)
}

/// How wide the content may be, in CSS pixels; `None` where that is anyone's guess.
fn needed(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Text(text) | Cell::Number { text, .. } => Some(of_text(text)),
        Cell::Measure { text, change, .. } => {
            Some(MARK + of_text(text) + change.as_deref().map_or(0.0, of_text))
        }
        Cell::Missing => Some(0.0),
        Cell::Link { text, mark, .. } => Some(of_text(text) + if mark.is_some() { MARK } else { 0.0 }),
        Cell::Sparkline { .. } | Cell::Custom(_) => None,
    }
}

fn of_text(text: &str) -> f64 {
    let wide = |character: char| match character {
        'A'..='Z' | 'm' | 'w' | '@' | '%' => 12.0,
        ' '..='~' => 8.5,
        _ => 15.0,
    };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::table::Align;

    const MOUNTED: Mounted = Mounted {
        place: 1,
        source: Some(0),
        align: Align::Start,
        pinned: false,
        edge: false,
        editable: false,
        first: true,
        after_gap: false,
    };

    fn is_cut(cell: Cell, level: usize, width: f64) -> bool {
        let row = RowView::Row { cells: vec![cell], href: None, level, selected: false, current: false };
        may_be_cut(&row, MOUNTED, width, 1.0)
    }

    #[test]
    fn what_fits_is_not_cut() {
        let text = || Cell::Text("run-0099999".to_owned());
        assert!(!is_cut(text(), 0, 160.0));
        assert!(is_cut(text(), 4, 160.0), "it is shifted by its groups");
        assert!(is_cut(text(), 0, 100.0));
        assert!(is_cut(Cell::Text("WWWWWWWWWWWW".to_owned()), 0, 140.0), "some letters are wide");
        assert!(!is_cut(Cell::Missing, 0, 48.0));
        assert!(!may_be_cut(&RowView::Loading, MOUNTED, 48.0, 1.0));
    }

    #[test]
    fn larger_text_needs_more_room() {
        let row = |text: &str| RowView::Row {
            cells: vec![Cell::Text(text.to_owned())],
            href: None,
            level: 0,
            selected: false,
            current: false,
        };
        assert!(!may_be_cut(&row("0.125"), MOUNTED, 80.0, 1.0));
        assert!(may_be_cut(&row("0.125"), MOUNTED, 80.0, 2.0));
    }
}
