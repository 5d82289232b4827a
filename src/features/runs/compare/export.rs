//! The rows as text to take along. Pure.

use super::facts::Fact;
use crate::ui::csv::guarded;

/// Comma-separated values: the topic, the name, and a column for each run.
pub(super) fn csv(runs: &[String], facts: &[Fact]) -> String {
    written(runs, facts, |cells| cells.map(csv_cell).collect::<Vec<_>>().join(","))
}

/// A table in Markdown.
pub(super) fn markdown(runs: &[String], facts: &[Fact]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        format!("| {} |", cells.map(markdown_cell).collect::<Vec<_>>().join(" | "))
    };
    let text = written(runs, facts, line);
    let rule = format!("|{}", " --- |".repeat(runs.len() + 2));
    let (head, rest) = text.split_once('\n').unwrap_or((&text, ""));
    format!("{head}\n{rule}\n{rest}")
}

fn written(
    runs: &[String],
    facts: &[Fact],
    line: impl Fn(&mut dyn Iterator<Item = &str>) -> String,
) -> String {
    let mut text = line(&mut ["Topic", "Name"].into_iter().chain(runs.iter().map(String::as_str)));
    text.push('\n');
    for fact in facts {
        let values = fact.values.iter().map(|value| value.as_deref().unwrap_or_default());
        text.push_str(&line(&mut [fact.topic.title(), fact.name.as_str()].into_iter().chain(values)));
        text.push('\n');
    }
    text
}

/// A cell that no spreadsheet takes for a formula unless it is a number.
fn csv_cell(text: &str) -> String {
    let text = if text.parse::<f64>().is_ok() { text.to_owned() } else { guarded(text) };
    if text.contains([',', '"', ';', '|', '\t', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn markdown_cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::super::facts::Topic;
    use super::*;

    fn rows() -> (Vec<String>, Vec<Fact>) {
        let values = vec![Some("=1+1, \"x\"".to_owned()), None, Some("-0.5".to_owned())];
        let runs = ["a|b", "second", "third"].map(str::to_owned).to_vec();
        (runs, vec![Fact::text(Topic::Parameters, "rate", values)])
    }

    #[test]
    fn spreadsheets_get_texts_and_numbers_but_no_formulas() {
        let (runs, facts) = rows();
        let expected = "Topic,Name,\"a|b\",second,third\nParameters,rate,\"'=1+1, \"\"x\"\"\",,-0.5\n";
        assert_eq!(csv(&runs, &facts), expected);
    }

    #[test]
    fn a_bar_in_a_text_ends_no_cell_of_markdown() {
        let (runs, facts) = rows();
        let expected = "| Topic | Name | a\\|b | second | third |\n| --- | --- | --- | --- | --- |\n\
                        | Parameters | rate | =1+1, \"x\" |  | -0.5 |\n";
        assert_eq!(markdown(&runs, &facts), expected);
    }
}
