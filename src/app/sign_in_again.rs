//! Asks who is there again when the session has ended, over whatever is on screen.

use leptos::prelude::*;

use crate::features::auth::SignInForm;
use crate::session::Session;
use crate::ui::Dialog;

/// A dialog that stands there as long as the session is lost.
#[component]
pub(super) fn SignInAgain() -> impl IntoView {
    let session = Session::current();
    let open = RwSignal::new(false);
    let is_lost = Memo::new(move |_| session.is_lost());
    Effect::new(move || open.set(is_lost.get()));
    let name = move || session.user().map(|user| user.name).unwrap_or_default();
    view! {
        <Dialog
            open
            title="Sign in again"
            description=Some("Your session has ended. What you typed is still here.".to_owned())
            locked=true
        >
            <SignInForm name=name()/>
        </Dialog>
    }
}
