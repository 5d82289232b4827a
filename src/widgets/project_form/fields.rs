//! The fields that a new project and a changed one share.

use leptos::prelude::*;

use super::draft::Fields;
use crate::ui::{Choice, Field, IconName, TextArea, TextInput};
use crate::widgets::{FormErrors, LabelPicker};

/// The name, the summary and the description of a project.
#[component]
pub fn ProjectFields(
    /// What is typed in.
    fields: Fields,
    /// What is wrong with it.
    errors: FormErrors,
    /// Takes the focus when the form opens, as in a dialog.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    view! {
        <Field label="Name" error=errors.at("name")>
            <TextInput value=fields.name autofocus/>
        </Field>
        <Field
            label="Summary"
            optional=true
            hint=Some("One or two sentences, shown in lists.".to_owned())
            error=errors.at("executiveSummary")
        >
            <TextArea value=fields.summary rows=2/>
        </Field>
        <Field
            label="Description"
            optional=true
            hint=Some("Markdown: headings, lists, links, tables, code.".to_owned())
            error=errors.at("detailedDescription")
        >
            <TextArea value=fields.description rows=5/>
        </Field>
        <LabelPicker value=fields.labels error=errors.at("labels")/>
    }
}

/// Who can see a project.
#[must_use]
pub fn visibilities() -> Vec<Choice<bool>> {
    vec![
        Choice::new(false, "Private").text("Only its members see it.").icon(IconName::Lock),
        Choice::new(true, "Public")
            .text("Everybody can read it; only members change it.")
            .icon(IconName::Globe),
    ]
}
