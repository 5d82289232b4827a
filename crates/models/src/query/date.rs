//! Dates of the calendar in UTC, as a filter has them: `2026-11-01`, `2026-11-01 12:30`.

use crate::time::UnixMillis;

const MILLIS_PER_DAY: i64 = 86_400_000;
const DAYS_PER_400_YEARS: i64 = 146_097;
const FIRST_YEAR: i64 = 1970;
const MONTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Reads a day, or a day and a time of it to the minute, second or millisecond, from 1970 to 9999. The time may be
/// parted by `T` instead of a blank, and end in `Z`. `None` for anything else.
pub(super) fn read(text: &str) -> Option<UnixMillis> {
    let text = text.trim().strip_suffix('Z').unwrap_or_else(|| text.trim());
    let (date, time) = match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let (year, month, day) =
        (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if parts.next().is_some() || year < FIRST_YEAR || day < 1 || day > days_in(year, month)? {
        return None;
    }
    let before: i64 = (1..month).filter_map(|month| days_in(year, month)).sum();
    let days = days_before(year) + before + day - 1;
    Some(UnixMillis(days * MILLIS_PER_DAY + time.map_or(Some(0), time_of_day)?))
}

/// `12:30`, `12:30:15` or `12:30:15.250` in milliseconds.
fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (hours, minutes) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let (seconds, millis) = match parts.next().map(|rest| rest.split_once('.').unwrap_or((rest, "000"))) {
        Some((seconds, millis)) => (digits(seconds, 2)?, digits(millis, 3)?),
        None => (0, 0),
    };
    let is_time = parts.next().is_none() && hours < 24 && minutes < 60 && seconds < 60;
    is_time.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis)
}

/// A number of so many digits.
fn digits(text: &str, n: usize) -> Option<i64> {
    (text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Writes a time as short as it can be read again.
pub(super) fn write(time: UnixMillis) -> String {
    let (days, rest) = (time.0.div_euclid(MILLIS_PER_DAY), time.0.rem_euclid(MILLIS_PER_DAY));
    let (year, month, day) = calendar(days);
    let date = format!("{year:04}-{month:02}-{day:02}");
    let (minutes, seconds, millis) = (rest / 60_000, rest / 1000 % 60, rest % 1000);
    let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    match (minutes, seconds, millis) {
        (0, 0, 0) => date,
        (_, 0, 0) => format!("{date} {clock}"),
        (_, _, 0) => format!("{date} {clock}:{seconds:02}"),
        _ => format!("{date} {clock}:{seconds:02}.{millis:03}"),
    }
}

/// The year, the month and the day of it, of a day counted from the epoch.
fn calendar(days: i64) -> (i64, i64, i64) {
    // The year is at most one too late, because years differ by a day in length.
    let guess = FIRST_YEAR + (days * 400 + 399).div_euclid(DAYS_PER_400_YEARS);
    let year = if days_before(guess) > days { guess - 1 } else { guess };
    let mut left = days - days_before(year);
    for month in 1..=12 {
        let length = days_in(year, month).unwrap_or_default();
        if left < length {
            return (year, month, left + 1);
        }
        left -= length;
    }
    (year + 1, 1, left + 1)
}

/// How many days lie between the epoch and the first of January.
fn days_before(year: i64) -> i64 {
    let leap_years = |year: i64| year / 4 - year / 100 + year / 400;
    (year - FIRST_YEAR) * 365 + leap_years(year - 1) - leap_years(FIRST_YEAR - 1)
}

fn days_in(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let usual = usize::try_from(month).ok()?.checked_sub(1).and_then(|month| MONTHS.get(month))?;
    Some(usual + i64::from(is_leap && month == 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        for (text, millis) in [
            ("1970-01-01", 0),
            ("1970-01-01 00:01", 60_000),
            ("2000-02-29", 951_782_400_000),
            ("2026-11-01", 1_793_491_200_000),
            ("2026-11-01 12:30", 1_793_536_200_000),
            ("2026-11-01 12:30:15", 1_793_536_215_000),
            ("2026-11-01 00:00:00.001", 1_793_491_200_001),
            ("9999-12-31 23:59:59.999", UnixMillis::MAX.0),
        ] {
            assert_eq!(read(text), Some(UnixMillis(millis)), "{text}");
            assert_eq!(write(UnixMillis(millis)), text);
        }
        assert_eq!(read("2026-11-01T12:30:15Z"), read("2026-11-01 12:30:15"));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-00-01",
            "2026-11-00",
            "2026-02-29",
            "1900-02-29",
            "1969-12-31",
            "2026-11-01 24:00",
            "2026-11-01 12",
            "2026-11-01 12:60",
            "2026-1-1",
            "yesterday",
            "2026-11-01-01",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_all_years_read_as_they_are_written() {
        for day in (0..=UnixMillis::MAX.0 / MILLIS_PER_DAY).step_by(29) {
            let time = UnixMillis(day * MILLIS_PER_DAY);
            assert_eq!(read(&write(time)), Some(time));
        }
    }
}
