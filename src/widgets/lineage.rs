//! Where something comes from, and what was made of it.

use leptos::prelude::*;
use models::id::{DeploymentId, ProjectId, RunId, SavedModelId};
use models::lineage::{Lineage, LineageKind, LineageNode, LineageReference};
use models::repository::RepositoryKind;

use super::Loaded;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::{Icon, IconName, Panel};

/// Nodes of a kind that are listed.
const SHOWN: usize = 6;

/// The way from data and code over runs and saved models to deployments, with the thing itself in the middle. Each thing
/// leads to its own page, from where one walks on.
#[component]
pub fn LineagePanel(
    /// The project.
    project: ProjectId,
    /// The thing.
    of: LineageReference,
) -> impl IntoView {
    let query = queries::projects::lineage(move || (project, of));
    view! {
        <Panel title="Lineage">
            <Loaded query count=2 let:lineage>
                <div class="lineage">
                    {move || {
                        let lineage = lineage.read();
                        STAGES.iter().map(|stage| column(project, &lineage, stage)).collect_view()
                    }}
                </div>
            </Loaded>
        </Panel>
    }
}

/// Kinds that stand below each other: what is made of them stands at the right.
struct Stage {
    title: &'static str,
    kinds: &'static [LineageKind],
}

const STAGES: [Stage; 4] = [
    Stage {
        title: "Made of",
        kinds: &[LineageKind::Code, LineageKind::Data, LineageKind::Experiment, LineageKind::Model],
    },
    Stage { title: "Runs", kinds: &[LineageKind::Run] },
    Stage { title: "Saved models", kinds: &[LineageKind::SavedModel] },
    Stage { title: "Deployments", kinds: &[LineageKind::Deployment] },
];

fn column(project: ProjectId, lineage: &Lineage, stage: &Stage) -> impl IntoView + use<> {
    let nodes: Vec<&LineageNode> =
        lineage.nodes.iter().filter(|node| stage.kinds.contains(&node.kind)).collect();
    let more = nodes.len().saturating_sub(SHOWN);
    let of = lineage.of;
    let items = nodes.iter().take(SHOWN).map(|node| item(project, node, of)).collect_view();
    let more = (more > 0).then(|| view! { <li class="small faint">{format!("and {more} more")}</li> });
    let none = nodes.is_empty().then(|| view! { <li class="small faint">"none"</li> });
    view! {
        <section class="lineage-stage">
            <h3>{stage.title}</h3>
            <ul>{items} {more} {none}</ul>
        </section>
    }
}

fn item(project: ProjectId, node: &LineageNode, of: LineageReference) -> AnyView {
    let name = node.name.clone();
    let inside = if node.node == of {
        view! { <span class="truncate">{name}</span> }.into_any()
    } else {
        view! { <a class="truncate" href=address(project, node)>{name}</a> }.into_any()
    };
    let here = (node.node == of).then_some("true");
    view! {
        <li class="lineage-node" aria-current=here title=node.detail.clone()>
            <Icon name=icon(node.kind)/>
            {inside}
            {node.status.as_ref().map(|status| view! { <span class="small faint">{status.to_lowercase()}</span> })}
        </li>
    }
    .into_any()
}

fn address(project: ProjectId, node: &LineageNode) -> String {
    let kind = match node.kind {
        LineageKind::Code => RepositoryKind::Code,
        LineageKind::Data => RepositoryKind::Data,
        LineageKind::Experiment => RepositoryKind::Experiments,
        LineageKind::Model => RepositoryKind::Models,
        LineageKind::Run => {
            return Route::Run(project, RunId(node.node.id), RunTab::Overview).to_string();
        }
        LineageKind::SavedModel => {
            return Route::SavedModel(project, SavedModelId(node.node.id)).to_string();
        }
        LineageKind::Deployment => {
            return Route::Deployment(project, DeploymentId(node.node.id)).to_string();
        }
    };
    Route::Repository(project, kind, node.node.id).to_string()
}

fn icon(kind: LineageKind) -> IconName {
    match kind {
        LineageKind::Code => IconName::Code,
        LineageKind::Data => IconName::Database,
        LineageKind::Experiment => IconName::Flask,
        LineageKind::Model => IconName::Cube,
        LineageKind::Run => IconName::Play,
        LineageKind::SavedModel => IconName::File,
        LineageKind::Deployment => IconName::Rocket,
    }
}
