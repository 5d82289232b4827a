//! Which levels of lines are shown.

use leptos::prelude::*;
use models::run::LogLevel;

/// What can be chosen: what it is called, and the levels that it means.
const CHOICES: [(&str, &[LogLevel]); 4] = [
    ("Errors", &[LogLevel::Error, LogLevel::Critical]),
    ("Warnings", &[LogLevel::Warning]),
    ("Info", &[LogLevel::Info]),
    ("Debug", &[LogLevel::Debug]),
];

/// Buttons that show lines of certain levels alone; with none pressed, all lines are shown.
#[component]
pub(super) fn Levels(
    /// The names of the levels with commas between them.
    levels: RwSignal<String>,
) -> impl IntoView {
    let choice = move |(title, meant): (&'static str, &'static [LogLevel])| {
        let is_on = Memo::new(move |_| is_on(&levels.read(), meant));
        view! {
            <button
                class="log-level"
                type="button"
                data-level=meant[0].as_str()
                aria-pressed=move || is_on.get().to_string()
                on:click=move |_| levels.update(|levels| *levels = toggled(levels, meant))
            >
                {title}
            </button>
        }
    };
    view! { <div class="log-levels" role="group" aria-label="Show only">{CHOICES.map(choice).collect_view()}</div> }
}

fn is_on(levels: &str, meant: &[LogLevel]) -> bool {
    let named: Vec<_> = levels.split(',').filter_map(LogLevel::named).collect();
    meant.iter().all(|level| named.contains(level))
}

fn toggled(levels: &str, meant: &[LogLevel]) -> String {
    let turn_on = !is_on(levels, meant);
    let kept = levels.split(',').filter_map(LogLevel::named).filter(|level| !meant.contains(level));
    let added = meant.iter().copied().filter(|_| turn_on);
    kept.chain(added).map(LogLevel::as_str).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_added_and_taken_away() {
        let errors = CHOICES[0].1;
        assert_eq!(toggled("", errors), "error,critical");
        assert_eq!(toggled("error,critical", CHOICES[1].1), "error,critical,warning");
        assert_eq!(toggled("error,critical,warning", errors), "warning");
        assert_eq!(toggled("nonsense,error", errors), "error,critical");
    }
}
