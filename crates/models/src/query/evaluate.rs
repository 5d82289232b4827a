//! Comparisons in memory, as the databases make them: texts by their bytes, numbers as IEEE 754 has it.

use super::Operator;

impl Operator {
    /// Whether a run's text compares so with the text of a filter. Texts have no order.
    #[must_use]
    pub fn holds_for_text(self, own: &str, text: &str) -> bool {
        match self {
            Self::Equal => own == text,
            Self::NotEqual => own != text,
            Self::Like => is_like(own, text, |a, b| a == b),
            Self::LikeIgnoringCase => is_like(own, text, |a, b| a.eq_ignore_ascii_case(&b)),
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => false,
        }
    }

    /// Whether a run's number compares so with the number of a filter. NaN differs from everything, and is neither less
    /// nor greater than anything. Numbers match no patterns.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "it is what was asked for")]
    pub fn holds_for_number(self, own: f64, number: f64) -> bool {
        match self {
            Self::Equal => own == number,
            Self::NotEqual => own != number,
            Self::Less => own < number,
            Self::LessOrEqual => own <= number,
            Self::Greater => own > number,
            Self::GreaterOrEqual => own >= number,
            Self::Like | Self::LikeIgnoringCase => false,
        }
    }
}

/// Matches `%` with any text and `_` with any character. It never goes back further than the last `%`, so the time is at
/// most the product of both lengths.
fn is_like(text: &str, pattern: &str, same: fn(char, char) -> bool) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut own, mut wanted) = (0, 0);
    // What follows the last `%`, and where in the text it is tried.
    let mut tried = None;
    while let Some(&character) = text.get(own) {
        match pattern.get(wanted) {
            Some('%') => {
                wanted += 1;
                tried = Some((wanted, own));
            }
            Some(&next) if next == '_' || same(next, character) => {
                own += 1;
                wanted += 1;
            }
            Some(_) | None => {
                let Some((after, start)) = tried else { return false };
                tried = Some((after, start + 1));
                (own, wanted) = (start + 1, after);
            }
        }
    }
    pattern.iter().skip(wanted).all(|&left| left == '%')
}

#[cfg(test)]
mod tests {
    use super::Operator;

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
            assert_eq!(Operator::Like.holds_for_text(text, pattern), matches, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn the_case_of_ascii_letters_alone_can_be_ignored() {
        assert!(Operator::LikeIgnoringCase.holds_for_text("aBc", "%Bc"));
        assert!(!Operator::LikeIgnoringCase.holds_for_text("É", "é"));
        assert!(!Operator::Like.holds_for_text("abc", "ABC"));
    }

    #[test]
    fn a_pattern_of_many_wildcards_is_quick() {
        assert!(
            !Operator::Like.holds_for_text(&"a".repeat(6_000), &"%a".repeat(2_000).replace("%a%a", "%a%b"))
        );
    }

    #[test]
    fn nan_differs_from_everything() {
        assert!(Operator::NotEqual.holds_for_number(f64::NAN, f64::NAN));
        assert!(!Operator::Equal.holds_for_number(f64::NAN, f64::NAN));
        assert!(!Operator::LessOrEqual.holds_for_number(f64::NAN, 1.0));
    }
}
