//! Choosing labels, and making new ones on the way.

use std::time::Duration;

use leptos::prelude::*;
use models::label::{Label, LabelReference, LabelSearch, NewLabel};
use models::page::PageQuery;

use super::settled;
use crate::queries;
use crate::ui::{Field, TokenInput};

/// How long to wait for the next letter before looking for labels.
const PAUSE: Duration = Duration::from_millis(200);
/// Labels that are offered.
const OFFERED: PageQuery = PageQuery { startindex: 0, pagelength: 20 };

/// A field for labels: `scope: name` each; with a value `scope: name = value`. Known ones are offered.
#[component]
pub fn LabelPicker(
    /// The labels, one a line; see [`label_lines`].
    value: RwSignal<String>,
    /// What is wrong with them.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What stands above them.
    #[prop(default = "Labels")]
    label: &'static str,
    /// Whether there may be none.
    #[prop(default = true)]
    optional: bool,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let asked = settled::<String>(typed.into(), PAUSE);
    let found = queries::labels::search(move || (wanted(&asked.read()), OFFERED));
    let suggestions = Signal::derive(move || {
        let page = found.value.get();
        page.iter().flat_map(|page| page.items.iter().map(Label::text)).collect::<Vec<_>>()
    });
    view! {
        <Field
            label
            optional
            hint=Some("Scope, colon, name; with Enter after each.".to_owned())
            error
        >
            <TokenInput value typed suggestions placeholder="problem-type: Clustering"/>
        </Field>
    }
}

/// The labels that a text may be the beginning of.
fn wanted(text: &str) -> LabelSearch {
    let (scope, name) = text.split_once(':').map_or((None, text), |(scope, name)| (Some(scope), name));
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    LabelSearch { scope: scope.and_then(some), search_string: some(name) }
}

/// Labels as lines of text.
#[must_use]
pub fn label_lines(labels: &[Label]) -> String {
    labels.iter().map(Label::text).collect::<Vec<_>>().join("\n")
}

/// The labels that lines of text name.
///
/// # Errors
/// What is wrong with the first line that cannot be read.
pub fn read_labels(text: &str) -> Result<Vec<LabelReference>, String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(label).collect()
}

fn label(line: &str) -> Result<LabelReference, String> {
    let wrong = |why: String| format!("“{line}”: {why}");
    let (scope, rest) = line.split_once(':').ok_or_else(|| {
        wrong("write a scope, a colon and a name, such as problem-type: Clustering".to_owned())
    })?;
    let (name, value) = rest.split_once('=').map_or((rest, None), |(name, value)| (name, Some(value)));
    Ok(LabelReference::Named(NewLabel {
        scope: scope.trim().parse().map_err(|error| wrong(format!("the scope: {error}")))?,
        name: name.trim().parse().map_err(|error| wrong(format!("the name: {error}")))?,
        value: value
            .map(|value| value.trim().parse())
            .transpose()
            .map_err(|error| wrong(format!("the value: {error}")))?,
        color: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_line_by_line() {
        let read = read_labels("problem-type: Clustering\n\n weather: ERA5 = 2024 ").unwrap();
        assert_eq!(read.len(), 2);
        assert!(read_labels("Clustering").unwrap_err().contains("a colon and a name"));
    }

    #[test]
    fn a_scope_narrows_what_is_offered() {
        let search = wanted("problem-type: clu");
        assert_eq!(
            (search.scope.as_deref(), search.search_string.as_deref()),
            (Some("problem-type"), Some("clu"))
        );
        assert_eq!(wanted("clu").search_string.as_deref(), Some("clu"));
        assert_eq!(wanted(""), LabelSearch::default());
    }
}
