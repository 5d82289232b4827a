//! Revoking a token.

use leptos::prelude::*;
use models::token::ApiToken;

use super::super::discard::{Discard, Words};
use super::super::me::me;
use crate::queries;

const WORDS: Words = Words {
    action: "Revoke token",
    done: "The token was revoked.",
    losses: "Programs that use this token are refused from then on. What they have logged stays.",
};

/// Asks whether to revoke `token`, while there is one.
#[component]
pub(super) fn RevokeToken(token: RwSignal<Option<ApiToken>>) -> impl IntoView {
    let me = me();
    let request = move |token: ApiToken| Some((me()?, token.token_id));
    view! { <Discard thing=token name words=WORDS write=queries::tokens::delete() request/> }
}

fn name(token: &ApiToken) -> &str {
    &token.name
}
