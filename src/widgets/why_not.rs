//! Why a button does nothing.

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;

use crate::queries;

/// Why the person may not do something in a project; `None` when she may.
pub fn why_not(project: ProjectId, action: Action) -> Signal<Option<String>> {
    let query = queries::projects::brief(move || Some(project));
    Signal::derive(move || query.value.get()?.current_user_role.why_not(action))
}
