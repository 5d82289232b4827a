//! Which rows of a long table are mounted, and where they stand.

use std::ops::Range;

/// Browsers lose pixels above about 17 million; taller tables scroll on a reduced scale.
const MAX_HEIGHT: f64 = 15_000_000.0;
/// Rows kept ready above and below the view.
const OVERSCAN: usize = 8;
/// Rows mounted at most, unless the view alone shows more.
const MAX_MOUNTED: usize = 60;

/// The rows of a table as one long strip, seen through a view; lengths in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Strip {
    /// How many rows there are.
    pub(crate) rows: usize,
    /// The height of each row, above 0.
    pub(crate) row_height: f64,
    /// The height of the part in which rows are seen.
    pub(crate) view: f64,
}

impl Strip {
    /// The height of the element that scrolls, at most 15 million pixels.
    pub(crate) fn body_height(&self) -> f64 {
        self.full_height().min(MAX_HEIGHT)
    }

    /// Whether the strip is taller than the element that scrolls.
    pub(crate) fn is_scaled(&self) -> bool {
        self.full_height() > MAX_HEIGHT
    }

    /// The rows that are seen at least in part when the element is scrolled by `scroll`.
    pub(crate) fn visible(&self, scroll: f64) -> Range<usize> {
        let top = self.top(scroll);
        let first = (top / self.row_height).floor() as usize;
        let end = ((top + self.view) / self.row_height).ceil() as usize;
        first.min(self.rows)..end.min(self.rows)
    }

    /// The rows to mount: those seen and some beside them.
    pub(crate) fn mounted(&self, scroll: f64) -> Range<usize> {
        let visible = self.visible(scroll);
        let spare = MAX_MOUNTED.saturating_sub(visible.len()) / 2;
        let margin = OVERSCAN.min(spare);
        visible.start.saturating_sub(margin)..(visible.end + margin).min(self.rows)
    }

    /// Where `row` stands in the element that scrolls.
    pub(crate) fn offset(&self, row: usize, scroll: f64) -> f64 {
        let place = row as f64 * self.row_height;
        if self.is_scaled() { place - self.top(scroll) + scroll } else { place }
    }

    /// The scroll position that shows `row` whole, `None` when it is shown already.
    pub(crate) fn scroll_to_show(&self, row: usize, scroll: f64) -> Option<f64> {
        self.scroll_to_show_below(0, row, scroll)
    }

    /// As [`Strip::scroll_to_show`], where something covers as much of the view as `covered` rows at its top.
    pub(crate) fn scroll_to_show_below(&self, covered: usize, row: usize, scroll: f64) -> Option<f64> {
        let place = row as f64 * self.row_height;
        let covered = covered as f64 * self.row_height;
        let top = self.top(scroll);
        if place < top + covered && top > 0.0 {
            Some(self.scroll_of(place - covered))
        } else if place + self.row_height > top + self.view {
            Some(self.scroll_of(place + self.row_height - self.view))
        } else {
            None
        }
    }

    /// The row at the top of the view when the element is scrolled by `scroll`, with the part of it that is hidden.
    pub(crate) fn row_at(&self, scroll: f64) -> f64 {
        self.top(scroll) / self.row_height
    }

    /// The scroll position that puts `row` at the top of the view, as far as there are rows below it.
    pub(crate) fn scroll_of_row(&self, row: f64) -> f64 {
        self.scroll_of(row * self.row_height)
    }

    /// How many rows a page key passes, at least 1.
    pub(crate) fn page(&self) -> usize {
        ((self.view / self.row_height).floor() as usize).saturating_sub(1).max(1)
    }

    fn full_height(&self) -> f64 {
        self.rows as f64 * self.row_height
    }

    /// How far down the strip the view begins.
    fn top(&self, scroll: f64) -> f64 {
        let scroll = scroll.clamp(0.0, (self.body_height() - self.view).max(0.0));
        if self.is_scaled() { scroll * self.scale() } else { scroll }
    }

    fn scroll_of(&self, top: f64) -> f64 {
        let scroll = if self.is_scaled() { top / self.scale() } else { top };
        scroll.clamp(0.0, (self.body_height() - self.view).max(0.0))
    }

    /// How many pixels of the strip pass for one pixel scrolled.
    fn scale(&self) -> f64 {
        (self.full_height() - self.view) / (self.body_height() - self.view)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Strip;
    use proptest::prelude::*;

    const SHORT: Strip = Strip { rows: 1_000, row_height: 32.0, view: 640.0 };
    const TALL: Strip = Strip { rows: 2_000_000, row_height: 32.0, view: 640.0 };

    #[test]
    fn rows_beside_the_view_are_mounted() {
        assert_eq!(SHORT.visible(320.0), 10..30);
        assert_eq!(SHORT.mounted(320.0), 2..38);
        assert_eq!(SHORT.mounted(0.0), 0..28);
    }

    #[test]
    fn the_last_row_is_seen_at_the_end() {
        for strip in [SHORT, TALL] {
            let end = strip.body_height() - strip.view;
            assert_eq!(strip.visible(end).end, strip.rows);
            let bottom = strip.offset(strip.rows - 1, end) + strip.row_height;
            assert!((bottom - strip.body_height()).abs() < 0.01, "{bottom}");
        }
    }

    #[test]
    fn a_row_in_view_needs_no_scrolling() {
        assert_eq!(SHORT.scroll_to_show(15, 320.0), None);
        assert_eq!(SHORT.scroll_to_show(9, 320.0), Some(288.0));
        assert_eq!(SHORT.scroll_to_show(30, 320.0), Some(352.0));
    }

    #[test]
    fn a_row_is_shown_below_what_covers_the_top() {
        assert_eq!(SHORT.scroll_to_show_below(2, 12, 320.0), None);
        assert_eq!(SHORT.scroll_to_show_below(2, 11, 320.0), Some(288.0));
        assert_eq!(SHORT.scroll_to_show_below(2, 1, 320.0), Some(0.0));
        assert_eq!(SHORT.scroll_to_show_below(2, 1, 0.0), None);
    }

    #[test]
    fn the_row_at_the_top_stays_there_when_rows_get_another_height() {
        for strip in [SHORT, TALL] {
            let row = strip.row_at(10_016.0);
            let compact = Strip { row_height: 28.0, ..strip };
            assert!((compact.row_at(compact.scroll_of_row(row)) - row).abs() < 0.01, "{row}");
        }
        assert_eq!(SHORT.row_at(10_016.0), 313.0);
        assert_eq!(Strip { rows: 0, ..SHORT }.scroll_of_row(0.0), 0.0);
    }

    #[test]
    fn an_empty_table_mounts_nothing() {
        assert_eq!(Strip { rows: 0, ..SHORT }.mounted(0.0), 0..0);
    }

    proptest! {
        #[test]
        fn at_most_sixty_rows_are_mounted(rows in 0usize..5_000_000, scroll in 0.0f64..2e7, view in 0.0f64..1_800.0) {
            let strip = Strip { rows, row_height: 32.0, view };
            prop_assert!(strip.mounted(scroll).len() <= 60);
        }

        #[test]
        fn every_row_can_be_scrolled_into_view(rows in 1usize..5_000_000, part in 0.0f64..1.0, scroll in 0.0f64..2e7) {
            let strip = Strip { rows, row_height: 32.0, view: 640.0 };
            let row = ((rows - 1) as f64 * part) as usize;
            let scroll = strip.scroll_to_show(row, scroll).unwrap_or(scroll);
            prop_assert!(strip.visible(scroll).contains(&row));
        }
    }
}
