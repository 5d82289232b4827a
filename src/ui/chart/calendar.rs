//! Days and months of the Gregorian calendar, without time zones.

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: i64,
    /// 1 to 31.
    pub(super) day: i64,
}

const DAYS_IN_400_YEARS: i64 = 146_097;
const NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Day {
    /// The day that begins `days` after 1 January 1970.
    pub(super) fn from_epoch(days: i64) -> Self {
        // Years begin in March, so that the leap day is the last of its year.
        let since = days + 719_468;
        let era = since.div_euclid(DAYS_IN_400_YEARS);
        let in_era = since.rem_euclid(DAYS_IN_400_YEARS);
        let year_of_era = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * in_year + 2) / 153;
        let day = in_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        Self { year: era * 400 + year_of_era + i64::from(month <= 2), month, day }
    }

    /// How many days after 1 January 1970 the first of `month` begins; months beyond 12 are of later years.
    pub(super) fn month_to_epoch(year: i64, month: i64) -> i64 {
        let months = year * 12 + month - 1;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let year = year - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let in_year = (153 * ((month + 9) % 12) + 2) / 5;
        era * DAYS_IN_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + in_year - 719_468
    }

    /// The month in three letters.
    pub(super) fn month_name(self) -> &'static str {
        usize::try_from(self.month - 1).ok().and_then(|month| NAMES.get(month)).copied().unwrap_or_default()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Day;
    use proptest::prelude::*;

    #[track_caller]
    fn check(days: i64, year: i64, month: i64, day: i64) {
        assert_eq!(Day::from_epoch(days), Day { year, month, day });
    }

    #[test]
    fn known_days() {
        check(0, 1970, 1, 1);
        check(-1, 1969, 12, 31);
        check(11_016, 2000, 2, 29);
        check(20_780, 2026, 11, 23);
    }

    proptest! {
        #[test]
        fn the_first_of_a_month_is_found_again(year in 1000i64..3000, month in 1i64..=12) {
            prop_assert_eq!(Day::from_epoch(Day::month_to_epoch(year, month)), Day { year, month, day: 1 });
        }

        #[test]
        fn days_follow_one_another(days in -400_000i64..400_000) {
            let (today, tomorrow) = (Day::from_epoch(days), Day::from_epoch(days + 1));
            prop_assert!(tomorrow.day == today.day + 1 || tomorrow.day == 1);
        }
    }
}
