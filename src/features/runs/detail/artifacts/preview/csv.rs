//! Comma-separated values as rows of cells. Pure.

/// A table that was read from text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    /// The cells of the first line.
    pub(super) head: Vec<String>,
    /// The cells of the other lines.
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows have more or fewer cells than the first line.
    pub(super) n_uneven: usize,
}

impl Sheet {
    /// How many columns the longest line has.
    pub(super) fn n_columns(&self) -> usize {
        self.rows.iter().map(Vec::len).chain([self.head.len()]).max().unwrap_or(0)
    }
}

/// Reads a text; of a part the line that it cuts is left out.
///
/// # Errors
/// The number of the line in which a quotation begins that does not end.
pub(super) fn read(text: &str, separator: char, is_whole: bool) -> Result<Sheet, usize> {
    let mut lines = Lines { rest: text.chars(), separator, number: 1 };
    let mut all = Vec::new();
    loop {
        let begin = lines.number;
        match lines.next_line() {
            Line::Whole(cells) => all.extend(Some(cells).filter(|cells| !is_blank(cells))),
            Line::Last(cells) => {
                all.extend(Some(cells).filter(|cells| is_whole && !is_blank(cells)));
                break;
            }
            Line::Open if is_whole => return Err(begin),
            Line::Open => break,
        }
    }
    let mut lines = all.into_iter();
    let head = lines.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = lines.collect();
    let n_uneven = rows.iter().filter(|row| row.len() != head.len()).count();
    Ok(Sheet { head, rows, n_uneven })
}

/// What parts the cells: of comma, semicolon and tab the one that the first line has most often.
pub(super) fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    // Of several that are as frequent the last one is taken.
    ['\t', ';', ','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

fn is_blank(cells: &[String]) -> bool {
    matches!(cells, [only] if only.is_empty())
}

enum Line {
    /// A line with an end.
    Whole(Vec<String>),
    /// The text behind the last end of a line; it may be cut.
    Last(Vec<String>),
    /// The text ends within quotation marks.
    Open,
}

struct Lines<'t> {
    rest: std::str::Chars<'t>,
    separator: char,
    /// The number of the line that is read, from 1.
    number: usize,
}

impl Lines<'_> {
    fn next_line(&mut self) -> Line {
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut is_quoted = false;
        while let Some(letter) = self.rest.next() {
            if letter == '\n' {
                self.number += 1;
            }
            match letter {
                '"' if is_quoted && self.rest.as_str().starts_with('"') => cell.extend(self.rest.next()),
                '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
                _ if is_quoted => cell.push(letter),
                '\r' if self.rest.as_str().starts_with('\n') => {}
                '\n' => {
                    cells.push(cell);
                    return Line::Whole(cells);
                }
                _ if letter == self.separator => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(letter),
            }
        }
        cells.push(cell);
        if is_quoted { Line::Open } else { Line::Last(cells) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, is_whole: bool) -> Vec<Vec<String>> {
        let sheet = read(text, ',', is_whole).unwrap();
        [vec![sheet.head], sheet.rows].concat()
    }

    #[test]
    fn cells_are_parted_and_quotations_kept_together() {
        let text = "a,b,c\r\n1,\"x, \"\"y\"\"\nz\",\n\n2,,3";
        assert_eq!(rows(text, true), [["a", "b", "c"], ["1", "x, \"y\"\nz", ""], ["2", "", "3"]]);
    }

    #[test]
    fn of_a_part_the_line_that_it_cuts_is_left_out() {
        assert_eq!(rows("a,b\n1,2\n3,4", false), [["a", "b"], ["1", "2"]]);
        assert_eq!(rows("a,b\n1,2\n3,\"4", false), [["a", "b"], ["1", "2"]]);
    }

    #[test]
    fn a_quotation_without_an_end_is_named_by_its_line() {
        assert_eq!(read("a,b\n1,2\n3,\"4\n5,6\n", ',', true), Err(3));
    }

    #[test]
    fn lines_of_another_length_are_counted() {
        let sheet = read("a,b\n1\n1,2\n1,2,3\n", ',', true).unwrap();
        assert_eq!((sheet.rows.len(), sheet.n_uneven, sheet.n_columns()), (3, 2, 3));
        assert_eq!(read("", ',', true), Ok(Sheet::default()));
    }

    #[test]
    fn the_separator_is_found_in_the_first_line() {
        for (text, separated_by) in [("a;b;c\n1,5;2;3", ';'), ("a\tb", '\t'), ("a,b", ','), ("a", ',')] {
            assert_eq!(separator(text), separated_by, "{text}");
        }
    }
}
