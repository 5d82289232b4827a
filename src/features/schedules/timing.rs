//! When a schedule acts, as it is chosen in the form, and the cron expression that it becomes.

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    /// Every hour, at a minute.
    Hourly,
    /// Every day, at a time.
    Daily,
    /// Every week, on a day at a time.
    Weekly,
    /// Every month, on a day at a time.
    Monthly,
    /// As five cron fields say.
    Cron,
}

/// The last day of the month, whichever it is.
pub(super) const LAST_DAY: &str = "L";

/// When a schedule acts, as it is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timing {
    pub(super) preset: Preset,
    /// The minute of the hour: 0 to 59.
    pub(super) minute: String,
    /// The time of day: `02:00`.
    pub(super) time: String,
    /// The day of the week: 1 for Monday to 7 for Sunday.
    pub(super) weekday: String,
    /// The day of the month: 1 to 31, or [`LAST_DAY`].
    pub(super) day: String,
    /// Five cron fields.
    pub(super) cron: String,
}

impl Default for Timing {
    /// Every night: often enough to see it work, and seldom enough to do no harm.
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            preset: Preset::Daily,
            minute: text("0"),
            time: text("02:00"),
            weekday: text("1"),
            day: text("1"),
            cron: text("0 2 * * *"),
        }
    }
}

impl Timing {
    /// As it was chosen where `cron` came of it.
    pub(super) fn of(cron: &str) -> Self {
        let fields: Vec<&str> = cron.split_whitespace().collect();
        let text = str::to_owned;
        let usual = Self { cron: text(cron), preset: Preset::Cron, ..Self::default() };
        let &[minute, hour, day, "*", weekday] = fields.as_slice() else { return usual };
        let Some(minute) = number(minute, 0..=59) else { return usual };
        let time = number(hour, 0..=23).map(|hour| format!("{hour:02}:{minute:02}"));
        match (time, hour, day, weekday) {
            (None, "*", "*", "*") => Self { preset: Preset::Hourly, minute: minute.to_string(), ..usual },
            (Some(time), _, "*", "*") => Self { preset: Preset::Daily, time, ..usual },
            (Some(time), _, "*", weekday) => match number(weekday, 0..=7) {
                Some(weekday) => {
                    let weekday = if weekday == 0 { 7 } else { weekday }.to_string();
                    Self { preset: Preset::Weekly, time, weekday, ..usual }
                }
                None => usual,
            },
            (Some(time), _, day, "*") if day == LAST_DAY || number(day, 1..=31).is_some() => {
                Self { preset: Preset::Monthly, time, day: text(day), ..usual }
            }
            _ => usual,
        }
    }

    /// The five cron fields.
    ///
    /// # Errors
    /// What is wrong, for people.
    pub(super) fn cron(&self) -> Result<String, &'static str> {
        let time = || time_of_day(&self.time).ok_or("enter a time of day such as 02:00");
        Ok(match self.preset {
            Preset::Hourly => {
                let minute = number(self.minute.trim(), 0..=59).ok_or("enter a minute from 0 to 59")?;
                format!("{minute} * * * *")
            }
            Preset::Daily => time().map(|(hour, minute)| format!("{minute} {hour} * * *"))?,
            Preset::Weekly => time().map(|(hour, minute)| format!("{minute} {hour} * * {}", self.weekday))?,
            Preset::Monthly => time().map(|(hour, minute)| format!("{minute} {hour} {} * *", self.day))?,
            Preset::Cron => self.cron.trim().to_owned(),
        })
    }
}

fn number(text: &str, range: std::ops::RangeInclusive<u8>) -> Option<u8> {
    text.parse().ok().filter(|number| range.contains(number))
}

/// The hour and the minute of `02:00`.
fn time_of_day(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.trim().split_once(':')?;
    Some((number(hour, 0..=23)?, number(minute, 0..=59).filter(|_| minute.len() == 2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_becomes_cron_and_is_known_again() {
        for (cron, preset) in [
            ("15 * * * *", Preset::Hourly),
            ("30 6 * * *", Preset::Daily),
            ("0 2 * * 1", Preset::Weekly),
            ("0 2 31 * *", Preset::Monthly),
            ("0 2 L * *", Preset::Monthly),
            ("*/15 * * * *", Preset::Cron),
            ("0 2 * * 1-5", Preset::Cron),
            ("0 2 1 1 *", Preset::Cron),
            ("0 2 1 * 1", Preset::Cron),
            ("nonsense", Preset::Cron),
        ] {
            let timing = Timing::of(cron);
            assert_eq!((timing.preset, timing.cron().as_deref()), (preset, Ok(cron)), "{cron}");
        }
        assert_eq!(Timing::of("0 2 * * 0").weekday, "7", "both are Sunday");
    }

    #[test]
    fn it_is_every_night_until_somebody_says_otherwise() {
        assert_eq!(Timing::default().cron().as_deref(), Ok("0 2 * * *"));
    }

    #[test]
    fn a_time_of_day_has_hours_and_minutes() {
        for wrong in ["", "2", "24:00", "02:60", "2:5", "two"] {
            let timing = Timing { time: wrong.to_owned(), ..Timing::default() };
            assert_eq!(timing.cron(), Err("enter a time of day such as 02:00"), "{wrong}");
        }
        let timing = Timing { time: " 7:05 ".to_owned(), ..Timing::default() };
        assert_eq!(timing.cron().as_deref(), Ok("5 7 * * *"));
    }
}
