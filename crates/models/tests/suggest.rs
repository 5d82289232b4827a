//! What is suggested while a filter is being written, and that no text at all makes the language fail or slow.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::query::{Field, KnownNames, SuggestionKind, Suggestions, parse, suggest};
use models::run_table::{KeyCount, RunKeys};
use std::time::{Duration, Instant};

fn counts(keys: &[(&str, u64)]) -> Vec<KeyCount> {
    keys.iter().map(|(key, runs)| KeyCount { key: (*key).to_owned(), runs: *runs }).collect()
}

fn keys() -> RunKeys {
    RunKeys {
        metrics: counts(&[("loss", 90), ("val loss", 80), ("accuracy", 7)]),
        parameters: counts(&[("optimizer", 90), ("loss function", 3)]),
    }
}

/// What is suggested where the bar stands.
fn at(marked: &str) -> Suggestions {
    let text = marked.replacen('|', "", 1);
    let caret = marked.chars().position(|character| character == '|').unwrap();
    let field = Field::Parameter("optimizer".to_owned());
    let values = counts(&[("adam", 60), ("sgd", 30), ("it's", 1)]);
    let (keys, tags) = (keys(), counts(&[("owner", 4)]));
    suggest(&text, caret, &KnownNames { keys: &keys, tags: &tags, values: Some((&field, &values)) })
}

/// These are suggested first, and take the place of the characters from `from` to `to`.
#[track_caller]
fn check(marked: &str, range: (usize, usize), first: &[&str]) {
    let found = at(marked);
    let texts: Vec<&str> = found.list.iter().map(|suggestion| suggestion.text.as_str()).collect();
    assert_eq!((found.from, found.to), range, "{marked}: {texts:?}");
    assert_eq!(texts.iter().copied().take(first.len()).collect::<Vec<_>>(), first, "{marked}: {texts:?}");
}

#[test]
fn properties_are_suggested_where_a_comparison_begins() {
    for start in ["|", "NOT |", "( |", "status = 'RUNNING' AND |", "(duration > 2h OR NOT (|"] {
        let place = start.chars().count() - 1;
        check(start, (place, place), &["run_id", "name", "status"]);
    }
    let loss = at("metrics.l|").list.remove(0);
    assert_eq!(
        (loss.text.as_str(), loss.kind, loss.runs),
        ("metrics.loss", SuggestionKind::Property, Some(90))
    );
}

/// Taking the first suggestion makes this of the text, with the bar for the caret.
#[track_caller]
fn taken(marked: &str, expected: &str) {
    let found = at(marked);
    let (text, caret) = found.take(&marked.replacen('|', "", 1), found.list.first().unwrap());
    let place = text.char_indices().nth(caret).map_or(text.len(), |(place, _)| place);
    let (before, behind) = text.split_at(place);
    assert_eq!(format!("{before}|{behind}"), expected);
}

#[test]
fn a_suggestion_is_taken_with_the_blanks_that_it_needs() {
    taken("metrics.l|", "metrics.loss |");
    taken("stat|us = 'RUNNING'", "status |= 'RUNNING'");
    taken("name = 'Zürich 😀' A|", "name = 'Zürich 😀' AND |");
    taken("status='RUNNING'|", "status='RUNNING' AND |");
    taken("(status = 'RUNNING' AND los|)", "(status = 'RUNNING' AND metrics.loss |)");
    taken("params.optimizer IN ('sgd'|", "params.optimizer IN ('sgd', |");
    taken("params.optimizer IN |", "params.optimizer IN (|");
    taken("params.optimizer = 's|gd'", "params.optimizer = 'sgd' |");
}

#[test]
fn what_is_being_written_is_replaced_as_a_whole() {
    check("los|", (0, 3), &["metrics.loss", "params.`loss function`", "metrics.`val loss`"]);
    check("status = 'RUNNING' AND met|rics.lo", (23, 33), &["metrics.loss", "metrics.`val loss`"]);
    check("metrics.`val l| > 3", (0, 14), &["metrics.`val loss`"]);
    check("metrics.`val l|oss` > 3", (0, 18), &["metrics.`val loss`"]);
    check("tags.o|", (0, 6), &["tags.owner"]);
}

#[test]
fn operators_fit_to_the_kind_of_the_field() {
    check("metrics.loss |", (13, 13), &["<", "<=", ">"]);
    check("params.optimizer |", (17, 17), &["=", "!=", "~"]);
    check("params.optimizer !|", (17, 18), &["!=", "!~"]);
    check("params.optimizer IL|", (17, 19), &["ILIKE"]);
    check("metrics.loss IS |", (16, 16), &["SET", "NOT SET"]);
    check("metrics.loss IS N|", (16, 17), &["NOT SET"]);
    check("metrics.loss not |", (17, 17), &["IN"]);
    check("status in |", (10, 10), &["("]);
}

#[test]
fn values_are_suggested_in_quotes_with_their_counts() {
    check("status = |", (9, 9), &["'SCHEDULED'", "'RUNNING'"]);
    check("status = fin|", (9, 12), &["'FINISHED'"]);
    check("status = 'fin|", (9, 13), &["'FINISHED'"]);
    check("params.optimizer IN ('adam', '|'", (29, 31), &["'adam'", "'sgd'", "'it''s'"]);
    check("start_time > |", (13, 13), &["now - 1h", "now - 1d"]);
    check("start_time > now - |", (19, 19), &["1m"]);
    check("duration > |", (11, 11), &["1m", "10m"]);
    let found = at("params.optimizer = |");
    assert_eq!(found.list.first().and_then(|first| first.runs), Some(60));
    assert_eq!(found.values_of, Some(Field::Parameter("optimizer".to_owned())));
    assert!(at("metrics.loss > |").values_of.is_none());
}

#[test]
fn comparisons_are_joined() {
    check("metrics.loss > 3 |", (17, 17), &["AND", "OR"]);
    check("metrics.loss > 3 o|", (17, 18), &["OR"]);
    check("(metrics.loss > 3 |", (18, 18), &["AND", "OR", ")"]);
    check("(status IN ('a') AND status = 'b') |", (35, 35), &["AND", "OR"]);
    assert_eq!(at("(status = 'a') |").list.len(), 2, "no bracket is open");
    check("status IN ('a' |", (15, 15), &[",", ")"]);
    check("start_time > now |", (17, 17), &["- 1h"]);
}

#[test]
fn nothing_is_suggested_behind_what_cannot_be_read() {
    for marked in ["colour = |", "metrics.loss > 3 metrics.|", "; |", "status = = |"] {
        assert!(at(marked).list.is_empty(), "{marked}");
    }
}

/// How many texts are tried; many more with `MANTIK_TEST_TEXTS`.
const N_TEXTS: u64 = 3_000;
const VALID: [&str; 6] = [
    "metrics.loss < 0.2 AND params.optimizer = 'adam'",
    "NOT (status IN ('FAILED', 'KILLED') OR start_time > now - 7d)",
    "metrics.`val loss` >= -1e-3 and tags.\"a b\" ~ '^(a|b)*$'",
    "duration > 1.5h AND end_time <= '2026-11-01 12:30'",
    "params.note !~ 'it''s' OR name ILIKE '%é%' OR params.seed IS NOT SET",
    "((((name = 'a') AND user != 'b') OR code = 'c') AND model LIKE '_')",
];
const PIECES: [&str; 24] = [
    "'",
    "\"",
    "`",
    "(",
    ")",
    ",",
    " ",
    "\n",
    "now",
    "-",
    "+",
    "7d",
    "~",
    "!",
    "=",
    "<",
    ">",
    "%",
    "é",
    "AND",
    "NOT ",
    "IN (",
    "metrics.",
    "\u{1f600}",
];

#[test]
fn no_text_makes_the_language_fail_or_slow() {
    let n = std::env::var("MANTIK_TEST_TEXTS").ok().and_then(|n| n.parse().ok()).unwrap_or(N_TEXTS);
    let (keys, mut chance, begin) = (keys(), Chance(7), Instant::now());
    let known = KnownNames { keys: &keys, tags: &[], values: None };
    let (mut n_valid, mut slowest) = (0_u64, (Duration::ZERO, String::new()));
    for _ in 0..n {
        let text = text(&mut chance);
        let started = Instant::now();
        if let Ok(filter) = parse(&text) {
            n_valid += 1;
            assert_eq!(parse(&filter.to_string()).map(|filter| filter.to_string()), Ok(filter.to_string()));
        }
        let length = text.chars().count();
        let found = suggest(&text, chance.below(length + 2), &known);
        assert!(found.from <= found.to && found.to <= length, "{text}");
        slowest = slowest.max((started.elapsed(), text));
    }
    assert!(n_valid > n / 50, "{n_valid} of {n} texts were filters");
    assert!(slowest.0 < Duration::from_secs(2), "{slowest:?}");
    println!("{n} texts, {n_valid} of them filters, in {:?}; slowest: {slowest:?}", begin.elapsed());
}

/// A valid filter with a few pieces put in or taken out, or nothing but pieces and characters.
fn text(chance: &mut Chance) -> String {
    let mut characters: Vec<char> =
        if chance.below(4) == 0 { Vec::new() } else { VALID[chance.below(VALID.len())].chars().collect() };
    let n_changes = if characters.is_empty() { chance.below(40) } else { chance.below(4) };
    for _ in 0..n_changes {
        let at = chance.below(characters.len() + 1);
        match chance.below(3) {
            0 => drop(characters.splice(at..at, PIECES[chance.below(PIECES.len())].chars())),
            1 => characters.truncate(characters.len().min(at + chance.below(60))),
            _ => characters.insert(at, char::from_u32(u32::try_from(chance.below(0x300)).unwrap()).unwrap()),
        }
    }
    characters.into_iter().collect()
}

/// Numbers that look random, and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % n
    }
}
