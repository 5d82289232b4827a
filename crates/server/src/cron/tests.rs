//! What schedules mean when clocks are put forward and back.

use jiff::Timestamp;
use models::time::UnixMillis;

use super::Timetable;

fn millis(text: &str) -> UnixMillis {
    UnixMillis(text.parse::<Timestamp>().unwrap().as_millisecond())
}

/// The times after `from` are these, all in UTC.
#[track_caller]
fn check(cron: &str, zone: &str, from: &str, expected: &[&str]) {
    let table = Timetable::new(cron, zone).unwrap();
    let times = std::iter::successors(table.next_after(millis(from)), |time| table.next_after(*time));
    let found: Vec<_> = times.take(expected.len()).collect();
    let told: Vec<_> =
        found.iter().map(|time| Timestamp::from_millisecond(time.0).unwrap().to_string()).collect();
    assert_eq!(told, expected, "{cron} {zone}");
}

#[test]
fn a_time_of_day_that_is_passed_over_happens_when_the_clock_goes_on() {
    // On 2026-03-29 clocks in Berlin go from 02:00 to 03:00, which is 01:00 UTC.
    let days = ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"];
    check("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", &days);
    let at_two = ["2026-03-28T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"];
    check("0 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", &at_two);
}

#[test]
fn what_is_passed_over_with_what_follows_happens_once() {
    let times = ["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"];
    check("0 1,2,3,4 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", &times);
    check(
        "0 */2 * * *",
        "Europe/Berlin",
        "2026-03-28T23:30:00Z",
        &["2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"],
    );
}

#[test]
fn a_time_of_day_that_comes_twice_happens_the_first_time() {
    // On 2026-10-25 clocks in Berlin go from 03:00 back to 02:00, which is 01:00 UTC.
    let days = ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"];
    check("30 2 * * *", "Europe/Berlin", "2026-10-23T12:00:00Z", &days);
    let lists = ["2026-10-25T00:00:00Z", "2026-10-25T13:00:00Z", "2026-10-26T01:00:00Z"];
    check("0 2,14 * * *", "Europe/Berlin", "2026-10-24T13:00:00Z", &lists);
    check("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", &["2026-10-26T01:30:00Z"]);
}

#[test]
fn every_hour_is_each_hour_that_passes() {
    let spring = ["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"];
    check("0 * * * *", "Europe/Berlin", "2026-03-28T23:30:00Z", &spring);
    let autumn = ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"];
    check("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", &autumn);
    let halves =
        ["2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z"];
    check("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", &halves);
}

#[test]
fn a_whole_year_has_each_day_once() {
    for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"] {
        for cron in ["0 0 * * *", "15 1 * * *", "0 2 * * *", "59 2 * * *", "30 3 * * *"] {
            let table = Timetable::new(cron, zone).unwrap();
            let times = std::iter::successors(table.next_after(millis("2025-12-31T12:00:00Z")), |time| {
                table.next_after(*time)
            });
            let end = millis("2026-12-31T12:00:00Z");
            let times: Vec<_> = times.take_while(|time| *time < end).collect();
            assert_eq!(times.len(), 365, "{cron} {zone}");
            let gaps = times.windows(2).map(|pair| pair[1].0 - pair[0].0);
            assert!(gaps.into_iter().all(|gap| (22..=26).contains(&(gap / 3_600_000))), "{cron} {zone}");
        }
    }
}

#[test]
fn rare_days_come_and_impossible_ones_are_refused_quickly() {
    check("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", &["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]);
    let begun = std::time::Instant::now();
    let refused = Timetable::new("0 0 30 2 *", "UTC").unwrap_err();
    assert_eq!(
        (refused.field, refused.message.as_str()),
        ("cronString", "choose a day that comes: this one never does")
    );
    println!("refused after {:?}", begun.elapsed());
}

#[test]
fn a_time_zone_must_be_known() {
    for wrong in ["", "Berlin", "Europe/Atlantis", "../../etc/passwd", "Europe/Berlin "] {
        assert_eq!(Timetable::new("0 2 * * *", wrong).unwrap_err().field, "timeZone", "{wrong:?}");
    }
    assert_eq!(
        Timetable::new("0 2 * * 1", "Europe/Berlin").unwrap().sentence(),
        "At 02:00 every Monday, Europe/Berlin"
    );
}
