//! Stores the demonstration, through the same functions as requests do.

use models::id::{ProjectId, UserId};
use models::page::PageQuery;
use models::permission::Role;
use models::person::{NewOrganization, NewUserGroup};
use models::project::ProjectSearch;
use models::time::UnixMillis;

use super::plan::ProjectPlan;
use super::{images, launching, project, runs, serving, weather};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{Account, NewAccount, StoreError};
use crate::{clock, random};

/// Who takes part: the first owns both projects, and is the one whom the link signs in.
const PEOPLE: [&str; 3] = ["ann", "ben", "chen"];

/// Fills a server that has no users, and gives the person to sign in as. A server that was filled before stays as it is.
///
/// # Errors
/// [`Error`], when something cannot be stored; [`Error::Conflict`] when the server has users of its own.
pub async fn seed(state: &AppState) -> Result<Account, Error> {
    let mut plans = [weather::project(), images::project()];
    if state.store().has_users().await? {
        return seeded(state, &plans).await;
    }
    let now = clock::now();
    plans.iter_mut().for_each(|plan| launching::align(plan, now));
    let first = account(state, PEOPLE[0]).await?;
    let mut people = vec![first.user_id];
    for name in PEOPLE.iter().skip(1) {
        people.push(account(state, name).await?.user_id);
    }
    let [weather, images] = &plans;
    let projects = tokio::try_join!(
        one_project(state, weather, &people, now),
        one_project(state, images, &people, now)
    )?;
    share(state, &people, projects.into()).await?;
    Ok(first)
}

/// The person to sign in as, on a server that holds the whole demonstration.
async fn seeded(state: &AppState, plans: &[ProjectPlan]) -> Result<Account, Error> {
    let other =
        "This server has users and data of its own. Start the demonstration with an empty --data folder.";
    let store = state.store();
    let account = store.account_by_name(PEOPLE[0]).await.map_err(|_| Error::Conflict(other.to_owned()))?;
    let projects =
        store.projects(account.user_id, None, ProjectSearch::default(), PageQuery::default()).await?;
    let is_whole = |plan: &ProjectPlan| {
        let stored = projects.items.iter().find(|project| project.name == plan.name);
        stored.is_some_and(|project| project.run_counts.total() >= plan.runs.len() as u64)
    };
    if plans.iter().all(is_whole) { Ok(account) } else { Err(Error::Conflict(other.to_owned())) }
}

async fn account(state: &AppState, name: &str) -> Result<Account, Error> {
    // A password that nobody knows: a demonstration is entered by its link alone.
    let password_hash = state.passwords().hash(random::secret()).await?;
    let new = NewAccount {
        name: name.to_owned(),
        email: format!("{name}@example.org"),
        password_hash,
        is_admin: false,
    };
    Ok(state.store().create_account(new).await?)
}

async fn one_project(
    state: &AppState,
    plan: &ProjectPlan,
    people: &[UserId],
    now: UnixMillis,
) -> Result<ProjectId, Error> {
    let owner = people.first().copied().ok_or(StoreError::NotFound)?;
    let stored = project::create(state, owner, plan).await?;
    runs::create(state, &stored, plan, people, now).await?;
    serving::create(state, &stored, plan, owner, now).await?;
    launching::create(state, &stored, plan, people, now).await?;
    Ok(stored.id)
}

/// The second person works on both projects, directly and through a group; the third reads them, one through an
/// organization.
async fn share(state: &AppState, people: &[UserId], projects: [ProjectId; 2]) -> Result<(), Error> {
    let (store, [weather, images]) = (state.store(), projects);
    let &[ann, ben, chen] = people else { return Ok(()) };
    let group = NewUserGroup { name: project::checked("Atmosphere lab")?, members: vec![ben] };
    let group = store.create_group(ann, group, None).await?;
    let organization = NewOrganization {
        name: project::checked("Institute for Climate Data")?,
        groups: vec![group],
        members: vec![chen],
    };
    let organization = store.create_organization(ann, organization, None).await?;
    store.set_group_role(weather, group, Role::Researcher).await?;
    store.set_organization_role(weather, organization, Role::Reporter).await?;
    store.set_member(images, ben, Role::Maintainer).await?;
    store.set_member(images, chen, Role::Reporter).await?;
    Ok(())
}
