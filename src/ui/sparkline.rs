//! The course of a few numbers, small enough for a line of text.

use leptos::prelude::*;

/// The drawing's own units; the style sheet gives it its size.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 24.0;
/// The same as the attribute wants it.
pub(super) const VIEW_BOX: &str = "0 0 100 24";

/// A line through values at equal distances. Values that are no numbers leave a gap.
#[component]
pub fn Sparkline(
    /// What is drawn, read aloud with the last value: `Loss, last 0.123`.
    #[prop(into)]
    label: Signal<String>,
    /// The values, oldest first.
    #[prop(into)]
    values: Signal<Vec<f64>>,
) -> impl IntoView {
    view! {
        <svg
            class="sparkline"
            viewBox=VIEW_BOX
            preserveAspectRatio="none"
            role="img"
            aria-label=move || label.get()
        >
            <path d=move || line(&values.read())></path>
        </svg>
    }
}

/// A bar for each span of time, as high as what happened in it.
#[component]
pub fn ActivityBars(
    /// What is drawn, read aloud: `Runs started in the last 30 days`.
    #[prop(into)]
    label: Signal<String>,
    /// The name and the count of each span, oldest first; the name is the tooltip's first half.
    #[prop(into)]
    spans: Signal<Vec<(String, u64)>>,
) -> impl IntoView {
    let bars = move || {
        let spans = spans.get();
        let most = spans.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
        let bar = |(name, count): (String, u64)| {
            let tip = format!("{name}: {}", super::format::integer(count));
            view! {
                <span class="activity-bar" data-tip=tip data-empty=(count == 0).then_some("true") style:--height=format!("{}%", count * 100 / most)></span>
            }
        };
        spans.into_iter().map(bar).collect_view()
    };
    view! { <div class="activity" role="img" aria-label=move || label.get()>{bars}</div> }
}

/// Path data of a line through the values, from the lowest at the bottom to the highest at the top.
pub(super) fn line(values: &[f64]) -> String {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    #[expect(clippy::cast_precision_loss, reason = "a few hundred values at most")]
    let step = WIDTH / (values.len().saturating_sub(1).max(1)) as f64;
    let mut path = String::new();
    let mut pen_up = true;
    let mut x = 0.0;
    for value in values {
        if value.is_finite() {
            // A flat line runs through the middle.
            let height = if high > low { (value - low) / (high - low) } else { 0.5 };
            let y = 1.5 + (HEIGHT - 3.0) * (1.0 - height);
            path.push_str(&format!("{}{x:.2} {y:.2}", if pen_up { "M" } else { "L" }));
        }
        pen_up = !value.is_finite();
        x += step;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_highest_value_is_at_the_top() {
        assert_eq!(line(&[0.0, 1.0]), "M0.00 22.50L100.00 1.50");
    }

    #[test]
    fn a_value_that_is_no_number_leaves_a_gap() {
        assert_eq!(line(&[0.0, f64::NAN, 1.0]), "M0.00 22.50M100.00 1.50");
        assert_eq!(line(&[f64::NAN, f64::INFINITY]), "");
    }

    #[test]
    fn equal_values_make_a_line_in_the_middle() {
        assert_eq!(line(&[3.0, 3.0]), "M0.00 12.00L100.00 12.00");
        assert_eq!(line(&[]), "");
    }
}
