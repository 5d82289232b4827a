//! Statements: text that only ever comes from the program, and values beside it.

use super::value::Value;

/// A list of up to so many values is never filled up: it may be a row.
const MOST_AS_THEY_ARE: usize = 8;
/// Nor is one of more than so many: databases bind no more than some ten thousand values.
const MOST_FILLED_UP: usize = 8_192;

/// A statement and its values. Its text grows by literals of the program alone, so no value can become SQL.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A statement that begins with `text`, which may name the values to come as `$1`, `$2` and so on.
    #[must_use]
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds the value of the next `$n` that the text names already.
    #[must_use]
    pub fn with(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends text.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends the place of a value, and the value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Appends a number as text: where a parameter would keep the planner from using an index.
    pub fn push_number(&mut self, number: u64) -> &mut Self {
        self.text.push_str(&number.to_string());
        self
    }

    /// Appends the values of each row in brackets, with commas between: what follows `VALUES`.
    pub fn push_rows<const N: usize>(&mut self, rows: impl IntoIterator<Item = [Value; N]>) -> &mut Self {
        for (n, row) in rows.into_iter().enumerate() {
            self.push(if n == 0 { "(" } else { ", (" });
            for (m, value) in row.into_iter().enumerate() {
                if m > 0 {
                    self.push(", ");
                }
                self.bind(value);
            }
            self.push(")");
        }
        self
    }

    /// Appends values with commas between: what stands in the brackets after `IN`. The last one of many is repeated until
    /// there are as many as a power of two, so that lists of all lengths make few statements, each of which a connection
    /// keeps.
    pub fn push_list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if let Some(last) = values.last().cloned()
            && (MOST_AS_THEY_ARE..=MOST_FILLED_UP).contains(&values.len())
        {
            values.resize(values.len().next_power_of_two(), last);
        }
        for (n, value) in values.into_iter().enumerate() {
            if n > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self
    }

    /// Appends another statement; its values follow ours. It must have been built by `bind`, from nothing.
    pub fn append(&mut self, other: Self) -> &mut Self {
        let offset = self.values.len();
        let mut pieces = other.text.split('$');
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let n_digits = piece.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = piece.split_at(n_digits);
            let place = number.parse::<usize>().unwrap_or(0) + offset;
            self.text.push('$');
            self.text.push_str(&place.to_string());
            self.text.push_str(rest);
        }
        self.values.extend(other.values);
        self
    }

    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }

    /// The statement with `?` for each place, and the values in the order of their places. SQLite looks for the name of a
    /// place among all before it, so that named ones would cost the square of their number.
    pub(super) fn into_unnamed(self) -> (String, Vec<Value>) {
        let mut text = String::with_capacity(self.text.len());
        let mut places = Vec::with_capacity(self.values.len());
        let mut pieces = self.text.split('$');
        text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let n_digits = piece.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = piece.split_at(n_digits);
            places.push(number.parse::<usize>().unwrap_or(0));
            text.push('?');
            text.push_str(rest);
        }
        if places.iter().copied().eq(1..=self.values.len()) {
            return (text, self.values);
        }
        let value = |place: usize| {
            let value = place.checked_sub(1).and_then(|place| self.values.get(place));
            value.cloned().unwrap_or(Value::Integer(None))
        };
        (text, places.into_iter().map(value).collect())
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// `text` with what `LIKE` takes for wildcards escaped by a backslash: to be used with `ESCAPE '\'`.
#[must_use]
pub fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appended_statement_counts_on() {
        let mut first = Sql::default();
        first.push("a = ").bind(1_i64);
        let mut second = Sql::default();
        second.push("b = ").bind(2_i64).push(" OR c = ").bind("x");
        first.push(" AND (").append(second).push(")");
        let (text, values) = first.into_parts();
        assert_eq!(text, "a = $1 AND (b = $2 OR c = $3)");
        assert_eq!(values, [Value::from(1_i64), Value::from(2_i64), Value::from("x")]);
    }

    #[test]
    fn places_without_names_have_their_values_in_order() {
        let sql = Sql::new("a = $2 AND (b = $1 OR c = $2)").with(1_i64).with("x");
        let (text, values) = sql.into_unnamed();
        assert_eq!(text, "a = ? AND (b = ? OR c = ?)");
        assert_eq!(values, [Value::from("x"), Value::from(1_i64), Value::from("x")]);
        let mut list = Sql::new("a IN (");
        list.push_list([7_i64; 16]).push(")");
        let (text, values) = list.into_unnamed();
        assert_eq!(text, format!("a IN ({})", ["?"; 16].join(", ")));
        assert_eq!(values, [const { Value::Integer(Some(7)) }; 16]);
    }

    #[test]
    fn rows_are_numbered_through() {
        let mut sql = Sql::new("INSERT INTO t VALUES ");
        sql.push_rows([[Value::from(1_i64), Value::from("a")], [Value::from(2_i64), Value::from("b")]]);
        assert_eq!(sql.into_parts().0, "INSERT INTO t VALUES ($1, $2), ($3, $4)");
    }

    #[test]
    fn long_lists_have_few_lengths() {
        let text = |n: i64| {
            let mut sql = Sql::default();
            sql.push_list(1..=n);
            sql.into_parts()
        };
        assert_eq!(text(3).0, "$1, $2, $3");
        assert_eq!(text(9).0, text(16).0);
        assert_eq!(text(9).1.last(), Some(&Value::from(9_i64)));
        assert_eq!(text(1_000).0, text(1_024).0);
        assert_eq!([0, 20_000].map(|n| text(n).1.len()), [0, 20_000]);
    }

    #[test]
    fn wildcards_lose_their_meaning() {
        assert_eq!(escape_like(r"50%_\"), r"50\%\_\\");
    }
}
