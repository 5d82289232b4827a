//! Changes one value in a text, and leaves all else as it was typed.

use serde_json::Value;

use super::comment::without_comment;
use super::read::{Fields, is_item, key, read};
use super::write::{entry, on_line, write};

/// The text after the value at `path` was set or, with `None`, taken out. Comments and the order of lines stay; only where
/// the way of writing does not allow that is all of it written anew, below its comments. A text that cannot be read stays.
pub(in crate::features::launch) fn change(text: &str, path: &[&str], value: Option<&Value>) -> String {
    let Ok(before) = read(text) else { return text.to_owned() };
    let mut wanted = before.clone();
    set(&mut wanted, path, value);
    if wanted == before {
        return text.to_owned();
    }
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let changed = in_place(lines, path, value).map(|lines| joined(&lines));
    // Whatever was done to the lines, they must say what is wanted.
    match changed.filter(|changed| read(changed).as_ref() == Ok(&wanted)) {
        Some(changed) => changed,
        None => anew(text, &wanted),
    }
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn anew(text: &str, wanted: &Fields) -> String {
    let comments: Vec<_> =
        text.lines().map(str::trim).filter(|line| line.starts_with('#')).map(str::to_owned).collect();
    joined(&comments) + &write(wanted)
}

/// Sets a value, and makes the sections that lead to it.
fn set(fields: &mut Fields, path: &[&str], value: Option<&Value>) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        match value {
            Some(value) => drop(fields.insert((*first).to_owned(), value.clone())),
            None => drop(fields.remove(*first)),
        }
        return;
    }
    match fields.get_mut(*first) {
        Some(Value::Object(section)) => set(section, rest, value),
        Some(_) | None if value.is_some() => {
            let mut section = Fields::new();
            set(&mut section, rest, value);
            fields.insert((*first).to_owned(), Value::Object(section));
        }
        Some(_) | None => {}
    }
}

/// Lines of a section.
#[derive(Clone, Copy)]
struct Section {
    begin: usize,
    end: usize,
    /// Where its keys begin.
    indent: usize,
}

fn in_place(mut lines: Vec<String>, path: &[&str], value: Option<&Value>) -> Option<Vec<String>> {
    let (last, sections) = path.split_last()?;
    let mut section = whole(&lines);
    let mut head = None;
    for (depth, name) in sections.iter().enumerate() {
        let Some((at, end)) = find(&lines, section, name) else {
            // The section is new, with all in it.
            let value = nested(&path[depth + 1..], value?)?;
            insert(&mut lines, section, entry(name, &value, section.indent));
            return Some(lines);
        };
        head = Some((at, section.indent, *name));
        section = below(&lines, section.indent, at, end);
    }
    match (find(&lines, section, last), value) {
        (Some((at, end)), Some(value)) => replace(&mut lines, at, end, section.indent, last, value)?,
        (Some((at, end)), None) => {
            drop(lines.drain(at..end));
            let is_empty = (section.begin..section.end - (end - at)).all(|at| !says(&lines[at]));
            if let Some((at, indent, name)) = head.filter(|_| is_empty) {
                lines[at] = entry(name, &Value::Object(Fields::new()), indent).concat();
            }
        }
        (None, Some(value)) => {
            if let Some((at, indent, name)) = head {
                let (_, rest) = key(lines[at].trim_start()).ok()?;
                let rest = without_comment(&rest).trim().to_owned();
                if rest == "{}" {
                    let bare = entry(name, &Value::Null, indent).concat();
                    lines[at] = bare.strip_suffix(" null")?.to_owned();
                } else if !rest.is_empty() {
                    return None;
                }
            }
            insert(&mut lines, section, entry(last, value, section.indent));
        }
        (None, None) => {}
    }
    Some(lines)
}

fn nested(path: &[&str], value: &Value) -> Option<Value> {
    let (last, sections) = path.split_last()?;
    let wrap =
        |value: Value, name: &&str| Value::Object(std::iter::once(((*name).to_owned(), value)).collect());
    Some(sections.iter().rev().fold(wrap(value.clone(), last), wrap))
}

fn says(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn whole(lines: &[String]) -> Section {
    let begin = usize::from(lines.first().is_some_and(|line| line.trim_end() == "---"));
    let indent = lines[begin..].iter().find(|line| says(line)).map_or(0, |line| indent_of(line));
    Section { begin, end: lines.len(), indent }
}

/// What stands below the key at a line.
fn below(lines: &[String], indent: usize, at: usize, end: usize) -> Section {
    let own = lines[at + 1..end].iter().find(|line| says(line)).map_or(indent + 2, |line| indent_of(line));
    Section { begin: at + 1, end, indent: own }
}

/// The lines of a key in a section: its own, and those of its value.
fn find(lines: &[String], section: Section, name: &str) -> Option<(usize, usize)> {
    let is_own = |line: &String| {
        says(line)
            && indent_of(line) == section.indent
            && key(line.trim_start()).is_ok_and(|(own, _)| own == name)
    };
    let at = section.begin + lines[section.begin..section.end].iter().position(is_own)?;
    // Comments between this value and the next belong to what follows them.
    let is_next = |line: &String| {
        says(line)
            && (indent_of(line) < section.indent
                || indent_of(line) == section.indent && !is_item(line.trim()))
    };
    let next = lines[at + 1..section.end].iter().position(is_next).map_or(section.end, |more| at + 1 + more);
    let last = lines[at..next].iter().rposition(|line| says(line))?;
    Some((at, at + last + 1))
}

/// Puts lines at the end of a section.
fn insert(lines: &mut Vec<String>, section: Section, new: Vec<String>) {
    let said = lines[section.begin..section.end].iter().rposition(|line| says(line));
    let at = said.map_or(section.begin, |last| section.begin + last + 1);
    drop(lines.splice(at..at, new));
}

/// Puts a value in the place of another; a comment behind it stays.
fn replace(
    lines: &mut Vec<String>,
    at: usize,
    end: usize,
    indent: usize,
    name: &str,
    value: &Value,
) -> Option<()> {
    let line = &lines[at];
    let comment = line[without_comment(line).len()..].to_owned();
    let mut new = entry(name, value, indent);
    if on_line(value).is_some() {
        new[0].push_str(&comment);
    } else if !comment.is_empty() {
        new.insert(0, format!("{}{}", " ".repeat(indent), comment.trim()));
    }
    // A comment among the lines of the old value would be lost.
    let has_comment = lines[at + 1..end].iter().any(|line| line.contains('#'));
    (!has_comment).then(|| drop(lines.splice(at..end, new)))
}

#[cfg(test)]
mod tests {
    use super::super::read::tests::fields;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const TYPED: &str = "# Ours\nUnicoreApiUrl: https://x/rest/core\nResources:\n  Queue: devel # the small one\n  \
                         # For the large one.\n  Nodes: 2\n\nEnvironment:\n  Python: /venv\n";

    #[track_caller]
    fn check(path: &[&str], value: Option<Value>, expected: &str) {
        assert_eq!(change(TYPED, path, value.as_ref()), expected);
    }

    #[test]
    fn one_value_changes_and_all_else_stays() {
        check(&["Resources", "Queue"], Some(json!("booster")), &TYPED.replace("devel", "booster"));
        check(&["Resources", "Nodes"], Some(json!(4)), &TYPED.replace("Nodes: 2", "Nodes: 4"));
        check(&["Resources", "Nodes"], None, &TYPED.replace("  Nodes: 2\n", ""));
        check(
            &["Resources", "Runtime"],
            Some(json!("12h")),
            &TYPED.replace("Nodes: 2\n", "Nodes: 2\n  Runtime: 12h\n"),
        );
        check(&["Exclude"], Some(json!(["data/"])), &format!("{TYPED}Exclude:\n  - data/\n"));
        check(
            &["Environment", "Variables", "A"],
            Some(json!("1")),
            &format!("{TYPED}  Variables:\n    A: \"1\"\n"),
        );
        check(
            &["Environment", "Python"],
            None,
            &TYPED.replace("Environment:\n  Python: /venv\n", "Environment: {}\n"),
        );
    }

    #[test]
    fn a_section_that_was_emptied_can_be_filled_again() {
        let emptied = change("Resources:\n  Queue: a\n", &["Resources", "Queue"], None);
        assert_eq!(emptied, "Resources: {}\n");
        assert_eq!(change(&emptied, &["Resources", "Queue"], Some(&json!("b"))), "Resources:\n  Queue: b\n");
        assert_eq!(change("", &["Resources", "Queue"], Some(&json!("b"))), "Resources:\n  Queue: b\n");
    }

    #[test]
    fn where_the_way_of_writing_is_in_the_way_comments_stay() {
        let typed = "# Ours\nResources: {Queue: a} # small\n";
        let changed = change(typed, &["Resources", "Nodes"], Some(&json!(2)));
        assert_eq!(changed, "# Ours\nResources:\n  Queue: a\n  Nodes: 2\n");
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_was_typed() {
        assert_eq!(change("Resources:\n  Queue", &["Exclude"], Some(&json!([]))), "Resources:\n  Queue");
    }

    proptest! {
        #[test]
        fn a_change_says_what_is_wanted(
            start in fields(), path in prop::collection::vec("[a-c]", 1..3), value in prop::option::of(fields()),
        ) {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let value = value.map(|fields| fields.values().next().cloned().unwrap_or(Value::Null));
            let mut wanted = start.clone();
            set(&mut wanted, &path, value.as_ref());
            prop_assert_eq!(read(&change(&write(&start), &path, value.as_ref())), Ok(wanted));
        }
    }
}
