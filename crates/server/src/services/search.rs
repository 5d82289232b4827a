//! One search over everything that a person may see.

use models::label::LabelSearch;
use models::page::PageQuery;
use models::search::{HitKind, SearchHit, SearchHits};
use uuid::Uuid;

use crate::auth::SignedIn;
use crate::error::Error;
use crate::store::{Store, TeamSearch};

/// Everything that the caller may see and whose name contains a text, at most `limit` of each kind. A token for one
/// project finds what belongs to that alone.
///
/// # Errors
/// [`Error::Unavailable`]
pub async fn search(
    store: &Store,
    signed_in: &SignedIn,
    text: &str,
    limit: u64,
) -> Result<SearchHits, Error> {
    let user = signed_in.user.user_id;
    let mut hits = store.search(user, signed_in.only_project(), text, limit).await?;
    if signed_in.only_project().is_some() {
        return Ok(SearchHits { hits });
    }
    let page = PageQuery { startindex: 0, pagelength: limit };
    let of = (!signed_in.user.is_admin).then_some(user);
    let teams = TeamSearch { of, text: text.to_owned() };
    let groups = store.groups(&teams, page).await?.items;
    hits.extend(groups.into_iter().map(|group| hit(HitKind::Group, group.user_group_id.0, group.name)));
    let organizations = store.organizations(&teams, page).await?.items;
    hits.extend(
        organizations.into_iter().map(|team| hit(HitKind::Organization, team.organization_id.0, team.name)),
    );
    let people = store.search_users(text, page).await?.items;
    hits.extend(people.into_iter().map(|person| hit(HitKind::User, person.user_id.0, person.name)));
    let wanted = LabelSearch { scope: None, search_string: Some(text.to_owned()) };
    let labels = store.labels(&wanted, page).await?.items;
    hits.extend(
        labels.into_iter().map(|label| SearchHit {
            within: label.scope,
            ..hit(HitKind::Label, label.label_id.0, label.name)
        }),
    );
    Ok(SearchHits { hits })
}

fn hit(kind: HitKind, id: Uuid, name: String) -> SearchHit {
    SearchHit { kind, id, name, project_id: None, within: String::new() }
}
