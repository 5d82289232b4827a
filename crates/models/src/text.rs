//! Texts that people enter: trimmed, of a bounded length, free of what could deceive a reader.

use crate::macros::checked_texts;

checked_texts! {
    /// A project's display name.
    ProjectName(1..=200, line),
    /// The display name of a repository, an experiment, a model, a run, a deployment, a group or an organization.
    Name(1..=250, line),
    /// The name of a saved view.
    ViewName(1..=100, line),
    /// The name of a template of runs.
    TemplateName(1..=100, line),
    /// One or two sentences, as shown on a card.
    Summary(0..=1000, paragraphs),
    /// A description in Markdown.
    Markdown(0..=65_536, paragraphs),
    /// What a person signs in with.
    UserName(2..=64, word),
    /// An e-mail address.
    EmailAddress(3..=254, email),
    /// Where a repository or a model lies: `https://…`, `s3://…`, `mlflow-artifacts:/…`.
    Uri(1..=2000, word),
    /// A container image in a registry: `registry.example.org/team/net:2`, with `docker://`, `oras://` or `library://`
    /// before it or not.
    ImageReference(1..=500, image),
    /// A branch, a tag or a commit of a git repository.
    GitReference(1..=250, word),
    /// A label's namespace, such as `problem-type`.
    LabelScope(1..=100, line),
    /// A label's name.
    LabelName(1..=250, line),
    /// A label's colour, as `#rrggbb`.
    LabelColor(7..=7, color),
    /// A label's value; a label with a value is a tag in MLflow's sense.
    LabelValue(0..=5000, paragraphs),
    /// A schedule in five cron fields: minute, hour, day of month, month, day of week.
    CronExpression(9..=250, cron),
}

impl Summary {
    /// No summary.
    #[must_use]
    pub fn empty() -> Self {
        Self(String::new())
    }
}

impl Markdown {
    /// No text.
    #[must_use]
    pub fn empty() -> Self {
        Self(String::new())
    }
}

/// Why a text was refused; words what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("enter a value; blanks alone do not count")]
    Blank,
    #[error("enter at least {min} characters")]
    TooShort { min: usize },
    #[error("shorten it to {max} characters; it has {length}")]
    TooLong { length: usize, max: usize },
    #[error("remove the control or text-direction character at position {position}")]
    Invisible { position: usize },
    #[error("remove the blanks")]
    Blanks,
    #[error("enter an address such as name@example.org")]
    NotAnEmail,
    #[error("enter five fields: minute, hour, day of month, month, day of week, such as `0 2 * * 1`")]
    NotACron,
    #[error("enter a colour such as `#1f77b4`")]
    NotAColor,
    #[error(
        "enter an image such as `registry.example.org/team/model:1`, in small letters and without a password"
    )]
    NotAnImage,
}

/// What a text may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    blanks: bool,
    lines: bool,
    rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Any,
    Email,
    Cron,
    Color,
    Image,
}

impl Shape {
    pub(crate) fn line() -> Self {
        Self { blanks: true, lines: false, rule: Rule::Any }
    }
    pub(crate) fn paragraphs() -> Self {
        Self { lines: true, ..Self::line() }
    }
    pub(crate) fn word() -> Self {
        Self { blanks: false, ..Self::line() }
    }
    pub(crate) fn email() -> Self {
        Self { rule: Rule::Email, ..Self::word() }
    }
    pub(crate) fn color() -> Self {
        Self { rule: Rule::Color, ..Self::word() }
    }
    pub(crate) fn image() -> Self {
        Self { rule: Rule::Image, ..Self::word() }
    }
    pub(crate) fn cron() -> Self {
        Self { rule: Rule::Cron, ..Self::line() }
    }
}

/// Trims `text` and checks it against `length`, in characters, and `shape`.
///
/// # Errors
/// The first [`TextError`] that applies.
pub fn check(
    text: String,
    length: std::ops::RangeInclusive<usize>,
    shape: Shape,
) -> Result<String, TextError> {
    let text = text.trim();
    let n_characters = text.chars().count();
    if text.is_empty() && *length.start() > 0 {
        return Err(TextError::Blank);
    }
    if n_characters < *length.start() {
        return Err(TextError::TooShort { min: *length.start() });
    }
    if n_characters > *length.end() {
        return Err(TextError::TooLong { length: n_characters, max: *length.end() });
    }
    let deceives = |character| is_invisible(character) && !(shape.lines && ends_line(character));
    if let Some(position) = text.chars().position(deceives) {
        return Err(TextError::Invisible { position: position + 1 });
    }
    if !shape.blanks && text.contains(char::is_whitespace) {
        return Err(TextError::Blanks);
    }
    match shape.rule {
        Rule::Email if !is_email(text) => Err(TextError::NotAnEmail),
        Rule::Cron if text.split_whitespace().count() != 5 => Err(TextError::NotACron),
        Rule::Color if !is_color(text) => Err(TextError::NotAColor),
        Rule::Image if !crate::model::is_reference(text) => Err(TextError::NotAnImage),
        Rule::Any | Rule::Email | Rule::Cron | Rule::Color | Rule::Image => Ok(text.to_owned()),
    }
}

/// Whether a line of text must not hold it: a control character, an end of a line, or a mark that reorders or hides text
/// (Unicode TR 36, "bidirectional text spoofing").
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}')
        || character.is_control()
}

fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

/// The text without what a line must not hold, for names that programs send and nobody is there to correct.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().filter(|character| !is_invisible(*character)).collect()
}

fn is_email(text: &str) -> bool {
    matches!(text.split_once('@'), Some((name, domain))
        if !name.is_empty() && domain.contains('.') && !domain.contains('@')
            && !domain.starts_with('.') && !domain.ends_with('.'))
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed() {
        assert_eq!(ProjectName::try_from("  Weather  ".to_owned()).unwrap().as_str(), "Weather");
    }

    #[test]
    fn a_name_is_counted_in_characters() {
        assert!(ProjectName::try_from("é".repeat(200)).is_ok());
        check("é".repeat(201), ProjectName::LENGTH, &TextError::TooLong { length: 201, max: 200 });
    }

    #[test]
    fn a_blank_name_is_refused() {
        check(" \t ".to_owned(), ProjectName::LENGTH, &TextError::Blank);
    }

    #[test]
    fn a_text_cannot_be_turned_around() {
        check("exe.\u{202E}gpj".to_owned(), ProjectName::LENGTH, &TextError::Invisible { position: 5 });
    }

    #[test]
    fn line_breaks_are_for_paragraphs() {
        for end in ["\n", "\r\n", "\u{2028}", "\u{2029}"] {
            assert!(Markdown::try_from(format!("a{end}b")).is_ok(), "{end:?}");
            assert!(ProjectName::try_from(format!("a{end}b")).is_err(), "{end:?}");
        }
        assert!(Markdown::try_from("a\u{85}b".to_owned()).is_err());
    }

    #[test]
    fn what_hides_or_turns_text_can_be_left_out() {
        assert_eq!(visible("exe.\u{202E}g\u{200B}p\u{61C}j\n\u{2028}é"), "exe.gpjé");
    }

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        assert!(EmailAddress::try_from("ann@example.org".to_owned()).is_ok());
        for wrong in ["ann", "ann@", "@example.org", "ann@example", "ann@@example.org"] {
            assert_eq!(EmailAddress::try_from(wrong.to_owned()), Err(TextError::NotAnEmail), "{wrong}");
        }
    }

    #[track_caller]
    fn check(text: String, length: std::ops::RangeInclusive<usize>, expected: &TextError) {
        assert_eq!(super::check(text, length, Shape::line()).as_ref(), Err(expected));
    }
}
