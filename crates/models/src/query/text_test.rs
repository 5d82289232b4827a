//! Comparisons of texts, made ready: a pattern is read once and asked of many.

use regex_lite::{Regex, RegexBuilder};
use uuid::Uuid;

use super::Operator;

/// How long a regular expression may be, in bytes.
pub const MAX_EXPRESSION_BYTES: usize = 250;
/// How large the program may become that searches for it, in bytes.
const MAX_PROGRAM_BYTES: usize = 16 * 1024;

/// What is asked of a text.
#[derive(Debug, Clone)]
pub(super) enum TextTest {
    /// It is one of these.
    Among(Vec<Wanted>),
    /// It matches a pattern with `%` and `_`.
    Like { pattern: Vec<char>, is_same: fn(char, char) -> bool },
    /// Some part of it matches.
    Matches(Regex),
    /// No text passes.
    Never,
}

/// A text that is looked for, which may be the id of something that has a name.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    text: String,
    id: Option<Uuid>,
}

impl From<&str> for Wanted {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), id: text.parse().ok() }
    }
}

impl TextTest {
    /// What `operator text` asks of a text, its negation left aside. No text passes an expression that cannot be read,
    /// or an order, which texts do not have; the parser refuses both.
    pub(super) fn new(operator: Operator, text: &str) -> Self {
        match operator {
            Operator::Equal | Operator::NotEqual => Self::Among(vec![text.into()]),
            Operator::Like => Self::like(text, |a, b| a == b),
            Operator::LikeIgnoringCase => Self::like(text, |a, b| a.eq_ignore_ascii_case(&b)),
            Operator::Matches | Operator::MatchesNot => expression(text).map_or(Self::Never, Self::Matches),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                Self::Never
            }
        }
    }

    fn like(pattern: &str, is_same: fn(char, char) -> bool) -> Self {
        Self::Like { pattern: pattern.chars().collect(), is_same }
    }

    /// Whether a text passes.
    pub(super) fn passes(&self, own: &str) -> bool {
        match self {
            Self::Among(wanted) => wanted.iter().any(|wanted| wanted.text == own),
            Self::Like { pattern, is_same } => is_like(own, pattern, *is_same),
            Self::Matches(expression) => expression.is_match(own),
            Self::Never => false,
        }
    }

    /// Whether something passes by its id.
    pub(super) fn names(&self, id: Uuid) -> bool {
        match self {
            Self::Among(wanted) => wanted.iter().any(|wanted| wanted.id == Some(id)),
            Self::Like { .. } | Self::Matches(_) | Self::Never => false,
        }
    }
}

/// Why a text is no regular expression that can be searched for; `None` when it is one.
pub(super) fn why_no_expression(text: &str) -> Option<String> {
    if text.len() > MAX_EXPRESSION_BYTES {
        return Some(format!("shorten the expression to {MAX_EXPRESSION_BYTES} bytes"));
    }
    expression(text).err().map(|error| format!("mend the regular expression: {error}"))
}

fn expression(text: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(text).size_limit(MAX_PROGRAM_BYTES).build()
}

/// Matches `%` with any text and `_` with any character. It never goes back further than the last `%`, so the time is at
/// most the product of both lengths.
fn is_like(text: &str, pattern: &[char], is_same: fn(char, char) -> bool) -> bool {
    let (mut own, mut wanted) = (text.chars(), 0);
    // What follows the last `%`, and the text from where it is tried.
    let mut tried: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let before = own.clone();
        let Some(character) = own.next() else { break };
        match pattern.get(wanted) {
            Some('%') => {
                wanted += 1;
                own = before;
                tried = Some((wanted, own.clone()));
            }
            Some(&next) if next == '_' || is_same(next, character) => wanted += 1,
            Some(_) | None => {
                let Some((after, start)) = tried.as_mut() else { return false };
                start.next();
                (own, wanted) = (start.clone(), *after);
            }
        }
    }
    pattern.iter().skip(wanted).all(|&left| left == '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        for (text, pattern, matches) in [
            ("", "", true),
            ("", "%", true),
            ("a", "", false),
            ("abc", "a%", true),
            ("abc", "%b%", true),
            ("abc", "_b_", true),
            ("abc", "_b", false),
            ("aXbXc", "a%X_", true),
            ("aaab", "%a%ab", true),
            ("aaab", "%ba%", false),
            ("é", "_", true),
            ("%", "a", false),
        ] {
            assert_eq!(TextTest::new(Operator::Like, pattern).passes(text), matches, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn the_case_of_ascii_letters_alone_can_be_ignored() {
        assert!(TextTest::new(Operator::LikeIgnoringCase, "%Bc").passes("aBc"));
        assert!(!TextTest::new(Operator::LikeIgnoringCase, "é").passes("É"));
        assert!(!TextTest::new(Operator::Like, "ABC").passes("abc"));
    }

    #[test]
    fn a_pattern_of_many_wildcards_is_quick() {
        let pattern = "%a".repeat(2_000).replace("%a%a", "%a%b");
        assert!(!TextTest::new(Operator::Like, &pattern).passes(&"a".repeat(6_000)));
    }

    #[test]
    fn an_expression_matches_any_part() {
        for (text, expression, matches) in [
            ("resnet50", "net\\d+$", true),
            ("resnet50", "^net", false),
            ("ResNet", "(?i)resnet", true),
            ("é", "^.$", true),
            ("", "^$", true),
            ("a\nb", "a.b", false),
        ] {
            let test = TextTest::new(Operator::Matches, expression);
            assert_eq!(test.passes(text), matches, "{text} ~ {expression}");
        }
    }

    #[test]
    fn expressions_that_would_take_long_are_refused() {
        assert!(why_no_expression("(((a{50}){50}){50}){50}").is_some());
        assert!(why_no_expression(&"a".repeat(251)).is_some_and(|why| why.contains("250")));
        assert!(why_no_expression("(a*)*b").is_none());
        assert!(!TextTest::new(Operator::Matches, "(a*)*b").passes(&"a".repeat(6_000)));
    }
}
