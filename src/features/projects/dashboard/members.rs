//! Who may do what in a project, and why.

use std::sync::Arc;

use leptos::prelude::*;
use models::permission::Role;
use models::project::Project;

use crate::ui::{Badge, Icon, IconName, Panel};
use crate::widgets::Person;

/// Who may do what, and through what.
#[component]
pub(super) fn Members(project: Signal<Arc<Project>>) -> impl IntoView {
    let count = move || 1 + lines(&project.read()).len();
    let title =
        Signal::derive(
            move || if count() == 1 { "1 member".to_owned() } else { format!("{} members", count()) },
        );
    let own = move || {
        let role = project.read().current_user_role;
        format!("Your role here: {}.", role.title())
    };
    view! {
        <Panel title>
            <ul class="member-list">
                {move || {
                    let owner = project.read().owner.name.clone();
                    view! { <li class="member"><Person name=owner/> <Badge>{Role::Owner.title()}</Badge></li> }
                }}
                {move || lines(&project.read()).into_iter().map(line).collect_view()}
            </ul>
            <p class="small muted member-note">
                {own} {move || project.read().public.then_some(" The project is public: everybody can read it.")}
            </p>
        </Panel>
    }
}

/// A line of the list.
struct Line {
    name: String,
    /// The drawing and the words for what is no single person.
    many: Option<(IconName, String)>,
    role: Role,
}

fn lines(project: &Project) -> Vec<Line> {
    let people = project.members.iter().map(|member| Line {
        name: member.user.name.clone(),
        many: None,
        role: member.role,
    });
    let groups = project.user_groups.iter().map(|member| Line {
        name: member.user_group.name.clone(),
        many: Some((IconName::Users, counted(member.user_group.members.len() + 1))),
        role: member.role,
    });
    let organizations = project.organizations.iter().map(|member| Line {
        name: member.organization.name.clone(),
        many: Some((IconName::Building, "organization".to_owned())),
        role: member.role,
    });
    people.chain(groups).chain(organizations).collect()
}

fn counted(people: usize) -> String {
    if people == 1 { "group of 1 person".to_owned() } else { format!("group of {people} people") }
}

fn line(line: Line) -> impl IntoView {
    let who = match line.many {
        None => view! { <Person name=line.name/> }.into_any(),
        Some((icon, words)) => view! {
            <span class="person"><Icon name=icon/> <span class="truncate">{line.name}</span> <span class="small faint">{words}</span></span>
        }
        .into_any(),
    };
    view! { <li class="member">{who} <Badge>{line.role.title()}</Badge></li> }
}
