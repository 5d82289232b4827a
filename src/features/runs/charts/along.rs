//! What the horizontal axis of compared histories counts. Pure.

use crate::ui::SelectOption;
use crate::ui::chart::Axis;

/// What an address writes before the name of a metric.
const METRIC: &str = "metrics.";

/// What the horizontal axis counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Along {
    /// The steps of the training.
    #[default]
    Step,
    /// Seconds since the run began.
    Relative,
    /// The time of day.
    Wall,
    /// The value of this metric at the same step.
    Metric(String),
}

impl Along {
    /// What an address says; `first` where it says nothing, and steps where it means nothing.
    pub(super) fn read(text: &str, first: &Self) -> Self {
        match text {
            "" => first.clone(),
            "relative" => Self::Relative,
            "wall" => Self::Wall,
            other => match other.strip_prefix(METRIC).filter(|key| !key.is_empty()) {
                Some(key) => Self::Metric(key.to_owned()),
                None => Self::Step,
            },
        }
    }

    /// The metric that is the place of a value.
    pub(super) fn metric(&self) -> Option<&str> {
        match self {
            Self::Metric(key) => Some(key),
            Self::Step | Self::Relative | Self::Wall => None,
        }
    }

    /// The horizontal axis.
    pub(super) fn axis(&self) -> Axis {
        match self {
            Self::Step => Axis::number("step"),
            Self::Relative => Axis::number("seconds since the run began"),
            Self::Wall => Axis::time("time"),
            Self::Metric(key) => Axis::number(key.clone()),
        }
    }

    /// What can be chosen: steps, times, and each of the metrics. An address need not say what is shown at `first`.
    pub(super) fn options<'a>(first: &Self, metrics: impl IntoIterator<Item = &'a str>) -> Vec<SelectOption> {
        let option = |along: Self, text: &str, title: &str| {
            SelectOption::new(if along == *first { "" } else { text }, title)
        };
        let mut options = vec![
            option(Self::Step, "step", "Step"),
            option(Self::Relative, "relative", "Time since begin"),
            option(Self::Wall, "wall", "Time of day"),
        ];
        options.extend(metrics.into_iter().map(|key| SelectOption::new(format!("{METRIC}{key}"), key)));
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_chosen_is_read_as_what_it_says() {
        for first in [Along::Step, Along::Wall] {
            let options = Along::options(&first, ["wall"]);
            let read: Vec<_> = options.iter().map(|option| Along::read(&option.value, &first)).collect();
            assert_eq!(read, [Along::Step, Along::Relative, Along::Wall, Along::Metric("wall".to_owned())]);
            assert_eq!(Along::read("", &first), first);
        }
    }

    #[test]
    fn what_means_nothing_counts_as_steps() {
        assert_eq!(Along::read("nothing", &Along::Wall), Along::Step);
        assert_eq!(Along::read("metrics.", &Along::Wall), Along::Step);
    }
}
