//! What of the runs can be an axis among others. Pure.

use models::comparison::{Comparison, TextRow};

use super::quantities::is_of_machine;
use crate::features::runs::address::list;
use crate::ui::chart::{Dimension, Values};

/// How many parameters and metrics are axes where none were chosen.
const PARAMETERS: usize = 5;
const METRICS: usize = 2;

/// The parameters, then the metrics, that any run has. A parameter is a number if each of its values is one.
pub(super) fn dimensions(comparison: &Comparison) -> Vec<Dimension> {
    let parameters = comparison.parameters.iter().map(|row| Dimension {
        id: format!("params.{}", row.key),
        name: row.key.clone(),
        values: parameter(row),
    });
    let metrics = comparison.metrics.iter().map(|row| Dimension {
        id: format!("metrics.{}", row.key),
        name: row.key.clone(),
        values: Values::Numbers(row.last.iter().map(|value| value.map(|value| value.0)).collect()),
    });
    parameters.chain(metrics).filter(is_known).collect()
}

fn parameter(row: &TextRow) -> Values {
    let number = |text: &String| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if row.values.iter().flatten().all(|text| number(text).is_some()) {
        Values::Numbers(row.values.iter().map(|value| value.as_ref().and_then(number)).collect())
    } else {
        Values::Names(row.values.clone())
    }
}

fn is_known(dimension: &Dimension) -> bool {
    match &dimension.values {
        Values::Numbers(numbers) => numbers.iter().flatten().any(|number| number.is_finite()),
        Values::Names(names) => names.iter().any(Option::is_some),
    }
}

fn varies(dimension: &Dimension) -> bool {
    match &dimension.values {
        Values::Numbers(numbers) => numbers.iter().any(|number| Some(number) != numbers.first()),
        Values::Names(names) => names.iter().any(|name| Some(name) != names.first()),
    }
}

/// The axes whose ids are listed, in that order. Where fewer than two are known, the first that vary.
pub(super) fn chosen(all: &[Dimension], listed: &str) -> Vec<Dimension> {
    let ids = list::split(listed);
    let called = |id: &String| all.iter().find(|dimension| dimension.id == *id).cloned();
    let known: Vec<_> = ids.iter().filter_map(called).collect();
    if known.len() >= 2 {
        return known;
    }
    let varying = |prefix: &str| {
        let own = all.iter().filter(move |dimension| dimension.id.starts_with(prefix) && varies(dimension));
        own.filter(|dimension| !is_of_machine(&dimension.id)).cloned().collect::<Vec<_>>()
    };
    let (parameters, metrics) = (varying("params."), varying("metrics."));
    let usual: Vec<_> =
        parameters.into_iter().take(PARAMETERS).chain(metrics.into_iter().take(METRICS)).collect();
    if usual.len() >= 2 { usual } else { all.iter().take(2).cloned().collect() }
}

/// The ids of axes as an address lists them.
pub(super) fn listed(axes: impl IntoIterator<Item = String>) -> String {
    list::join(axes)
}

#[cfg(test)]
mod tests {
    use super::super::quantities::tests::{logged, metric, text};
    use super::*;

    fn comparison() -> Comparison {
        logged(
            vec![
                text("depth", [Some("4"), Some("4")]),
                text("optimizer, name", [Some("adam"), Some("7")]),
                text("rate", [Some("1e-3"), None]),
            ],
            vec![
                metric("loss", [Some(0.5), Some(f64::NAN)]),
                metric("nothing", [None, Some(f64::INFINITY)]),
                metric("system/cpu", [Some(1.0), Some(2.0)]),
            ],
        )
    }

    fn ids(axes: &[Dimension]) -> Vec<&str> {
        axes.iter().map(|axis| axis.id.as_str()).collect()
    }

    #[test]
    fn parameters_are_names_unless_all_are_numbers() {
        let all = dimensions(&comparison());
        assert_eq!(
            ids(&all),
            ["params.depth", "params.optimizer, name", "params.rate", "metrics.loss", "metrics.system/cpu"]
        );
        assert!(matches!(all[1].values, Values::Names(_)));
        assert_eq!(all[2].values, Values::Numbers(vec![Some(0.001), None]));
    }

    #[test]
    fn what_varies_is_an_axis_unless_others_are_listed() {
        let all = dimensions(&comparison());
        assert_eq!(ids(&chosen(&all, "")), ["params.optimizer, name", "params.rate", "metrics.loss"]);
        let own = listed(["metrics.loss", "params.optimizer, name"].map(str::to_owned));
        assert_eq!(ids(&chosen(&all, &own)), ["metrics.loss", "params.optimizer, name"]);
        assert_eq!(chosen(&all, "metrics.loss,nothing").len(), 3, "one axis is no picture");
        assert_eq!(ids(&chosen(&all[..1], "")), ["params.depth"]);
    }
}
