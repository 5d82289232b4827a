//! The code, data, experiments and models that a project owns.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::project::Project;
use models::query::{Attribute, Field, Filter};

use crate::routes::Route;
use crate::ui::link::web_host;
use crate::ui::{Count, ExternalLink, Icon, IconName, Link, Panel};

/// Names of each kind that are listed.
const SHOWN: usize = 4;

/// What the project owns: how many of each kind, and the first of them.
#[component]
pub(super) fn Belongings(project: Signal<Arc<Project>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    view! {
        <Panel title="Belongs to it">
            <div class="belongings">{move || kinds(&project.read()).into_iter().map(|kind| view! { <KindSection project=id kind/> }).collect_view()}</div>
        </Panel>
    }
}

/// Things of one kind.
struct Kind {
    icon: IconName,
    title: &'static str,
    /// The property of a run that names such a thing.
    attribute: Attribute,
    /// Names, each with where it lies when that is known.
    things: Vec<(String, Option<String>)>,
}

fn kinds(project: &Project) -> [Kind; 4] {
    let code = &project.code_repositories;
    let code = code.iter().map(|code| (code.code_repository_name.clone(), Some(code.uri.clone()))).collect();
    let data = &project.data_repositories;
    let data = data.iter().map(|data| (data.data_repository_name.clone(), Some(data.uri.clone()))).collect();
    let experiments = &project.experiment_repositories;
    let experiments = experiments.iter().map(|experiment| (experiment.name.clone(), None)).collect();
    let models =
        project.model_repositories.iter().map(|model| (model.name.clone(), model.uri.clone())).collect();
    [
        Kind { icon: IconName::Code, title: "Code", attribute: Attribute::Code, things: code },
        Kind { icon: IconName::Database, title: "Data", attribute: Attribute::Data, things: data },
        Kind {
            icon: IconName::Flask,
            title: "Experiments",
            attribute: Attribute::Experiment,
            things: experiments,
        },
        Kind { icon: IconName::Cube, title: "Models", attribute: Attribute::Model, things: models },
    ]
}

#[component]
fn KindSection(project: ProjectId, kind: Kind) -> impl IntoView {
    let count = u64::try_from(kind.things.len()).unwrap_or(u64::MAX);
    let more = kind.things.len().saturating_sub(SHOWN);
    let attribute = kind.attribute;
    let thing = |(name, uri)| view! { <Thing project attribute name uri/> };
    let things = kind.things.into_iter().take(SHOWN).map(thing).collect_view();
    view! {
        <section class="belonging">
            <h3><Icon name=kind.icon/> <span>{kind.title}</span> <Count value=count/></h3>
            <ul>{things}</ul>
            {(more > 0).then(|| view! { <p class="small faint">{format!("and {more} more")}</p> })}
        </section>
    }
}

/// A thing; its name leads to the runs that used it, its host to where it lies.
#[component]
fn Thing(project: ProjectId, attribute: Attribute, name: String, uri: Option<String>) -> impl IntoView {
    let filter = Filter::equals(Field::Attribute(attribute), Some(name.clone())).to_string();
    let tip = format!("Show all runs with {name}");
    let host = uri.as_deref().and_then(web_host).map(str::to_owned);
    let outside = host
        .zip(uri)
        .map(|(host, uri)| view! { <span class="small"><ExternalLink href=uri text=host/></span> });
    view! {
        <li class="cluster" data-gap="small">
            <span data-tip=tip>
                <Link href=Route::runs_where(project, &filter)>{name}</Link>
            </span>
            {outside}
        </li>
    }
}
