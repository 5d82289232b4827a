//! Links from a run to the table of the runs that share something with it.

use leptos::prelude::*;
use models::id::ProjectId;
use models::query::{Attribute, Field, Filter};

use crate::features::runs::address::RunsUrl;
use crate::ui::Link;
use crate::ui::format::short_hash;

/// A value of the run that leads to all runs with the same one.
#[component]
pub(super) fn SameValue(
    project: ProjectId,
    /// Of which property.
    attribute: Attribute,
    /// The value, as it is compared and shown.
    #[prop(into)]
    value: String,
    /// Shows the first seven characters only, as of a commit.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let href = href(project, attribute, &value);
    let shown = if short { short_hash(&value).to_owned() } else { value.clone() };
    let tip =
        if short { format!("{value}: show all runs with it") } else { format!("Show all runs with {value}") };
    view! { <span data-tip=tip class:mono=short><Link href>{shown}</Link></span> }
}

/// The table of the runs whose property has the value.
fn href(project: ProjectId, attribute: Attribute, value: &str) -> String {
    let filter = Filter::equals(Field::Attribute(attribute), Some(value.to_owned())).to_string();
    RunsUrl { filter, ..RunsUrl::default() }.href(project.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_leads_to_the_runs_that_share_it() {
        let Ok(project) = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".parse() else { panic!("an id") };
        let address = href(project, Attribute::Code, "it's");
        assert_eq!(address, format!("/projects/{project}/runs?q=code%20%3D%20%27it%27%27s%27"));
    }
}
