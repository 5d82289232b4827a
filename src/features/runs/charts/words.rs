//! What the lines of a chart do not show, in words. Pure.

use models::comparison::ComparedHistory;

use super::bands::Reach;
use super::closer::is_thinned_out;
use crate::ui::format::integer;

/// What a band is made of.
pub(super) const fn told_of_bands(reach: Reach) -> &'static str {
    match reach {
        Reach::Deviation => {
            "Bands are the mean and one standard deviation of the runs of a group; between its values a run counts by a straight line."
        }
        Reach::Range => {
            "Bands reach from the least to the greatest of the runs of a group, around their mean; between its values a run counts by a straight line."
        }
    }
}

/// What is left out, and what was put together; `None` where each value is drawn.
pub(super) fn note<'a>(all: impl Iterator<Item = &'a ComparedHistory> + Clone) -> Option<String> {
    let not_finite = all.clone().map(|compared| compared.history.n_not_finite).sum::<u64>();
    let without_place = all.clone().map(|compared| compared.n_without_place).sum::<u64>();
    let values = |n: u64, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 value {one}.")),
        n => Some(format!("{} values {many}.", integer(n))),
    };
    let notes = [
        values(not_finite, "is not finite", "are not finite"),
        values(without_place, "has no place on this axis", "have no place on this axis"),
        reduced(all),
    ];
    let notes: Vec<_> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// That lines stand for more values than they have points.
fn reduced<'a>(all: impl Iterator<Item = &'a ComparedHistory>) -> Option<String> {
    let thinned_out = all.filter(|compared| is_thinned_out(compared)).map(|compared| &compared.history);
    let (values, points) = thinned_out.fold((0, 0), |(values, points), history| {
        (values + history.n_values, points + history.steps.len() as u64)
    });
    (values > 0).then(|| {
        let (values, points) = (integer(values), integer(points));
        format!(
            "{values} values in {points} ranges, from the least to the greatest; zoom in to see more of them."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::history;
    use super::*;

    #[test]
    fn what_is_not_drawn_is_counted() {
        let mut one = history(&[0, 1], 0.0);
        assert_eq!(note([&one].into_iter()), None);
        (one.history.n_values, one.history.n_not_finite) = (3, 1);
        assert_eq!(note([&one].into_iter()).as_deref(), Some("1 value is not finite."));
        (one.history.n_values, one.history.n_not_finite, one.n_without_place) = (1_205, 1_200, 3);
        assert_eq!(
            note([&one].into_iter()).as_deref(),
            Some("1,200 values are not finite. 3 values have no place on this axis.")
        );
    }

    #[test]
    fn what_was_put_together_is_told() {
        let mut one = history(&[0, 1], 0.5);
        one.history.n_values = 5_000;
        let told = "10,000 values in 4 ranges, from the least to the greatest; zoom in to see more of them.";
        assert_eq!(note([&one, &one].into_iter()).as_deref(), Some(told));
    }
}
