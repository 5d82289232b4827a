//! What the cells of a group show: how its runs ended, what their metrics amount to, when the last one began.

use leptos::prelude::*;
use models::query::{Attribute, Field};
use models::run_table::{Aggregate, Group};

use super::run_cells::moment;
use crate::ui::format;
use crate::ui::icon::{Icon, IconName};
use crate::ui::table::Cell;
use crate::widgets::StatusBar;

/// The cells of the group, one for each of the fields. The links lead to the table of its runs alone, and to the form that
/// starts its last run again, where they are of one project.
pub(super) fn cells(group: &Group, links: (&str, Option<&str>), fields: &[Field]) -> Vec<Cell> {
    fields.iter().map(|field| cell(group, links, field)).collect()
}

fn cell(group: &Group, (href, again): (&str, Option<&str>), field: &Field) -> Cell {
    match field {
        Field::Attribute(Attribute::Status) => {
            let (counts, href, again) = (group.runs, href.to_owned(), again.map(str::to_owned));
            Cell::Custom((move || {
                view! {
                    <span class="group-status">
                        <StatusBar counts bare=true/>
                        <a class="group-open" href=href.clone() tabindex="-1" aria-label="Show these runs only" data-tip="Show these runs only">
                            <Icon name=IconName::Filter/>
                        </a>
                        {again.clone().map(|href| view! {
                            <a class="group-open" href=href tabindex="-1" aria-label="Run the last of these again" data-tip="Run the last of these again">
                                <Icon name=IconName::Play/>
                            </a>
                        })}
                    </span>
                }
            }).into())
        }
        Field::Attribute(Attribute::StartTime) => moment(group.last_start_time),
        Field::Metric(_) => {
            group.aggregates.iter().find(|own| own.field == *field).map_or(Cell::Missing, aggregate)
        }
        Field::Attribute(_) | Field::Parameter(_) | Field::Tag(_) => Cell::Text(String::new()),
    }
}

/// What a metric amounts to: `0.912 ± 0.013`, with the rest as its tooltip.
fn aggregate(aggregate: &Aggregate) -> Cell {
    let Some(mean) = aggregate.mean else {
        return if aggregate.n_not_finite > 0 {
            Cell::Number { text: "not finite".to_owned(), exact: explanation(aggregate) }
        } else {
            Cell::Missing
        };
    };
    let spread =
        aggregate.standard_deviation.map(|own| format!(" ± {}", format::number(own))).unwrap_or_default();
    Cell::Number { text: format!("{}{spread}", format::number(mean)), exact: explanation(aggregate) }
}

/// All that is known of the metric, a fact a line.
fn explanation(aggregate: &Aggregate) -> String {
    let Aggregate { field, count, n_not_finite, mean, standard_deviation, min, max } = aggregate;
    let mut lines = vec![format!("{} of {} runs", field.key(), format::integer(*count))];
    let facts = [("mean", mean), ("standard deviation", standard_deviation), ("min", min), ("max", max)];
    lines.extend(facts.iter().filter_map(|(name, value)| value.map(|value| format!("{name} {value}"))));
    if *n_not_finite > 0 {
        lines.push(format!("{} more are NaN or infinite", format::integer(*n_not_finite)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(mean: Option<f64>, standard_deviation: Option<f64>, n_not_finite: u64) -> Aggregate {
        let field = Field::Metric("loss".to_owned());
        Aggregate { field, count: 12, n_not_finite, mean, standard_deviation, min: mean, max: mean }
    }

    #[track_caller]
    fn check(aggregated: &Aggregate, shown: &str) {
        match aggregate(aggregated) {
            Cell::Number { text, .. } => assert_eq!(text, shown),
            Cell::Missing => assert_eq!("missing", shown),
            Cell::Measure { .. }
            | Cell::Text(_)
            | Cell::Link { .. }
            | Cell::Sparkline { .. }
            | Cell::Custom(_) => panic!("a number"),
        }
    }

    #[test]
    fn a_metric_is_its_mean_and_spread() {
        check(&loss(Some(0.912_345), Some(0.012_999), 0), "0.9123 ± 0.013");
        check(&loss(Some(0.5), None, 0), "0.5");
    }

    #[test]
    fn a_metric_without_finite_values_says_so() {
        check(&loss(None, None, 3), "not finite");
        check(&loss(None, None, 0), "missing");
    }

    #[test]
    fn the_tooltip_tells_the_extremes() {
        let told = explanation(&loss(Some(0.5), None, 2));
        assert_eq!(told, "loss of 12 runs\nmean 0.5\nmin 0.5\nmax 0.5\n2 more are NaN or infinite");
    }
}
