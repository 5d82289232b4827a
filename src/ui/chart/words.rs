//! What is said of a chart in words.

use super::gathered::Gathered;
use super::reading::{Reading, place};
use super::scene::Scene;
use crate::ui::format::number;

/// Describes a chart to those who cannot see it.
pub(super) fn summary(title: &str, x_label: &str, gathered: &Gathered, scene: Option<&Scene>) -> String {
    let Some(scene) = scene else { return format!("{title}: nothing to draw.") };
    let names: Vec<_> = gathered.series.iter().take(6).map(|series| series.name.as_str()).collect();
    let more = gathered.series.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (lowest, highest) =
        scene.lines.iter().flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |ends, column| {
            (column.low.min(ends.0), column.high.max(ends.1))
        });
    format!(
        "{title}: line chart of {}{more}. {x_label} {} to {}, values {} to {}. \
         Arrow keys read values, plus and minus zoom, 0 shows everything.",
        names.join(", "),
        place(scene, scene.x.from),
        place(scene, scene.x.to),
        number(lowest),
        number(highest),
    )
}

/// Reads the values out.
pub(super) fn spoken(reading: &Reading, x_label: &str) -> String {
    let values: Vec<_> =
        reading.values.iter().map(|value| format!("{} {}", value.name, value.text)).collect();
    format!("{x_label} {}: {}", reading.place, values.join("; "))
}

/// What cannot be drawn, so that nothing goes missing in silence.
pub(super) fn notes(gathered: &Gathered, (y_log, x_log): (bool, bool)) -> Option<String> {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 value {one}")),
        _ => Some(format!("{count} values {many}")),
    };
    let not_finite = count(gathered.not_finite, "is not finite", "are not finite");
    let not_positive = count(
        if y_log { gathered.not_positive } else { 0 },
        "is not above 0 and has no place on a logarithmic axis",
        "are not above 0 and have no place on a logarithmic axis",
    );
    let not_positive_x = count(
        if x_log { gathered.not_positive_x } else { 0 },
        "stands at 0 or below, where a logarithmic axis has no place",
        "stand at 0 or below, where a logarithmic axis has no place",
    );
    let notes: Vec<_> = [not_finite, not_positive, not_positive_x].into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join("; ") + ".")
}

/// Why there is no picture; `None` while there is only no room for it.
pub(super) fn why_empty(gathered: &Gathered, (y_log, x_log): (bool, bool)) -> Option<&'static str> {
    if gathered.series.is_empty() {
        Some("No series is shown.")
    } else if gathered.count == 0 {
        Some("No values yet.")
    } else if gathered.whole.is_none() {
        Some("None of the values is finite.")
    } else if x_log && gathered.positive.is_none() {
        Some("A logarithmic axis shows only places above 0, and there are none here.")
    } else if y_log && gathered.not_positive > 0 {
        Some("A logarithmic axis shows only values above 0, and there are none here.")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::notes;
    use crate::ui::chart::gathered::Gathered;

    #[test]
    fn what_is_not_drawn_is_told() {
        let gathered = Gathered { not_finite: 3, not_positive: 1, not_positive_x: 2, ..Gathered::default() };
        assert_eq!(notes(&gathered, (false, false)).as_deref(), Some("3 values are not finite."));
        assert_eq!(
            notes(&gathered, (false, true)).as_deref(),
            Some(
                "3 values are not finite; 2 values stand at 0 or below, where a logarithmic axis has no place."
            )
        );
        assert_eq!(
            notes(&gathered, (true, false)).as_deref(),
            Some("3 values are not finite; 1 value is not above 0 and has no place on a logarithmic axis.")
        );
        assert_eq!(notes(&Gathered::default(), (true, true)), None);
    }
}
