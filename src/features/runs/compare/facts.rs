//! What is known of runs as rows that can be compared. Pure.

use models::comparison::{Comparison, MetricRow, TextRow};
use models::time::UnixMillis;

use super::launched::launched;
use super::made_of::{Describe, made_of};

/// What the commit of the code is called.
pub(super) const COMMIT: &str = "Commit";
/// Tags that MLflow sets by itself begin with this.
const OF_MLFLOW: &str = "mlflow.";

/// What a row is about; rows stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// Values that were set.
    Parameters,
    /// Values that came out.
    Metrics,
    /// The program.
    Code,
    /// What it was fed.
    Data,
    /// Where it ran.
    Environment,
    /// What it asked of the machine.
    Resources,
    /// Who, when and how it went.
    Run,
    /// What people noted.
    Tags,
}

impl Topic {
    /// All, in their order.
    pub(super) const ALL: [Self; 8] = [
        Self::Parameters,
        Self::Metrics,
        Self::Code,
        Self::Data,
        Self::Environment,
        Self::Resources,
        Self::Run,
        Self::Tags,
    ];

    /// The heading.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Parameters => "Parameters",
            Self::Metrics => "Metrics",
            Self::Code => "Code",
            Self::Data => "Data",
            Self::Environment => "Environment",
            Self::Resources => "Resources",
            Self::Run => "Run",
            Self::Tags => "Tags",
        }
    }
}

/// One thing that is known of the runs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    /// What it is about.
    pub(super) topic: Topic,
    /// Its name.
    pub(super) name: String,
    /// For each run its value in full; `None` where it has none.
    pub(super) values: Vec<Option<String>>,
    /// For each run the measured value; empty for what is not measured.
    pub(super) numbers: Vec<Option<f64>>,
}

impl Fact {
    /// A fact that is a text.
    pub(super) fn text(topic: Topic, name: impl Into<String>, values: Vec<Option<String>>) -> Self {
        Self { topic, name: name.into(), values, numbers: Vec::new() }
    }

    /// Whether the runs do not all have the same; having nothing is different from having something.
    pub(super) fn differs(&self) -> bool {
        self.values.iter().any(|value| Some(value) != self.values.first())
    }

    /// Whether it says in which state something was: a commit, say, is known by its beginning.
    pub(super) fn is_version(&self) -> bool {
        matches!(self.topic, Topic::Code | Topic::Data)
    }

    /// Whether it is the commit of the code.
    pub(super) fn is_commit(&self) -> bool {
        self.topic == Topic::Code && self.name == COMMIT
    }

    /// The least and the greatest of the measured values; `None` when fewer than two differ.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        let finite = || self.numbers.iter().flatten().copied().filter(|number| number.is_finite());
        let (low, high) = (finite().reduce(f64::min)?, finite().reduce(f64::max)?);
        (low < high).then_some((low, high))
    }
}

/// All that is known of the runs; what no run has is left out.
pub(super) fn facts(comparison: &Comparison, moment: fn(UnixMillis) -> String) -> Vec<Fact> {
    let text = |topic: Topic| move |row: &TextRow| Fact::text(topic, row.key.clone(), row.values.clone());
    let mut facts: Vec<_> = comparison.parameters.iter().map(text(Topic::Parameters)).collect();
    facts.extend(comparison.metrics.iter().map(metric));
    facts.extend(made_of(comparison, Describe { moment }));
    facts.extend(launched(comparison));
    let own = comparison.tags.iter().filter(|row| !row.key.starts_with(OF_MLFLOW));
    facts.extend(own.map(text(Topic::Tags)));
    facts.retain(|fact| fact.values.iter().any(Option::is_some));
    facts
}

/// The facts whose names or values hold `search`, whatever the case.
pub(super) fn found(facts: &[Fact], search: &str) -> Vec<Fact> {
    let wanted = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let fits = |fact: &&Fact| {
        wanted.is_empty() || holds(&fact.name) || fact.values.iter().flatten().any(|value| holds(value))
    };
    facts.iter().filter(fits).cloned().collect()
}

fn metric(row: &MetricRow) -> Fact {
    let numbers: Vec<_> = row.last.iter().map(|value| value.map(|value| value.0)).collect();
    let values = numbers.iter().map(|number| number.map(|number| number.to_string())).collect();
    Fact { topic: Topic::Metrics, name: row.key.clone(), values, numbers }
}

#[cfg(test)]
mod tests {
    use models::metric::MetricValue;

    use super::*;

    fn texts(values: &[Option<&str>]) -> Vec<Option<String>> {
        values.iter().map(|value| value.map(str::to_owned)).collect()
    }

    fn measured(values: &[Option<f64>]) -> Fact {
        let last = values.iter().map(|value| value.map(MetricValue)).collect();
        metric(&MetricRow { key: "loss".to_owned(), last, low: Vec::new(), high: Vec::new() })
    }

    #[test]
    fn having_nothing_differs_from_having_something() {
        let differs = |values: &[Option<&str>]| Fact::text(Topic::Code, "branch", texts(values)).differs();
        assert!(differs(&[Some("a"), None]));
        assert!(differs(&[Some("a"), Some("b")]));
        assert!(!differs(&[Some("a"), Some("a")]));
        assert!(!differs(&[Some("a")]));
    }

    #[test]
    fn values_that_are_no_numbers_are_equal_and_no_end() {
        assert!(!measured(&[Some(f64::NAN), Some(f64::NAN)]).differs());
        assert_eq!(measured(&[Some(f64::NAN), Some(1.0), None, Some(3.0)]).ends(), Some((1.0, 3.0)));
        assert_eq!(measured(&[Some(1.0), Some(f64::INFINITY), Some(1.0)]).ends(), None);
    }

    #[test]
    fn a_search_looks_at_names_and_values() {
        let facts = [
            Fact::text(Topic::Parameters, "depth", texts(&[Some("4"), None])),
            Fact::text(Topic::Parameters, "optimizer", texts(&[Some("Adam"), None])),
        ];
        let names =
            |search: &str| found(&facts, search).into_iter().map(|fact| fact.name).collect::<Vec<_>>();
        assert_eq!(names(" ADAM"), ["optimizer"]);
        assert_eq!(names("dep"), ["depth"]);
        assert_eq!(names("").len(), 2);
    }
}
