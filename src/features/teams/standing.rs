//! What the person may do with a group or an organization.

use std::sync::Arc;

use leptos::prelude::*;

use super::words::words;
use crate::queries::teams::Team;
use crate::session::Session;

/// What the person may do with a group or an organization.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    team: Signal<Arc<Team>>,
    session: Session,
}

impl Standing {
    pub(super) fn of(team: Signal<Arc<Team>>) -> Self {
        Self { team, session: Session::current() }
    }

    /// Why she may not change it; `None` when she may.
    pub(super) fn why_not_change(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let user = self.session.user()?;
            let team = self.team.read();
            let may = team.lead.user_id == user.user_id || user.is_admin == Some(true);
            let words = words(team.kind);
            (!may).then(|| {
                format!(
                    "Only the {} of the {}, {}, can do this.",
                    words.lead.to_lowercase(),
                    words.one,
                    team.lead.name
                )
            })
        })
    }

    /// Why she may not leave it; `None` when she may.
    pub(super) fn why_not_leave(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let user = self.session.user()?.user_id;
            let team = self.team.read();
            if team.lead.user_id == user {
                return Some("You lead it. Hand it over to somebody first, or delete it.".to_owned());
            }
            let belongs = team.members.iter().any(|member| member.user_id == user);
            (!belongs).then(|| "You do not belong to it yourself.".to_owned())
        })
    }
}
