//! Round moments along an axis, and how they are written.

use super::calendar::Day;
use super::scale::Scale;
use super::ticks::{CROWDED, Tick};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The length of a month where only the rough size of a step matters.
const MONTH: i64 = 30 * DAY;

/// Steps shorter than a month, in milliseconds.
const STEPS: [i64; 27] = [
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
];
/// Longer steps, in months.
const MONTHS: [i64; 10] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200];

/// About `count` ticks of a scale of milliseconds since the Unix epoch; `offset` is how far local clocks are
/// ahead of UTC, in milliseconds.
pub(super) fn time_ticks(scale: &Scale, count: usize, offset: i64) -> Vec<Tick> {
    let (from, to) = (scale.from as i64 + offset, scale.to as i64 + offset);
    let shortest = ((to - from) as f64 * CROWDED) as i64 / count.max(1) as i64;
    let week = 7 * DAY;
    let step = STEPS.into_iter().chain([week]).find(|step| *step >= shortest);
    let moments: Vec<i64> = match step {
        Some(step) => every(from, to, step),
        None => months(from, to, shortest),
    };
    let step = step.unwrap_or(MONTH);
    moments
        .iter()
        .enumerate()
        .map(|(n, moment)| {
            let new_day = n == 0 || moment.div_euclid(DAY) != moments[n - 1].div_euclid(DAY);
            Tick { value: (moment - offset) as f64, label: label(*moment, step, new_day) }
        })
        .collect()
}

/// A moment in full, to the second: `23 Nov 2026 14:05:09`.
pub(super) fn moment(value: f64, offset: i64) -> String {
    let local = value.round() as i64 + offset;
    let day = Day::from_epoch(local.div_euclid(DAY));
    format!("{} {} {} {}", day.day, day.month_name(), day.year, clock(local, SECOND))
}

fn every(from: i64, to: i64, step: i64) -> Vec<i64> {
    let first = from.div_euclid(step) * step;
    (0..)
        .map(|n| first + n * step)
        .skip_while(|moment| *moment < from)
        .take_while(|moment| *moment <= to)
        .collect()
}

fn months(from: i64, to: i64, shortest: i64) -> Vec<i64> {
    let step = MONTHS.into_iter().find(|step| *step * MONTH >= shortest).unwrap_or(12_000);
    let start = Day::from_epoch(from.div_euclid(DAY));
    let first = (start.year * 12 + start.month - 1).div_euclid(step) * step;
    (0..)
        .map(|n| Day::month_to_epoch(0, first + n * step + 1) * DAY)
        .skip_while(|moment| *moment < from)
        .take_while(|moment| *moment <= to)
        .collect()
}

fn label(moment: i64, step: i64, new_day: bool) -> String {
    let day = Day::from_epoch(moment.div_euclid(DAY));
    let date = format!("{} {}", day.day, day.month_name());
    if step >= MONTH {
        return if day.month == 1 {
            day.year.to_string()
        } else {
            format!("{} {}", day.month_name(), day.year)
        };
    }
    let midnight = moment.rem_euclid(DAY) == 0;
    match (step >= DAY || midnight, new_day) {
        (true, _) => date,
        (false, true) => format!("{date} {}", clock(moment, step)),
        (false, false) => clock(moment, step),
    }
}

/// The time of day as exactly as `step` needs.
fn clock(moment: i64, step: i64) -> String {
    let of_day = moment.rem_euclid(DAY);
    let (hours, minutes) = (of_day / HOUR, of_day / MINUTE % 60);
    let (seconds, milliseconds) = (of_day / SECOND % 60, of_day % SECOND);
    if step >= MINUTE {
        format!("{hours:02}:{minutes:02}")
    } else if step >= SECOND {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{DAY, HOUR, MINUTE, moment, time_ticks};
    use crate::ui::chart::scale::{Scale, Spread};
    use proptest::prelude::*;

    /// 23 November 2026, midnight UTC.
    const TODAY: i64 = 20_780 * DAY;

    fn ticks(from: i64, to: i64, offset: i64) -> Vec<super::Tick> {
        let (from, to) = (from as f64, to as f64);
        time_ticks(&Scale { spread: Spread::Linear, from, to, start: 0.0, end: 100.0 }, 5, offset)
    }

    #[track_caller]
    fn check(from: i64, to: i64, offset: i64, expected: &[&str]) {
        let labels: Vec<_> = ticks(from, to, offset).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn the_first_time_of_each_day_carries_the_date() {
        let from = TODAY + 10 * HOUR;
        check(from, from + 40 * MINUTE, 0, &["23 Nov 10:00", "10:10", "10:20", "10:30", "10:40"]);
        let from = TODAY + 20 * HOUR;
        check(from, from + 12 * HOUR, 0, &["23 Nov 21:00", "24 Nov", "03:00", "06:00"]);
    }

    #[test]
    fn ticks_are_round_in_local_time() {
        check(TODAY, TODAY + 2 * HOUR, HOUR / 2, &["23 Nov 00:30", "01:00", "01:30", "02:00", "02:30"]);
    }

    #[test]
    fn days_and_months_are_named() {
        check(TODAY, TODAY + 4 * DAY, 0, &["23 Nov", "24 Nov", "25 Nov", "26 Nov", "27 Nov"]);
        check(TODAY, TODAY + 150 * DAY, 0, &["Dec 2026", "2027", "Feb 2027", "Mar 2027", "Apr 2027"]);
    }

    #[test]
    fn a_moment_is_written_in_full() {
        assert_eq!(moment((TODAY + 14 * HOUR) as f64, HOUR), "23 Nov 2026 15:00:00");
    }

    proptest! {
        #[test]
        fn neighbouring_labels_differ(from in 0i64..4_000_000_000_000, span in 5i64..400_000_000_000) {
            let ticks = ticks(from, from + span, HOUR);
            prop_assert!(ticks.len() <= 12, "{ticks:?}");
            prop_assert!(ticks.windows(2).all(|pair| pair[0].label != pair[1].label && pair[0].value < pair[1].value));
            prop_assert!(ticks.iter().all(|tick| tick.value >= from as f64 && tick.value <= (from + span) as f64));
        }
    }
}
