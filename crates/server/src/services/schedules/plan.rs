//! What is done about a schedule whose time has come: for that time, for one of those missed, or nothing.

use models::schedule::MissedTimes;
use models::time::UnixMillis;

use crate::cron::Timetable;
use crate::store::Firing;

/// How late a time may be come to without counting as missed, in milliseconds.
const GRACE: i64 = 5 * 60_000;
/// How many missed times are counted.
const MOST_COUNTED: usize = 1_000;

/// What is done at `now` for the times from `due_at` on.
pub(super) fn plan(
    table: &Timetable,
    due_at: UnixMillis,
    missed_times: &MissedTimes,
    now: UnixMillis,
) -> Firing {
    let mut firing = Firing { at: None, message: None, skipped: None, next: table.next_after(now), now };
    let latest = latest(table, due_at, now);
    let end = latest.unwrap_or(UnixMillis(now.0 + 1));
    if due_at >= end {
        firing.at = latest;
        return firing;
    }
    let told = told(table, due_at, end);
    match (missed_times, latest) {
        (MissedTimes::Once, latest) => {
            firing.at = Some(latest.unwrap_or(due_at));
            firing.message = Some(format!("{told} while no server ran; this makes up for it."));
        }
        (MissedTimes::Skip | MissedTimes::Unknown(_), latest) => {
            firing.at = latest;
            firing.skipped = Some((due_at, format!("{told} while no server ran.")));
        }
    }
    firing
}

/// The last time that was come to soon enough.
fn latest(table: &Timetable, due_at: UnixMillis, now: UnixMillis) -> Option<UnixMillis> {
    let oldest = UnixMillis(now.0 - GRACE);
    let first = if due_at >= oldest { Some(due_at) } else { table.next_after(UnixMillis(oldest.0 - 1)) };
    times(table, first, UnixMillis(now.0 + 1)).last()
}

/// The times from `first` on and before `end`. The first may be one that the timetable of this version does not have.
fn times(table: &Timetable, first: Option<UnixMillis>, end: UnixMillis) -> impl Iterator<Item = UnixMillis> {
    std::iter::successors(first, |time| table.next_after(*time)).take_while(move |time| *time < end)
}

fn told(table: &Timetable, due_at: UnixMillis, end: UnixMillis) -> String {
    match times(table, Some(due_at), end).take(MOST_COUNTED).count() {
        0 | 1 => "This time passed".to_owned(),
        MOST_COUNTED => format!("{MOST_COUNTED} times or more passed"),
        n_times => format!("{n_times} times passed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn planned(missed: &MissedTimes, now: i64) -> (Option<i64>, Option<i64>, Option<i64>, String) {
        let table = Timetable::new("0 * * * *", "UTC").unwrap();
        let firing = plan(&table, UnixMillis(HOUR), missed, UnixMillis(now));
        let (skipped, reason) = firing.skipped.unzip();
        let told = reason.or(firing.message).unwrap_or_default();
        let millis = |time: UnixMillis| time.0;
        (firing.at.map(millis), skipped.map(millis), firing.next.map(millis), told)
    }

    #[test]
    fn a_time_that_is_come_to_soon_enough_is_no_missed_one() {
        for late in [0, 30_000, GRACE] {
            for missed in MissedTimes::KNOWN {
                let expected = (Some(HOUR), None, Some(2 * HOUR), String::new());
                assert_eq!(planned(missed, HOUR + late), expected);
            }
        }
    }

    #[test]
    fn missed_times_are_let_pass_or_made_up_for_once() {
        let now = 4 * HOUR + HOUR / 2;
        let told = |text: &str| text.to_owned();
        let skipped = (None, Some(HOUR), Some(5 * HOUR), told("4 times passed while no server ran."));
        assert_eq!(planned(&MissedTimes::Skip, now), skipped);
        let made_up = (
            Some(HOUR),
            None,
            Some(5 * HOUR),
            told("4 times passed while no server ran; this makes up for it."),
        );
        assert_eq!(planned(&MissedTimes::Once, now), made_up);
        let now = HOUR + HOUR / 2;
        let one = (None, Some(HOUR), Some(2 * HOUR), told("This time passed while no server ran."));
        assert_eq!(planned(&MissedTimes::Skip, now), one);
    }

    #[test]
    fn a_time_that_comes_just_now_is_taken_after_missed_ones() {
        let now = 4 * HOUR + 1_000;
        let (at, skipped, next, told) = planned(&MissedTimes::Skip, now);
        assert_eq!((at, skipped, next), (Some(4 * HOUR), Some(HOUR), Some(5 * HOUR)));
        assert_eq!(told, "3 times passed while no server ran.");
        let (at, skipped, ..) = planned(&MissedTimes::Once, now);
        assert_eq!((at, skipped), (Some(4 * HOUR), None));
    }

    #[test]
    fn very_many_missed_times_are_not_counted() {
        let (.., told) = planned(&MissedTimes::Skip, 20_000 * HOUR + HOUR / 2);
        assert_eq!(told, "1000 times or more passed while no server ran.");
    }
}
