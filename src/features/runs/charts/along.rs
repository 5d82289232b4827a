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
    /// What an address says; steps where that means nothing.
    pub(super) fn read(text: &str) -> Self {
        match text {
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

    /// What can be chosen: steps, times, and each of the metrics.
    pub(super) fn options<'a>(metrics: impl IntoIterator<Item = &'a str>) -> Vec<SelectOption> {
        let mut options = vec![
            SelectOption::new("", "Step"),
            SelectOption::new("relative", "Time since begin"),
            SelectOption::new("wall", "Time of day"),
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
        let read: Vec<_> = Along::options(["wall"]).iter().map(|option| Along::read(&option.value)).collect();
        assert_eq!(read, [Along::Step, Along::Relative, Along::Wall, Along::Metric("wall".to_owned())]);
    }

    #[test]
    fn what_means_nothing_counts_as_steps() {
        assert_eq!(Along::read("nothing"), Along::Step);
        assert_eq!(Along::read("metrics."), Along::Step);
    }
}
