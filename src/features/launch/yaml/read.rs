//! Reads YAML line by line.

use serde_json::{Map, Value};

use super::comment::without_comment;
use super::{flow, scalar};

/// The keys and values of a file.
pub(in crate::features::launch) type Fields = Map<String, Value>;

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::features::launch) struct YamlError {
    /// The line, from 1.
    pub(in crate::features::launch) line: usize,
    /// What to do, as a part of a sentence.
    pub(in crate::features::launch) message: String,
}

/// How deep sections may stand in each other.
const MAX_DEPTH: usize = 32;

/// The keys and values of a text; none of an empty one.
///
/// # Errors
/// The first line that cannot be read, and what to do about it.
pub(in crate::features::launch) fn read(text: &str) -> Result<Fields, YamlError> {
    let mut reader = Reader { lines: text.lines().map(str::to_owned).collect(), at: 0 };
    if reader.next_content()?.is_some_and(|(_, content)| content == "---") {
        reader.at += 1;
    }
    let value = match reader.next_content()? {
        None => Value::Null,
        Some((indent, _)) => reader.block(indent, 0)?,
    };
    if reader.next_content()?.is_some() {
        return reader.refuse("begin this line where the lines of its section begin");
    }
    match value {
        Value::Null => Ok(Fields::new()),
        Value::Object(fields) => Ok(fields),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Err(YamlError {
            line: 1,
            message: "write a key, a colon and a value, such as `Exclude: []`".to_owned(),
        }),
    }
}

struct Reader {
    lines: Vec<String>,
    at: usize,
}

impl Reader {
    fn refuse<T>(&self, message: impl Into<String>) -> Result<T, YamlError> {
        Err(YamlError { line: self.at.min(self.lines.len().saturating_sub(1)) + 1, message: message.into() })
    }

    /// Goes to the next line that says something, and gives how far it is indented and what it says.
    fn next_content(&mut self) -> Result<Option<(usize, String)>, YamlError> {
        while let Some(line) = self.lines.get(self.at) {
            let content = line.trim_start_matches(' ');
            let indent = line.len() - content.len();
            if content.trim().is_empty() || content.starts_with('#') {
                self.at += 1;
                continue;
            }
            if content.starts_with('\t') {
                return self.refuse("indent with blanks, not with tabs");
            }
            return Ok(Some((indent, content.trim_end().to_owned())));
        }
        Ok(None)
    }

    /// The value whose lines begin at `indent`.
    fn block(&mut self, indent: usize, depth: usize) -> Result<Value, YamlError> {
        if depth > MAX_DEPTH {
            return self.refuse(format!("at most {MAX_DEPTH} sections may stand in each other"));
        }
        let Some((_, content)) = self.next_content()? else { return Ok(Value::Null) };
        if is_item(&content) {
            return self.list(indent, depth);
        }
        if content.starts_with(['[', '{']) {
            return self.value(&content, indent, depth);
        }
        self.mapping(indent, depth)
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Result<Value, YamlError> {
        let mut fields = Fields::new();
        while let Some((own, content)) = self.next_content()?.filter(|(own, _)| *own >= indent) {
            if own > indent || is_item(&content) {
                return self.refuse("begin this line where the lines of its section begin");
            }
            let (key, rest) = match key(&content) {
                Ok(found) => found,
                Err(message) => return self.refuse(message),
            };
            if fields.contains_key(&key) {
                return self.refuse(format!("`{key}` stands here twice; keep one"));
            }
            let value = self.value(&rest, indent, depth)?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Value, YamlError> {
        let mut items = Vec::new();
        while let Some((own, content)) = self.next_content()?.filter(|(own, _)| *own >= indent) {
            if own > indent {
                return self.refuse("begin this line where the lines of its section begin");
            }
            if !is_item(&content) {
                break;
            }
            let rest = content[1..].trim_start();
            let is_section = is_item(rest) || key(rest).is_ok();
            if is_section {
                let inner = indent + content.len() - rest.len();
                self.lines[self.at] = format!("{}{rest}", " ".repeat(inner));
                items.push(self.block(inner, depth + 1)?);
            } else {
                let rest = rest.to_owned();
                // The lines below belong to the item as soon as they are further in than its dash.
                items.push(self.value(&rest, indent, depth)?);
            }
        }
        Ok(Value::Array(items))
    }

    /// The value that begins with `rest` on the present line of a section at `indent`, and passes by its lines.
    fn value(&mut self, rest: &str, indent: usize, depth: usize) -> Result<Value, YamlError> {
        let rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            let is_of_list = self.lines[self.at].trim_start().starts_with('-');
            self.at += 1;
            return match self.next_content()? {
                Some((own, _)) if own > indent => self.block(own, depth + 1),
                Some((own, content)) if own == indent && is_item(&content) && !is_of_list => {
                    self.list(own, depth + 1)
                }
                Some(_) | None => Ok(Value::Null),
            };
        }
        if let Some(style) = rest.strip_prefix('|') {
            return self.paragraph(style, indent);
        }
        if rest.starts_with('>') {
            return self.refuse("use `|` for a text of several lines");
        }
        if rest.starts_with(['[', '{']) {
            return self.in_brackets(rest);
        }
        let value = if rest.starts_with(['"', '\'']) {
            scalar::quoted(rest).and_then(|(value, after)| nothing_more(after).map(|()| Value::from(value)))
        } else {
            scalar::plain(without_comment(rest))
        };
        let value = match value {
            Ok(value) => value,
            Err(message) => return self.refuse(message),
        };
        self.at += 1;
        if self.next_content()?.is_some_and(|(own, _)| own > indent) {
            return self.refuse("begin this line where the lines of its section begin");
        }
        Ok(value)
    }

    /// A value in brackets, which may go on over several lines.
    fn in_brackets(&mut self, rest: &str) -> Result<Value, YamlError> {
        let mut text = without_comment(rest).to_owned();
        let first = self.at;
        while !flow::is_closed(&text) {
            self.at += 1;
            let Some(line) = self.lines.get(self.at) else {
                self.at = first;
                return self.refuse("close the bracket that is opened here");
            };
            text = format!("{text} {}", without_comment(line.trim()));
        }
        match flow::read(&text).and_then(|(value, after)| nothing_more(after).map(|()| value)) {
            Ok(value) => {
                self.at += 1;
                Ok(value)
            }
            Err(message) => self.refuse(message),
        }
    }

    /// Lines of text as they stand.
    fn paragraph(&mut self, style: &str, indent: usize) -> Result<Value, YamlError> {
        let chomp = match without_comment(style) {
            "" => Some(true),
            "-" => None,
            "+" => Some(false),
            _ => return self.refuse("write nothing but `-` or `+` behind `|`"),
        };
        self.at += 1;
        let (mut lines, mut inner) = (Vec::new(), None);
        while let Some(line) = self.lines.get(self.at) {
            let own = line.len() - line.trim_start_matches(' ').len();
            let is_blank = line.trim().is_empty();
            if !is_blank && own <= indent {
                break;
            }
            let begin = match inner {
                None if is_blank => 0,
                None => *inner.insert(own),
                Some(begin) => begin,
            };
            if !is_blank && own < begin {
                return self.refuse("begin this line where the first line of the text begins");
            }
            lines.push(line.get(begin..).unwrap_or_default().to_owned());
            self.at += 1;
        }
        let n_blank = lines.iter().rev().take_while(|line| line.trim().is_empty()).count();
        let mut text = lines[..lines.len() - n_blank].join("\n");
        match chomp {
            Some(true) if !text.is_empty() => text.push('\n'),
            Some(false) => text.push_str(&"\n".repeat(n_blank + usize::from(!text.is_empty()))),
            Some(true) | None => {}
        }
        Ok(text.into())
    }
}

/// Whether a line is an item of a list.
pub(super) fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// The key that a line begins with, and what stands behind its colon.
///
/// # Errors
/// What is wrong with it.
pub(super) fn key(content: &str) -> Result<(String, String), String> {
    let no_colon = || "write a key, a colon and a value, such as `Nodes: 2`".to_owned();
    if content.starts_with(['"', '\'']) {
        let (key, after) = scalar::quoted(content)?;
        let after = after.trim_start().strip_prefix(':').ok_or_else(no_colon)?;
        return if after.is_empty() || after.starts_with(' ') {
            Ok((key, after.to_owned()))
        } else {
            Err(no_colon())
        };
    }
    let bare = without_comment(content);
    let (key, after) = match bare.split_once(": ") {
        Some((key, _)) => (key, &content[key.len() + 1..]),
        None => (bare.strip_suffix(':').ok_or_else(no_colon)?, &content[bare.len()..]),
    };
    let key = key.trim_end();
    if key.is_empty() || key.starts_with(|first: char| "&*!%@`|>?[]{},-".contains(first)) {
        return Err(no_colon());
    }
    Ok((key.to_owned(), after.to_owned()))
}

fn nothing_more(after: &str) -> Result<(), String> {
    let after = after.trim_start();
    if after.is_empty() || after.starts_with('#') {
        return Ok(());
    }
    Err(format!("nothing may follow the value; remove `{after}`"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::write::write;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        assert_eq!(read(text).map(Value::Object), Ok(expected.clone()));
        assert_eq!(serde_saphyr::from_str::<Value>(text).unwrap(), *expected, "as the library reads it");
    }

    #[track_caller]
    fn refused(text: &str, line: usize, part: &str) {
        let error = read(text).unwrap_err();
        assert!(error.line == line && error.message.contains(part), "{error:?}");
    }

    #[test]
    fn files_are_read_as_people_write_them() {
        check(
            "---\n# Where\nUnicoreApiUrl: https://x:9112/J/rest/core # here\nResources:\n  Queue: devel\n  Nodes: 2\n  \
             Runtime: 12h\nEnvironment:\n  Modules:\n  - A\n  - \"B # 2\"\n  Variables: {A: 1, 'B': 'it''s'}\n",
            &json!({
                "UnicoreApiUrl": "https://x:9112/J/rest/core",
                "Resources": {"Queue": "devel", "Nodes": 2, "Runtime": "12h"},
                "Environment": {"Modules": ["A", "B # 2"], "Variables": {"A": 1, "B": "it's"}},
            }),
        );
        check(
            "{\n  \"a\": [1, 2.5,\n    true],\n  \"b\": {\"c\": null}\n}\n",
            &json!({"a": [1, 2.5, true], "b": {"c": null}}),
        );
        check("a:\n  - b: 1\n    c: 2\n  - - d\n    - e\n", &json!({"a": [{"b": 1, "c": 2}, ["d", "e"]]}));
        check(
            "a: |\n  one\n    two\n\n  three\nb: |-\n  x\n",
            &json!({"a": "one\n  two\n\nthree\n", "b": "x"}),
        );
        check(
            "a:\nb: ~\nc: True\nd: 1e-3\ne: -4\n\"f g\": ''\n",
            &json!({
                "a": null, "b": null, "c": true, "d": 0.001, "e": -4, "f g": "",
            }),
        );
    }

    #[test]
    fn what_is_unfinished_or_not_known_is_told_with_its_line() {
        refused("Resources:\n  Queue", 2, "a colon");
        refused("a: 1\n b: 2\n", 2, "where the lines of its section");
        refused("a: 1\na: 2\n", 2, "twice");
        refused("a: \"open\n", 1, "quotation mark");
        refused("a: 1\nb: [1,\n", 2, "close the bracket");
        refused("a: &x 1\n", 1, "begins with `&`");
        refused("a: b: c\n", 1, "colon");
        refused("\ta: 1\n", 1, "tabs");
        refused("- a\n", 1, "a key");
        refused("a: Yes\n", 1, "true or false");
        for odd in ["012", "0x1F", "1_000", ".5", "+1", "1:30", ".inf"] {
            refused(&format!("a: {odd}\n"), 1, "decimal");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_filter("a number", |own| own.is_finite()).prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            "[-a-z0-9.:_ #'\"{}\\[\\],&*!|>%@`~=+]{0,6}".prop_map(Value::from),
            "[\\n\\t \u{0}\u{7f}\u{85}\u{2028}é😀]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c]|.{0,5}", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// Any keys and values.
    pub(in super::super) fn fields() -> impl Strategy<Value = Fields> {
        prop::collection::btree_map("[a-c]|.{0,5}", value(), 0..4)
            .prop_map(|fields| fields.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(fields in fields()) {
            let text = write(&fields);
            prop_assert_eq!(read(&text), Ok(fields.clone()), "{}", text);
            let library = serde_saphyr::from_str::<Value>(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
            let library = if library.is_null() { Value::Object(Fields::new()) } else { library };
            prop_assert_eq!(library, Value::Object(fields), "{}", text);
        }

        #[test]
        fn no_text_stops_the_reader(text in "[-a-c:{}\\[\\], '\"#|>\\n\\t&0-9\\\\]{0,40}") {
            // What both read they read alike.
            if let (Ok(own), Ok(Value::Object(library))) = (read(&text), serde_saphyr::from_str::<Value>(&text)) {
                prop_assert_eq!(own, library, "{}", text);
            }
        }
    }
}
