//! What of the runs can be drawn along an axis. Pure.

use models::comparison::Comparison;

use crate::ui::SelectOption;

/// Whether this is the id of a metric that MLflow takes of the machine.
pub(super) fn is_of_machine(id: &str) -> bool {
    id.starts_with("metrics.system/")
}

/// A metric or a parameter whose values are numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// How an address and the query language write it: `metrics.loss`.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// For each run its value, the last one of a metric; `None` where it has none that is finite.
    pub(super) numbers: Vec<Option<f64>>,
}

impl Quantity {
    /// A line of a list to choose from, which tells metrics from parameters of the same name.
    pub(super) fn option(&self) -> SelectOption {
        SelectOption::new(self.id.clone(), self.id.clone())
    }

    fn varies(&self) -> bool {
        let mut known = self.numbers.iter().flatten();
        known.next().is_some_and(|first| known.any(|number| number != first))
    }
}

/// The metrics, then the parameters, of which any run has a number. A parameter that is text for any run is none.
pub(super) fn quantities(comparison: &Comparison) -> Vec<Quantity> {
    let finite = |number: f64| Some(number).filter(|number| number.is_finite());
    let metrics = comparison.metrics.iter().map(|row| Quantity {
        id: format!("metrics.{}", row.key),
        name: row.key.clone(),
        numbers: row.last.iter().map(|value| value.and_then(|value| finite(value.0))).collect(),
    });
    let parameters = comparison.parameters.iter().filter_map(|row| {
        let number = |text: &Option<String>| match text {
            Some(text) => text.trim().parse().ok().and_then(finite).map(Some),
            None => Some(None),
        };
        Some(Quantity {
            id: format!("params.{}", row.key),
            name: row.key.clone(),
            numbers: row.values.iter().map(number).collect::<Option<_>>()?,
        })
    });
    let any = |quantity: &Quantity| quantity.numbers.iter().any(Option::is_some);
    metrics.chain(parameters).filter(any).collect()
}

/// The metrics of which any run has a number, those of the training first.
pub(super) fn of_metrics(comparison: &Comparison) -> Vec<Quantity> {
    let mut metrics: Vec<_> =
        quantities(comparison).into_iter().filter(|quantity| quantity.id.starts_with("metrics.")).collect();
    metrics.sort_by_key(|metric| is_of_machine(&metric.id));
    metrics
}

/// The horizontal and the vertical quantity that are asked for by their ids. Where that means nothing it is the first
/// parameter, or else metric, that varies, or else the first other one, against the first metric of the training.
pub(super) fn chosen<'a>(
    quantities: &'a [Quantity],
    x: &str,
    y: &str,
) -> Option<(&'a Quantity, &'a Quantity)> {
    let called = |id: &str| quantities.iter().find(|quantity| quantity.id == id);
    let of_training = || quantities.iter().find(|quantity| !is_of_machine(&quantity.id));
    let vertical = called(y).or_else(of_training).or_else(|| quantities.first())?;
    let others = || quantities.iter().filter(|quantity| quantity.id != vertical.id);
    let varying =
        |prefix: &str| others().find(|quantity| quantity.id.starts_with(prefix) && quantity.varies());
    let usual = || varying("params.").or_else(|| varying("")).or_else(|| others().next());
    let horizontal = called(x).or_else(usual)?;
    Some((horizontal, vertical))
}

#[cfg(test)]
pub(super) mod tests {
    use models::comparison::{MetricRow, TextRow};
    use models::metric::MetricValue;

    use super::*;

    /// A parameter or a tag of two runs.
    pub(in super::super) fn text(key: &str, values: [Option<&str>; 2]) -> TextRow {
        TextRow { key: key.to_owned(), values: values.map(|value| value.map(str::to_owned)).to_vec() }
    }

    /// A metric of two runs.
    pub(in super::super) fn metric(key: &str, last: [Option<f64>; 2]) -> MetricRow {
        MetricRow {
            key: key.to_owned(),
            last: last.map(|value| value.map(MetricValue)).to_vec(),
            low: Vec::new(),
            high: Vec::new(),
        }
    }

    /// Two runs that have logged these.
    pub(in super::super) fn logged(parameters: Vec<TextRow>, metrics: Vec<MetricRow>) -> Comparison {
        let (runs, missing) = (Vec::new(), Vec::new());
        Comparison { runs, missing, parameters, tags: Vec::new(), metrics, inputs: Vec::new() }
    }

    fn comparison() -> Comparison {
        logged(
            vec![
                text("depth", [Some("4"), Some("4")]),
                text("mixed", [Some("4"), Some("auto")]),
                text("rate", [Some("1e-3"), Some(" 0.1")]),
                text("top", [Some("inf"), None]),
            ],
            vec![metric("loss", [Some(0.5), Some(f64::NAN)]), metric("none", [None, None])],
        )
    }

    #[test]
    fn texts_and_what_no_run_has_are_no_quantities() {
        let found = quantities(&comparison());
        let ids: Vec<_> = found.iter().map(|quantity| quantity.id.as_str()).collect();
        assert_eq!(ids, ["metrics.loss", "params.depth", "params.rate"]);
        assert_eq!(found[0].numbers, [Some(0.5), None]);
        assert_eq!(found[2].numbers, [Some(0.001), Some(0.1)]);
    }

    #[test]
    fn what_varies_is_drawn_unless_something_else_is_asked_for() {
        let found = quantities(&comparison());
        let ids = |x: &str, y: &str| chosen(&found, x, y).map(|(x, y)| (x.id.clone(), y.id.clone()));
        assert_eq!(ids("", ""), Some(("params.rate".to_owned(), "metrics.loss".to_owned())));
        assert_eq!(ids("params.depth", "x"), Some(("params.depth".to_owned(), "metrics.loss".to_owned())));
        assert_eq!(ids("", "params.rate"), Some(("metrics.loss".to_owned(), "params.rate".to_owned())));
        assert_eq!(chosen(&found[..1], "", ""), None);
    }
}
