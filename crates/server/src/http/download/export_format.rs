//! How runs are written into a file.

use std::fmt::Write as _;

use models::id::RunId;
use models::label::Label;
use models::metric::MetricValue;
use models::query::Field;
use models::run::ExportFormat;
use models::run_table::{Column, ColumnValues};

/// Writes a file piece by piece.
#[derive(Debug)]
pub(super) struct Writer {
    format: ExportFormat,
    names: Vec<String>,
    has_begun: bool,
}

/// A value of a run.
enum Cell<'c> {
    Missing,
    Number(MetricValue),
    Text(&'c str),
    List(Vec<String>),
}

impl Writer {
    pub(super) fn new(format: ExportFormat, fields: &[Field]) -> Self {
        let names = std::iter::once("run_id".to_owned()).chain(fields.iter().map(ToString::to_string));
        Self { format, names: names.collect(), has_begun: false }
    }

    /// Some more runs, with the beginning of the file before the first.
    pub(super) fn rows(&mut self, ids: &[RunId], columns: &[Column]) -> String {
        let mut text = String::new();
        if ids.is_empty() {
            return text;
        }
        self.begin(&mut text);
        for (row, id) in ids.iter().enumerate() {
            let id = id.mlflow();
            let cells =
                std::iter::once(Cell::Text(&id)).chain(columns.iter().map(|column| cell(column, row)));
            match self.format {
                ExportFormat::Csv => line(&mut text, cells),
                ExportFormat::Json => {
                    text.push_str(if self.has_begun { ",\n" } else { "\n" });
                    self.object(&mut text, cells);
                }
                ExportFormat::JsonLines => {
                    self.object(&mut text, cells);
                    text.push('\n');
                }
            }
            self.has_begun = true;
        }
        text
    }

    /// The end of the file; all of it when there are no runs.
    pub(super) fn end(&mut self) -> String {
        let mut text = String::new();
        self.begin(&mut text);
        if self.format == ExportFormat::Json {
            text.push_str("\n]\n");
        }
        text
    }

    fn begin(&self, text: &mut String) {
        match self.format {
            _ if self.has_begun => {}
            ExportFormat::Csv => line(text, self.names.iter().map(|name| Cell::Text(name))),
            ExportFormat::Json => text.push('['),
            ExportFormat::JsonLines => {}
        }
    }

    fn object<'c>(&self, text: &mut String, cells: impl Iterator<Item = Cell<'c>>) {
        text.push('{');
        for (place, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            let value = match cell {
                Cell::Missing => "null".to_owned(),
                // Neither a number nor a text is ever refused.
                Cell::Number(number) => serde_json::to_string(&number).unwrap_or_default(),
                Cell::Text(own) => json(own),
                Cell::List(own) => {
                    format!("[{}]", own.iter().map(|own| json(own)).collect::<Vec<_>>().join(","))
                }
            };
            let name = json(name);
            let _ = write!(text, "{}{name}:{value}", if place > 0 { "," } else { "" });
        }
        text.push('}');
    }
}

fn cell(column: &Column, row: usize) -> Cell<'_> {
    match &column.values {
        ColumnValues::Numbers(numbers) => {
            numbers.get(row).copied().flatten().map_or(Cell::Missing, Cell::Number)
        }
        ColumnValues::Labels(labels) => Cell::List(labels.at(row).map(Label::text).collect()),
        ColumnValues::Texts(texts) => texts.at(row).map_or(Cell::Missing, |entry| Cell::Text(&entry.text)),
    }
}

fn line<'c>(text: &mut String, cells: impl Iterator<Item = Cell<'c>>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        match cell {
            Cell::Missing => {}
            Cell::Number(number) => {
                // Written as in JSON, where NaN and the infinities are texts.
                text.push_str(serde_json::to_string(&number).unwrap_or_default().trim_matches('"'));
            }
            Cell::Text(own) => quoted(text, own),
            Cell::List(own) => quoted(text, &own.join("; ")),
        }
    }
    text.push_str("\r\n");
}

/// A text that no spreadsheet takes for a formula, in quotes where it needs them. Spreadsheets differ in where they split
/// a line: one that splits at semicolons or tabs does not know our quotes, and finds cells within a text. So there is an
/// apostrophe wherever one of them may see a formula begin.
fn quoted(text: &mut String, own: &str) {
    let mut guarded = String::with_capacity(own.len() + 2);
    if own.starts_with(['\t', '\r', '\n']) {
        guarded.push('\'');
    }
    let mut is_begin = true;
    for character in own.chars() {
        let character = if ends_line_for_some(character) { ' ' } else { character };
        if is_begin && begins_formula(character) {
            guarded.push('\'');
        }
        // Blanks and quotes at the begin of a cell may be dropped.
        is_begin = splits(character) || is_begin && matches!(character, ' ' | '\u{A0}' | '"');
        guarded.push(character);
    }
    if guarded.contains(|character| character == '"' || character == ',' || splits(character)) {
        let _ = write!(text, "\"{}\"", guarded.replace('"', "\"\""));
    } else {
        text.push_str(&guarded);
    }
}

/// Also in the wide forms that some programs make plain ones of.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether some program ends a cell here. Commas are not among them: who splits at them knows our quotes.
fn splits(character: char) -> bool {
    matches!(character, ';' | '|' | '\t' | '\r' | '\n')
}

/// Whether some program ends a line here although it is no end of a line: quotes would not tell it otherwise.
fn ends_line_for_some(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
        || character.is_control() && !matches!(character, '\t' | '\r' | '\n')
}

/// A text as JSON, in one line for whoever reads it.
fn json(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    if !json.contains(ends_line_for_some) {
        return json;
    }
    let mut line = String::with_capacity(json.len());
    for character in json.chars() {
        // Only a text within it can hold one.
        if ends_line_for_some(character) {
            let _ = write!(line, "\\u{:04x}", u32::from(character));
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::run_table::{Dictionary, DictionaryEntry};

    fn written(format: ExportFormat, texts: &[&str], numbers: &[f64]) -> String {
        let fields: Vec<Field> =
            ["params.note", "metrics.loss"].iter().map(|name| name.parse().unwrap()).collect();
        let entries =
            texts.iter().map(|text| DictionaryEntry { text: (*text).to_owned(), id: None }).collect();
        let places = (0..texts.len()).map(|place| u32::try_from(place).ok()).collect();
        let columns = [
            Column { field: fields[0].clone(), values: ColumnValues::Texts(Dictionary { entries, places }) },
            Column {
                field: fields[1].clone(),
                values: ColumnValues::Numbers(
                    numbers.iter().map(|number| Some(MetricValue(*number))).collect(),
                ),
            },
        ];
        let mut writer = Writer::new(format, &fields);
        let mut text = writer.rows(&vec![RunId(uuid::Uuid::nil()); texts.len()], &columns);
        text.push_str(&writer.end());
        text
    }

    const ID: &str = "00000000000000000000000000000000";

    #[test]
    fn a_spreadsheet_gets_texts_and_numbers_but_no_formula() {
        let texts = ["=1+1", "+a", "-5", "@x", "\tx", "plain, \"so\"", "=a,b"];
        let text = written(ExportFormat::Csv, &texts, &[-0.5, f64::NAN, f64::NEG_INFINITY]);
        let lines = [
            "run_id,params.note,metrics.loss".to_owned(),
            format!("{ID},'=1+1,-0.5"),
            format!("{ID},'+a,NaN"),
            format!("{ID},'-5,-Infinity"),
            format!("{ID},'@x,"),
            format!("{ID},\"'\tx\","),
            format!("{ID},\"plain, \"\"so\"\"\","),
            format!("{ID},\"'=a,b\","),
        ];
        assert_eq!(text, lines.map(|line| line + "\r\n").concat());
    }

    #[test]
    fn no_formula_begins_where_another_spreadsheet_splits() {
        let cell = |own: &str| {
            let mut text = String::new();
            quoted(&mut text, own);
            text
        };
        for (own, written) in [
            ("a;=1", "\"a;'=1\""),
            ("a\t+1", "\"a\t'+1\""),
            ("a\r\n@x", "\"a\r\n'@x\""),
            ("a; \"=1", "\"a; \"\"'=1\""),
            ("a\u{85}-1", "a -1"),
            ("\u{2028}=1", " '=1"),
            ("＝1", "'＝1"),
            (" －1", " '－1"),
            ("[0.5,-1]", "\"[0.5,-1]\""),
            ("a-b = c", "a-b = c"),
        ] {
            assert_eq!(cell(own), written, "{own:?}");
        }
    }

    #[test]
    fn json_is_one_list_or_a_line_each() {
        let list = written(ExportFormat::Json, &["=1", "b"], &[0.5]);
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let first = serde_json::json!({"run_id": ID, "params.note": "=1", "metrics.loss": 0.5});
        let second = serde_json::json!({"run_id": ID, "params.note": "b", "metrics.loss": null});
        assert_eq!(list, serde_json::json!([first, second]));
        let lines = written(ExportFormat::JsonLines, &["=1", "b"], &[0.5]);
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, [first, second]);
    }

    #[test]
    fn a_run_is_one_line_whatever_it_holds() {
        let text = "a\u{2028}b\u{85}c\u{b}d";
        assert_eq!(
            written(ExportFormat::Csv, &[text], &[0.5]).split("\r\n").nth(1),
            Some(&*format!("{ID},a b c d,0.5"))
        );
        let line = written(ExportFormat::JsonLines, &[text], &[0.5]);
        assert!(!line.trim_end().contains(ends_line_for_some), "{line}");
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["params.note"], text);
    }

    #[test]
    fn no_runs_are_a_whole_file_too() {
        assert_eq!(written(ExportFormat::Csv, &[], &[]), "run_id,params.note,metrics.loss\r\n");
        assert_eq!(written(ExportFormat::Json, &[], &[]), "[\n]\n");
        assert_eq!(written(ExportFormat::JsonLines, &[], &[]), "");
    }
}
