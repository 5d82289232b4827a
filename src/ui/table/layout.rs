//! Where the columns of a table stand.

use std::collections::HashMap;
use std::ops::Range;

use super::{Align, Column};

/// The width of the checkbox column, in CSS pixels.
const CHECK_WIDTH: f64 = 36.0;
/// The narrowest that a column may be made, in CSS pixels.
pub(super) const MIN_WIDTH: f64 = 48.0;
/// The widest that a column may be made, in CSS pixels.
pub(super) const MAX_WIDTH: f64 = 1_200.0;
/// Tables with more columns mount only those in view.
const MAX_MOUNTED: usize = 24;

/// What a column of the grid holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// The checkboxes.
    Check,
    /// A column of the owner.
    Data {
        /// Its number among the owner's columns.
        source: usize,
        /// As the owner described it.
        column: Column,
    },
}

/// A column in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// What it holds.
    pub(super) content: Content,
    /// From the left edge of the table, in CSS pixels.
    pub(super) left: f64,
    /// In CSS pixels.
    pub(super) width: f64,
    /// Whether it stays in view.
    pub(super) pinned: bool,
}

/// What a row needs to know of a mounted column; free of widths, so that resizing redraws no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mounted {
    /// The number in the grid, from 0 at the left.
    pub(super) place: usize,
    /// The number among the owner's columns; `None` for the checkboxes.
    pub(super) source: Option<usize>,
    /// The side on which the content stands.
    pub(super) align: Align,
    /// Whether it stays in view.
    pub(super) pinned: bool,
    /// Whether it is the last that stays in view.
    pub(super) edge: bool,
    /// Whether its cells can be edited.
    pub(super) editable: bool,
    /// Whether it names the row.
    pub(super) first: bool,
    /// Whether columns before this one are not mounted.
    pub(super) after_gap: bool,
}

/// The columns in the order shown: checkboxes, pinned ones, the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layout {
    /// From the left.
    pub(super) columns: Vec<Placed>,
}

impl Layout {
    /// Places `columns`; `widths` are those chosen by hand, by column id.
    pub(super) fn new(columns: &[Column], widths: &HashMap<String, f64>, selectable: bool) -> Self {
        let check = selectable.then_some((Content::Check, CHECK_WIDTH, true));
        let (pinned, rest): (Vec<_>, Vec<_>) =
            columns.iter().enumerate().partition(|(_, column)| column.pinned);
        let data = pinned.into_iter().chain(rest).map(|(source, column)| {
            let width = widths.get(&column.id).copied().unwrap_or(column.width).clamp(MIN_WIDTH, MAX_WIDTH);
            (Content::Data { source, column: column.clone() }, width, column.pinned)
        });
        let mut left = 0.0;
        let columns = check
            .into_iter()
            .chain(data)
            .map(|(content, width, pinned)| {
                let placed = Placed { content, left, width, pinned };
                left += width;
                placed
            })
            .collect();
        Self { columns }
    }

    /// The value of `grid-template-columns`; the last track fills what is left.
    pub(super) fn template(&self) -> String {
        let mut template = String::new();
        for placed in &self.columns {
            template.push_str(&format!("{}px ", placed.width));
        }
        template + "minmax(0, 1fr)"
    }

    /// Where the column with this id is.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        let is_it =
            |placed: &Placed| matches!(&placed.content, Content::Data { column, .. } if column.id == id);
        self.columns.iter().position(is_it)
    }

    /// The width of all columns, in CSS pixels.
    pub(super) fn width(&self) -> f64 {
        self.columns.last().map_or(0.0, |placed| placed.left + placed.width)
    }

    /// Where the column at `place` sticks, as a CSS length; `None` when it does not.
    pub(super) fn sticks_at(&self, place: usize) -> Option<String> {
        self.columns.get(place).filter(|placed| placed.pinned).map(|placed| format!("{}px", placed.left))
    }

    /// The number of columns that stay in view.
    pub(super) fn pinned(&self) -> usize {
        self.columns.iter().take_while(|placed| placed.pinned).count()
    }

    /// The columns to mount when the table is scrolled to `scroll` in a view `width` wide.
    pub(super) fn mounted(&self, scroll: f64, width: f64) -> Vec<Mounted> {
        let n_pinned = self.pinned();
        let across = self.across(scroll, width);
        let gap = across.start > n_pinned;
        (0..n_pinned)
            .chain(across.clone())
            .filter_map(|place| {
                let placed = self.columns.get(place)?;
                let pinned = placed.pinned;
                let after_gap = gap && place == across.start;
                let (source, align, editable) = match &placed.content {
                    Content::Check => (None, Align::Start, false),
                    Content::Data { source, column } => (Some(*source), column.align, column.editable),
                };
                let first =
                    source.is_some() && (place == 0 || self.columns[place - 1].content == Content::Check);
                let edge = pinned && place + 1 == n_pinned;
                Some(Mounted { place, source, align, pinned, edge, editable, first, after_gap })
            })
            .collect()
    }

    /// The unpinned columns to mount when the table is scrolled to `scroll` in a view `width` wide.
    fn across(&self, scroll: f64, width: f64) -> Range<usize> {
        let pinned = self.pinned();
        if self.columns.len() <= MAX_MOUNTED {
            return pinned..self.columns.len();
        }
        let from = scroll + self.pinned_width();
        let first = self.columns.partition_point(|placed| placed.left + placed.width <= from);
        let end = self.columns.partition_point(|placed| placed.left < scroll + width);
        let first = first.saturating_sub(2).max(pinned);
        first..(end + 2).min(self.columns.len()).max(first)
    }

    /// Whether the column at `place` has room for whatever its rows show.
    pub(super) fn is_roomy(&self, place: usize) -> bool {
        self.columns.get(place).is_some_and(|placed| match &placed.content {
            Content::Check => true,
            Content::Data { column, .. } => column.room.is_some_and(|room| placed.width >= room),
        })
    }

    /// The scroll position that shows the column at `place` whole, `None` when it is shown already.
    pub(super) fn scroll_to_show(&self, place: usize, scroll: f64, width: f64) -> Option<f64> {
        let column = self.columns.get(place).filter(|placed| !placed.pinned)?;
        let free = self.pinned_width();
        if column.left < scroll + free {
            Some(column.left - free)
        } else if column.left + column.width > scroll + width {
            Some((column.left + column.width - width).min(column.left - free))
        } else {
            None
        }
    }

    fn pinned_width(&self) -> f64 {
        self.columns[..self.pinned()].last().map_or(0.0, |placed| placed.left + placed.width)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Column, Layout};

    fn layout(count: usize) -> Layout {
        let columns: Vec<_> = (0..count)
            .map(|place| Column { width: 100.0, pinned: place == 2, ..Column::new(place.to_string(), "") })
            .collect();
        Layout::new(&columns, &HashMap::new(), false)
    }

    #[test]
    fn pinned_columns_come_first_after_the_checkboxes() {
        let columns = [Column::new("name", "Name"), Column { pinned: true, ..Column::new("run", "Run") }];
        let layout = Layout::new(&columns, &HashMap::from([("run".to_owned(), 200.0)]), true);
        assert_eq!(layout.template(), "36px 200px 160px minmax(0, 1fr)");
        let sources: Vec<_> = layout.mounted(0.0, 400.0).iter().map(|mounted| mounted.source).collect();
        assert_eq!(sources, [None, Some(1), Some(0)]);
    }

    #[test]
    fn a_table_of_many_columns_mounts_those_in_view() {
        assert_eq!(layout(10).across(0.0, 400.0), 1..10);
        assert_eq!(layout(300).across(0.0, 400.0), 1..6);
        assert_eq!(layout(300).across(5_000.0, 400.0), 49..56);
        assert_eq!(layout(300).across(29_600.0, 400.0).end, 300);
    }

    #[test]
    fn the_first_column_after_unmounted_ones_is_marked() {
        let mounted = layout(300).mounted(5_000.0, 400.0);
        assert_eq!((mounted[0].place, mounted[0].pinned, mounted[0].after_gap), (0, true, false));
        assert_eq!((mounted[1].place, mounted[1].pinned, mounted[1].after_gap), (49, false, true));
    }

    #[test]
    fn a_column_behind_the_pinned_one_is_scrolled_out_from_under_it() {
        assert_eq!(layout(10).scroll_to_show(1, 50.0, 400.0), Some(0.0));
        assert_eq!(layout(10).scroll_to_show(3, 0.0, 400.0), None);
        assert_eq!(layout(10).scroll_to_show(4, 0.0, 400.0), Some(100.0));
        assert_eq!(layout(10).scroll_to_show(0, 500.0, 400.0), None);
    }
}
