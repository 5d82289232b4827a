//! A schedule in words: "At 02:00 every Monday, Europe/Berlin".

use croner::Cron;
use croner::describe::{English, Language};

/// When `cron` happens, in words, without the time zone.
pub(super) fn sentence(cron: &Cron) -> String {
    let told = cron.describe_lang(Words);
    let told = told.trim_end_matches('.');
    // Between a time of day and a day there is no comma.
    let told = told.replace(", every ", " every ").replace(", on ", " on ").replace(", in ", " in ");
    let is_time_of_day = told.len() == "At 02:00".len() && told.starts_with("At ");
    let mut letters = told.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let told = first + letters.as_str();
    if is_time_of_day { told + " every day" } else { told }
}

/// English as we want it; what is not said here is croner's own.
struct Words;

macro_rules! as_in_english {
    ($($name:ident($($argument:ident: $type:ty),*) -> $returned:ty;)+) => {$(
        fn $name(&self $(, $argument: $type)*) -> $returned {
            English.$name($($argument),*)
        }
    )+};
}

impl Language for Words {
    fn at_phrase(&self, phrase: &str) -> String {
        if phrase.starts_with("every") { phrase.to_owned() } else { format!("At {phrase}") }
    }

    fn on_phrase(&self, phrase: &str) -> String {
        let is_weekday = self.day_of_week_names().iter().any(|day| phrase.starts_with(day));
        if is_weekday { format!("every {}", weekdays(phrase)) } else { format!("on {phrase}") }
    }

    fn every_x_months(&self, step: u16) -> String {
        format!("every {step}th month")
    }

    fn every_x_hours(&self, step: u16) -> String {
        format!("of every {step} hours")
    }

    fn hour_phrase(&self, hours: &str) -> String {
        format!("of the hours {hours}")
    }

    as_in_english! {
        every_minute() -> &'static str;
        every_second_phrase() -> &'static str;
        every_x_minutes(step: u16) -> String;
        every_x_seconds(step: u16) -> String;
        every_minute_of_every_x_hours(step: u16) -> String;
        at_time(time: &str) -> String;
        at_time_and_every_x_seconds(time: &str, step: u16) -> String;
        at_time_at_second(time: &str, second: &str) -> String;
        in_phrase(phrase: &str) -> String;
        second_phrase(second: &str) -> String;
        minute_phrase(minute: &str) -> String;
        minute_past_every_hour_phrase(minute: &str) -> String;
        year_phrase(year: &str) -> String;
        day_phrase(day: &str) -> String;
        the_last_day_of_the_month() -> &'static str;
        the_weekday_nearest_day(day: &str) -> String;
        the_last_weekday_of_the_month(day: &str) -> String;
        the_nth_weekday_of_the_month(n: u8, day: &str) -> String;
        dom_and_dow_if_also(day: &str) -> String;
        dom_and_dow_if_also_one_of(day: &str) -> String;
        list_conjunction_and() -> &'static str;
        list_conjunction_or() -> &'static str;
        list_conjunction_and_comma() -> &'static str;
        day_of_week_names() -> [&'static str; 7];
        month_names() -> [&'static str; 12];
    }
}

fn weekdays(days: &str) -> &str {
    if days == "Monday, Tuesday, Wednesday, Thursday, and Friday" {
        "weekday, Monday to Friday"
    } else {
        days
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression;
    use super::*;

    #[test]
    fn a_schedule_is_told_in_words() {
        for (cron, told) in [
            ("0 2 * * 1", "At 02:00 every Monday"),
            ("0 2 * * *", "At 02:00 every day"),
            ("30 6 * * 1-5", "At 06:30 every weekday, Monday to Friday"),
            ("0 6 1 * *", "At 06:00 on day 1"),
            ("*/15 * * * *", "Every 15 minutes"),
            ("* * * * *", "Every minute"),
            ("0 * * * *", "At minute 0 past every hour"),
            ("0 6 L * *", "At 06:00 on the last day of the month"),
            ("0 6 1 JAN,JUL *", "At 06:00 on day 1 in January and July"),
        ] {
            assert_eq!(sentence(&expression::read(cron).unwrap()), told, "{cron}");
        }
    }
}
