//! What of the frame is shown only when somebody asks for it, and is fetched then or when the page has come to rest.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use models::id::ProjectId;

use super::confirm::ConfirmIdentity;
use super::invitations::{Answer, CountInvitations, Invitations};
use super::palette::Search;
use super::sign_in_again::SignInAgain;
use crate::queries::Cache;
use crate::ui::{Build, Fetch, Lasting, fetched};

/// What of the frame is shown only when somebody asks for it.
#[derive(Clone, Copy)]
pub(super) enum Later {
    /// The search over everything, in the project on screen.
    Search(Memo<Option<ProjectId>>, RwSignal<bool>),
    /// The invitations that wait for an answer.
    Invitations(Lasting<Answer>),
    /// Counting them.
    CountInvitations(RwSignal<u64>),
    /// Asking for the password.
    ConfirmIdentity,
    /// Signing in when the session has ended.
    SignInAgain,
}

/// How often it is looked whether the page has all that it asked for.
const AT_REST: Duration = Duration::from_secs(2);

fetched! {
    later in later: Build<Later> => build;
}

/// Fetches what builds it.
pub(super) const FETCH: Fetch<Later> = || Box::pin(later());

/// Fetches the part before anybody asks, and then tells that it is there. When that fails, it is fetched once somebody does.
pub(super) fn prefetch() -> RwSignal<bool> {
    let is_here = RwSignal::new(false);
    when_at_rest(Cache::current(), is_here);
    is_here
}

fn when_at_rest(cache: Cache, is_here: RwSignal<bool>) {
    let look = move || match is_here.is_disposed() {
        // The frame was left in the meantime.
        true => {}
        false if !cache.is_at_rest() => when_at_rest(cache, is_here),
        false => spawn_local(async move {
            if later().await.is_ok() {
                is_here.try_set(true);
            }
        }),
    };
    set_timeout(look, AT_REST);
}

fn build(later: Later) -> AnyView {
    match later {
        Later::Search(project, open) => view! { <Search project open/> }.into_any(),
        Later::Invitations(answer) => view! { <Invitations answer/> }.into_any(),
        Later::CountInvitations(count) => view! { <CountInvitations count/> }.into_any(),
        Later::ConfirmIdentity => view! { <ConfirmIdentity/> }.into_any(),
        Later::SignInAgain => view! { <SignInAgain/> }.into_any(),
    }
}
