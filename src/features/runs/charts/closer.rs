//! Which part of histories is worth a closer look. Pure.

use models::comparison::{ComparedHistories, ComparedHistory};
use models::time::UnixMillis;

use super::along::Along;
use super::lines::place;

/// A part of histories, as the server is asked for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// The steps from the first to the last.
    Steps(i64, i64),
    /// The places on another metric from the first to the last.
    Places(f64, f64),
}

/// The part behind `from..=to` of the axis, where looking closer shows more than is known of the `whole`.
pub(super) fn part<'a>(
    whole: impl Iterator<Item = (&'a ComparedHistory, Option<UnixMillis>)>,
    (from, to): (f64, f64),
    along: &Along,
) -> Option<Part> {
    let mut thinned_out = whole.filter(|(compared, _)| is_thinned_out(compared)).peekable();
    thinned_out.peek()?;
    match along {
        Along::Metric(_) => Some(Part::Places(from, to)),
        #[expect(clippy::cast_possible_truncation, reason = "a float saturates")]
        Along::Step => (from <= to).then_some(Part::Steps(from.floor() as i64, to.ceil() as i64)),
        Along::Relative | Along::Wall => thinned_out
            .filter_map(|(compared, began)| steps_between(compared, began, (from, to), along))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
            .map(|(first, last)| Part::Steps(first, last)),
    }
}

/// The only history of each run that was asked for one metric.
pub(super) fn only(histories: &ComparedHistories) -> Option<&ComparedHistory> {
    histories.histories.first()
}

/// Whether a history says more than one value at each of its places.
pub(super) fn is_thinned_out(compared: &ComparedHistory) -> bool {
    let history = &compared.history;
    let drawn = history.n_values.saturating_sub(history.n_not_finite + compared.n_without_place);
    drawn > history.steps.len() as u64
}

/// The steps that a part of the axis shows, with one on each side; `None` when nothing is in it.
fn steps_between(
    compared: &ComparedHistory,
    began: Option<UnixMillis>,
    (from, to): (f64, f64),
    along: &Along,
) -> Option<(i64, i64)> {
    let steps = &compared.history.steps;
    let is_shown =
        |index: &usize| place(compared, along, began, *index).is_some_and(|x| (from..=to).contains(&x));
    let (first, last) = ((0..steps.len()).find(is_shown)?, (0..steps.len()).rfind(is_shown)?);
    Some((*steps.get(first.saturating_sub(1))?, *steps.get((last + 1).min(steps.len() - 1))?))
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::history;
    use super::*;

    fn part_of(thinned_out: bool, shown: (f64, f64), along: &Along) -> Option<Part> {
        let mut whole = history(&[0, 10, 20, 30], 1.0);
        whole.history.n_values = if thinned_out { 900 } else { 4 };
        part([(&whole, Some(UnixMillis(0)))].into_iter(), shown, along)
    }

    #[test]
    fn a_part_of_the_time_is_a_part_of_the_steps() {
        assert_eq!(part_of(true, (9_000.0, 21_000.0), &Along::Wall), Some(Part::Steps(0, 30)));
        assert_eq!(part_of(true, (29.0, 99.0), &Along::Relative), Some(Part::Steps(20, 30)));
        assert_eq!(part_of(true, (31.0, 99.0), &Along::Relative), None);
        assert_eq!(part_of(true, (9.5, 20.5), &Along::Step), Some(Part::Steps(9, 21)));
        let along = Along::Metric("epoch".to_owned());
        assert_eq!(part_of(true, (0.5, 1.5), &along), Some(Part::Places(0.5, 1.5)));
    }

    #[test]
    fn a_closer_look_is_worth_it_only_where_values_were_put_together() {
        assert_eq!(part_of(false, (9.5, 20.5), &Along::Step), None);
    }
}
