//! The times of a schedule.

use croner::Cron;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use models::schedule::{Schedule, SchedulePreview};
use models::time::UnixMillis;

use super::{expression, sentence};

/// How many candidates are looked at before a schedule counts as one that never happens.
const MOST_CANDIDATES: usize = 5_000;
/// The longest name of a time zone, in bytes.
const LONGEST_ZONE: usize = 64;

/// When something happens: a cron expression in a time zone.
#[derive(Debug, Clone)]
pub struct Timetable {
    cron: Cron,
    zone: TimeZone,
    zone_name: String,
    /// Whether every hour that passes is meant, and not certain hours of the day.
    is_hourly: bool,
}

/// Why there is no such timetable: the field that is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct TimetableError {
    /// `cronString` or `timeZone`.
    pub field: &'static str,
    /// What to do, for people.
    pub message: String,
}

impl TimetableError {
    fn cron(message: String) -> Self {
        Self { field: "cronString", message }
    }
}

impl Timetable {
    /// The times that five cron fields mean in an IANA time zone.
    ///
    /// # Errors
    /// [`TimetableError`], also where there would be no time at all.
    pub fn new(cron: &str, zone: &str) -> Result<Self, TimetableError> {
        let parsed = expression::read(cron).map_err(TimetableError::cron)?;
        let table = Self {
            cron: parsed,
            zone: time_zone(zone)?,
            zone_name: zone.to_owned(),
            is_hourly: expression::is_hourly(cron),
        };
        let never = || TimetableError::cron("choose a day that comes: this one never does".to_owned());
        // Leap days are at most eight years apart, and each date comes on each day of the week within 40 years.
        table.next_after(UnixMillis(0)).ok_or_else(never)?;
        Ok(table)
    }

    /// The first time after `moment`; `None` when there is none until the year 5000.
    #[must_use]
    pub fn next_after(&self, moment: UnixMillis) -> Option<UnixMillis> {
        let after = Timestamp::from_millisecond(moment.0).ok()?;
        let found = if self.is_hourly { self.next_that_passes(after) } else { self.next_by_clock(after) };
        found.map(|found| UnixMillis(found.as_millisecond()))
    }

    /// The next times after `moment`, as many as are told.
    #[must_use]
    pub fn next_times(&self, moment: UnixMillis) -> Vec<UnixMillis> {
        std::iter::successors(self.next_after(moment), |time| self.next_after(*time))
            .take(Schedule::NEXT_TIMES)
            .collect()
    }

    /// When, in words: "At 02:00 every Monday, Europe/Berlin".
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{}, {}", sentence::sentence(&self.cron), self.zone_name)
    }

    /// What it means after `moment`.
    #[must_use]
    pub fn preview(&self, moment: UnixMillis) -> SchedulePreview {
        SchedulePreview { sentence: self.sentence(), next_times: self.next_times(moment) }
    }

    /// Each hour that passes counts, whatever the clock is put to.
    fn next_that_passes(&self, after: Timestamp) -> Option<Timestamp> {
        let from = after.to_zoned(self.zone.clone());
        self.cron.find_next_occurrence(&from, false).ok().map(|found| found.timestamp())
    }

    /// Each time of day counts once a day. So it is looked for on the clock, and then asked when the clock shows it.
    fn next_by_clock(&self, after: Timestamp) -> Option<Timestamp> {
        let mut shown = after.to_zoned(self.zone.clone()).datetime();
        let mut is_inclusive = true;
        for _ in 0..MOST_CANDIDATES {
            shown = self.cron.find_next_occurrence(&shown, is_inclusive).ok()?;
            is_inclusive = false;
            if let Some(instant) = self.instant(shown).filter(|instant| *instant > after) {
                return Some(instant);
            }
        }
        None
    }

    /// When a clock shows this: the first time of two; or when it goes on, where it never does.
    fn instant(&self, shown: DateTime) -> Option<Timestamp> {
        let ambiguous = self.zone.to_ambiguous_zoned(shown);
        if !matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
            return ambiguous.earlier().ok().map(|zoned| zoned.timestamp());
        }
        // Read with the later offset it lies before the clock is put forward.
        let before = ambiguous.earlier().ok()?.timestamp().checked_sub(SignedDuration::from_secs(1)).ok()?;
        self.zone.following(before).next().map(|transition| transition.timestamp())
    }
}

/// Whether this is the name of a time zone.
///
/// # Errors
/// [`TimetableError`] at `timeZone` when it is not.
pub fn check_time_zone(name: &str) -> Result<(), TimetableError> {
    time_zone(name).map(drop)
}

fn time_zone(name: &str) -> Result<TimeZone, TimetableError> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/_+-".contains(character);
    let is_name = (1..=LONGEST_ZONE).contains(&name.len()) && name.chars().all(is_plain);
    let found = is_name.then(|| TimeZone::get(name).ok()).flatten();
    let message = || "use a name such as Europe/Berlin, America/New_York or UTC".to_owned();
    found.ok_or_else(|| TimetableError { field: "timeZone", message: message() })
}
