//! How keys move the focus from cell to cell.

/// A cell of the grid. Line 0 is the header, line `n` is row `n - 1`; columns count from 0 as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The line, 0 for the header.
    pub(super) line: usize,
    /// The column, from the left.
    pub(super) column: usize,
}

/// A step that a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One column left.
    Left,
    /// One column right.
    Right,
    /// The first cell of the line.
    LineStart,
    /// The last cell of the line.
    LineEnd,
    /// The first cell of the first row.
    Start,
    /// The last cell of the last row.
    End,
    /// A view up.
    PageUp,
    /// A view down.
    PageDown,
}

/// How far the focus may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Rows without the header.
    pub(super) rows: usize,
    /// Columns shown.
    pub(super) columns: usize,
    /// Rows that a page key passes.
    pub(super) page: usize,
}

impl Step {
    /// The step for a key by its DOM name; `control` is the Control or Command key.
    pub(super) fn of_key(key: &str, control: bool) -> Option<Self> {
        Some(match (key, control) {
            ("ArrowUp" | "k", false) => Self::Up,
            ("ArrowDown" | "j", false) => Self::Down,
            ("ArrowLeft", false) => Self::Left,
            ("ArrowRight", false) => Self::Right,
            ("Home", false) => Self::LineStart,
            ("End", false) => Self::LineEnd,
            ("Home", true) => Self::Start,
            ("End", true) => Self::End,
            ("PageUp", false) => Self::PageUp,
            ("PageDown", false) => Self::PageDown,
            _ => return None,
        })
    }
}

impl Place {
    /// The row, `None` in the header.
    pub(super) fn row(self) -> Option<usize> {
        self.line.checked_sub(1)
    }

    /// Where `step` leads, within `bounds`.
    pub(super) fn after(self, step: Step, bounds: Bounds) -> Self {
        let last = bounds.columns.saturating_sub(1);
        let Self { line, column } = self;
        let (line, column) = match step {
            Step::Up => (line.saturating_sub(1), column),
            Step::Down => (line + 1, column),
            Step::Left => (line, column.saturating_sub(1)),
            Step::Right => (line, column + 1),
            Step::LineStart => (line, 0),
            Step::LineEnd => (line, last),
            Step::Start => (1, 0),
            Step::End => (bounds.rows, last),
            Step::PageUp => (line.saturating_sub(bounds.page).max(line.min(1)), column),
            Step::PageDown => (line + bounds.page, column),
        };
        Self { line, column }.within(bounds)
    }

    /// The nearest place that exists.
    pub(super) fn within(self, bounds: Bounds) -> Self {
        Self { line: self.line.min(bounds.rows), column: self.column.min(bounds.columns.saturating_sub(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Place, Step};

    const BOUNDS: Bounds = Bounds { rows: 100, columns: 5, page: 20 };

    #[track_caller]
    fn check(from: (usize, usize), step: Step, to: (usize, usize)) {
        let place = Place { line: from.0, column: from.1 }.after(step, BOUNDS);
        assert_eq!((place.line, place.column), to);
    }

    #[test]
    fn arrows_move_by_one_and_stop_at_the_edges() {
        check((3, 2), Step::Up, (2, 2));
        check((1, 2), Step::Up, (0, 2));
        check((0, 2), Step::Up, (0, 2));
        check((100, 2), Step::Down, (100, 2));
        check((3, 0), Step::Left, (3, 0));
        check((3, 4), Step::Right, (3, 4));
    }

    #[test]
    fn home_and_end_stay_in_the_line_and_with_control_go_to_the_corners() {
        check((3, 2), Step::LineStart, (3, 0));
        check((3, 2), Step::LineEnd, (3, 4));
        check((3, 2), Step::Start, (1, 0));
        check((3, 2), Step::End, (100, 4));
        assert_eq!(Step::of_key("End", true), Some(Step::End));
    }

    #[test]
    fn page_keys_stay_among_the_rows() {
        check((50, 1), Step::PageUp, (30, 1));
        check((5, 1), Step::PageUp, (1, 1));
        check((0, 1), Step::PageUp, (0, 1));
        check((95, 1), Step::PageDown, (100, 1));
    }

    #[test]
    fn the_focus_follows_a_table_that_became_smaller() {
        let bounds = Bounds { rows: 3, columns: 2, page: 20 };
        assert_eq!(Place { line: 90, column: 4 }.within(bounds), Place { line: 3, column: 1 });
    }
}
