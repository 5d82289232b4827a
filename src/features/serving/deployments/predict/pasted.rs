//! Cells that come from a spreadsheet or a file. Pure.

/// The cells in a text of several: separated by tabs as spreadsheets copy them, or by commas or semicolons as in a file.
/// `None` for a single value, which goes where it is pasted.
pub(super) fn cells(text: &str) -> Option<Vec<Vec<String>>> {
    let text = text.trim_end_matches(['\r', '\n']);
    let separator = if text.contains('\t') {
        '\t'
    } else if text.contains('\n') {
        let first = text.lines().next().unwrap_or_default();
        if first.contains(';') && !first.contains(',') { ';' } else { ',' }
    } else {
        return None;
    };
    Some(split(text, separator))
}

/// Rows and cells after RFC 4180: between quotes a cell may hold anything, with quotes doubled.
fn split(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter if letter == separator && !is_quoted => row.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    row.push(cell);
    rows.push(row);
    rows
}

/// The cells under each column, where the first row names columns: all that are there are in it, in any order.
pub(super) fn by_heading(cells: &[Vec<String>], columns: &[&str]) -> Option<Vec<Vec<String>>> {
    let (heading, rows) = cells.split_first()?;
    let places: Vec<Option<usize>> =
        columns.iter().map(|column| heading.iter().position(|name| name.trim() == *column)).collect();
    let is_heading = places.iter().any(Option::is_some)
        && heading.iter().all(|name| columns.contains(&name.trim()) || name.trim().is_empty());
    let row = |row: &Vec<String>| {
        let cell =
            |place: &Option<usize>| place.and_then(|place| row.get(place)).cloned().unwrap_or_default();
        places.iter().map(cell).collect()
    };
    is_heading.then(|| rows.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_value_is_no_table() {
        for text in ["", "1.5", "a, b; c", "one line\n"] {
            assert_eq!(cells(text), None, "{text:?}");
        }
    }

    #[test]
    fn spreadsheets_and_files_are_split_into_cells() {
        for (text, expected) in [
            ("1\t2\r\n3\t\r\n", vec![vec!["1", "2"], vec!["3", ""]]),
            ("1\t2", vec![vec!["1", "2"]]),
            ("a,b\n1,\"x, \"\"y\"\"\nz\"", vec![vec!["a", "b"], vec!["1", "x, \"y\"\nz"]]),
            ("a;b\n1,5;2", vec![vec!["a", "b"], vec!["1,5", "2"]]),
            ("1\n2\n", vec![vec!["1"], vec!["2"]]),
            ("5\"\t6", vec![vec!["5\"", "6"]]),
        ] {
            assert_eq!(cells(text).unwrap_or_default(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_heading_says_which_column_is_which() {
        let found = cells("y\tx\n1\t2\n3\t4").unwrap_or_default();
        let by = |columns: &[&str]| by_heading(&found, columns);
        let expected =
            |rows: &[[&str; 2]]| Some(rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect());
        assert_eq!(by(&["x", "y"]), expected(&[["2", "1"], ["4", "3"]]));
        assert_eq!(by(&["x", "z"]), None, "y is no column");
        assert_eq!(by_heading(&[vec!["1".to_owned()]], &["x"]), None);
    }
}
