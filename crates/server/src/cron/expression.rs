//! Reads cron expressions; says which field is wrong.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// The fields in their order: what each is called, and what may stand in it.
const FIELDS: [(&str, &str); 5] = [
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day of the month", "1 to 31, or L for the last"),
    ("month", "1 to 12, or JAN to DEC"),
    ("day of the week", "0 to 7, or SUN to SAT"),
];

/// What five cron fields mean.
///
/// # Errors
/// What is wrong in which field, for people.
pub(super) fn read(text: &str) -> Result<Cron, String> {
    if text.contains('@') {
        return Err("write out the five fields, such as `0 * * * *` for every hour".to_owned());
    }
    parse(text).ok_or_else(|| why_not(text))
}

fn parse(text: &str) -> Option<Cron> {
    CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build().parse(text).ok()
}

fn why_not(text: &str) -> String {
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return models::text::TextError::NotACron.to_string();
    }
    let is_wrong = |place: usize, field: &str| {
        let mut alone = ["*"; FIELDS.len()];
        if let Some(slot) = alone.get_mut(place) {
            *slot = field;
        }
        parse(&alone.join(" ")).is_none()
    };
    let wrong = fields.iter().zip(FIELDS).enumerate().find(|(place, (field, _))| is_wrong(*place, field));
    match wrong {
        Some((_, (field, (name, allowed)))) => format!(
            "correct the {name}, `{field}`: use {allowed}, `*`, a list such as 1,3, a range such as 1-3, or a step such as */2"
        ),
        None => "these five fields do not fit together".to_owned(),
    }
}

/// Whether every hour is meant, and not certain hours of the day.
pub(super) fn is_hourly(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some_and(|hour| matches!(hour, "*" | "?" | "*/1" | "0-23"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_that_is_wrong_is_named() {
        for (text, name) in [
            ("60 * * * *", "minute, `60`"),
            ("0 24 * * *", "hour, `24`"),
            ("0 0 32 * *", "day of the month, `32`"),
            ("0 0 * 13 *", "month, `13`"),
            ("0 0 * * MOO", "day of the week, `MOO`"),
            ("a b c d e", "minute, `a`"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(&format!("correct the {name}")), "{text}: {message}");
        }
        assert!(read("@daily").unwrap_err().contains("five fields"));
        assert!(read("0 0 * * * *").unwrap_err().contains("five fields"));
    }

    #[test]
    fn the_usual_is_read() {
        for text in ["* * * * *", "*/15 9-17 * * MON-FRI", "0 2 L * *", "0 2 * JAN,JUL 1#1", "5,35 0 1 */3 *"]
        {
            assert!(read(text).is_ok(), "{text}");
        }
    }
}
