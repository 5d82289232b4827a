//! What may come next, best first.

use super::caret::Before;
use super::expected::{Expected, after};
use crate::query::{Attribute, Field, FieldKind, Value};
use crate::run::RunStatus;
use crate::run_table::{KeyCount, RunKeys};

/// How many suggestions there are at most.
const MAX_SUGGESTIONS: usize = 100;
const MOMENTS: [&str; 5] = ["now - 1h", "now - 1d", "now - 7d", "now - 30d", "now"];
const SPANS: [&str; 5] = ["1m", "10m", "1h", "1d", "7d"];

/// The names and values that are known.
#[derive(Debug, Clone, Copy)]
pub struct KnownNames<'k> {
    /// The metrics and parameters.
    pub keys: &'k RunKeys,
    /// The tags; empty where nobody asked for them.
    pub tags: &'k [KeyCount],
    /// The values of one field; `None` where nobody asked for them.
    pub values: Option<(&'k Field, &'k [KeyCount])>,
}

/// What may stand where the caret is.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions {
    /// The first character that a suggestion takes the place of, counted from 0.
    pub from: usize,
    /// The character behind the last one that it takes the place of.
    pub to: usize,
    /// The suggestions, best first, at most 100.
    pub list: Vec<Suggestion>,
    /// The field whose values would be suggested here, whether or not they are known.
    pub values_of: Option<Field>,
}

/// Something that may come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to insert, in quotes where it needs them; without a blank behind it.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// How many runs have it, where that is known.
    pub runs: Option<u64>,
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionKind {
    /// The name of a property.
    Property,
    /// A comparison, with symbols or a word.
    Operator,
    /// What joins comparisons, or a bracket or comma.
    Keyword,
    /// A value.
    Value,
}

/// What may come next in `text`, with the caret before the character `caret`, counted from 0. The text need not be
/// finished; where it cannot be read before the caret, nothing is suggested.
#[must_use]
pub fn suggest(text: &str, caret: usize, known: &KnownNames<'_>) -> Suggestions {
    let before = Before::new(text, caret);
    let (expected, n_open) = after(&before.tokens);
    let mut found = Found { needle: before.needle.to_lowercase(), ranked: Vec::new() };
    let values_of = if let Expected::Value { field, .. } = &expected { Some(field.clone()) } else { None };
    let values_of = values_of.filter(|field| field.kind() == FieldKind::Text);
    propose(&mut found, &expected, n_open, known);
    found.ranked.sort_by_key(|(rank, _)| *rank);
    let list = found.ranked.into_iter().map(|(_, suggestion)| suggestion).take(MAX_SUGGESTIONS).collect();
    Suggestions { from: before.from, to: before.to, list, values_of }
}

/// What fits to what is being written.
struct Found {
    needle: String,
    ranked: Vec<(usize, Suggestion)>,
}

impl Found {
    /// Adds a suggestion that is known as `name`, if what is being written fits to that.
    fn add(&mut self, name: &str, key: &str, suggestion: impl FnOnce() -> Suggestion) {
        let needle = &self.needle;
        let name = name.to_lowercase();
        let rank = match name.find(needle.as_str()) {
            Some(0) => 0,
            Some(_) if key.to_lowercase().starts_with(needle.as_str()) => 1,
            Some(_) => 2,
            None => return,
        };
        self.ranked.push((rank, suggestion()));
    }

    fn words(&mut self, kind: SuggestionKind, words: &[&str]) {
        for word in words {
            self.add(word, word, || Suggestion { text: (*word).to_owned(), kind, runs: None });
        }
    }

    fn property(&mut self, field: &Field, runs: Option<u64>) {
        let kind = SuggestionKind::Property;
        self.add(&field.to_string(), field.key(), || Suggestion { text: field.written(), kind, runs });
    }

    fn value(&mut self, text: &str, runs: Option<u64>) {
        let written = || Value::Text(text.to_owned()).to_string();
        self.add(text, text, || Suggestion { text: written(), kind: SuggestionKind::Value, runs });
    }
}

fn propose(found: &mut Found, expected: &Expected, n_open: usize, known: &KnownNames<'_>) {
    match expected {
        Expected::Property => {
            properties(found, known);
            found.words(SuggestionKind::Keyword, &["NOT", "("]);
        }
        Expected::Operator(field) => found.words(SuggestionKind::Operator, field.kind().operators()),
        Expected::NotIn(_) => found.words(SuggestionKind::Operator, &["IN"]),
        Expected::Set { is_negated: false } => found.words(SuggestionKind::Operator, &["SET", "NOT SET"]),
        Expected::Set { is_negated: true } => found.words(SuggestionKind::Operator, &["SET"]),
        Expected::Bracket(_) => found.words(SuggestionKind::Keyword, &["("]),
        Expected::Value { field, .. } => values(found, field, known),
        Expected::Offset { in_list, .. } => {
            found.words(SuggestionKind::Value, &["- 1h", "- 1d", "- 7d", "- 30d"]);
            links(found, n_open, *in_list);
        }
        Expected::Span { .. } => found.words(SuggestionKind::Value, &SPANS),
        Expected::ListEnd(_) => links(found, n_open, true),
        Expected::Link => links(found, n_open, false),
        Expected::Key(_) | Expected::Nothing => {}
    }
}

fn links(found: &mut Found, n_open: usize, in_list: bool) {
    let words: &[&str] = match (in_list, n_open) {
        (true, _) => &[",", ")"],
        (false, 0) => &["AND", "OR"],
        (false, _) => &["AND", "OR", ")"],
    };
    found.words(SuggestionKind::Keyword, words);
}

fn properties(found: &mut Found, known: &KnownNames<'_>) {
    for attribute in Attribute::all() {
        found.property(&Field::Attribute(attribute), None);
    }
    found.property(&Field::note(), None);
    let mut family = |keys: &[KeyCount], field: fn(String) -> Field| {
        keys.iter().for_each(|key| found.property(&field(key.key.clone()), Some(key.runs)));
    };
    family(&known.keys.metrics, Field::Metric);
    family(&known.keys.parameters, Field::Parameter);
    let others: Vec<_> = known.tags.iter().filter(|tag| tag.key != Field::NOTE_TAG).cloned().collect();
    family(&others, Field::Tag);
}

fn values(found: &mut Found, field: &Field, known: &KnownNames<'_>) {
    if let Some((_, values)) = known.values.filter(|(own, _)| *own == field) {
        for value in values {
            if field.is_number() {
                let text = || value.key.clone();
                let kind = SuggestionKind::Value;
                found.add(&value.key, &value.key, || Suggestion {
                    text: text(),
                    kind,
                    runs: Some(value.runs),
                });
            } else {
                found.value(&value.key, Some(value.runs));
            }
        }
    } else if *field == Field::Attribute(Attribute::Status) {
        RunStatus::ALL.into_iter().for_each(|status| found.value(status.as_str(), None));
    }
    match field.kind() {
        FieldKind::Time => found.words(SuggestionKind::Value, &MOMENTS),
        FieldKind::Duration => found.words(SuggestionKind::Value, &SPANS),
        FieldKind::Text | FieldKind::Number => {}
    }
}
