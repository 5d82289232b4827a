//! A link by which somebody signs in once, shown once.

use leptos::prelude::*;
use models::person::SignInLink;

use crate::ui::{Banner, Button, CodeBlock, Emphasis, IconName, Tone};
use crate::widgets::RelativeTime;

/// The link, to be taken along now: nobody can show it again.
#[component]
pub(super) fn ShownLink(link: SignInLink, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    view! {
        <div class="stack">
            <Banner tone=Tone::Warning icon=IconName::Key>
                "This is the only time that the link is shown. Send it to the person: it works once, and ends "
                <RelativeTime at=Some(link.expires_at)/> "."
            </Banner>
            <CodeBlock title="Sign-in link" code=link.url/>
            <div class="cluster" data-align="end">
                <Button emphasis=Emphasis::Primary on_click=move |_| on_done.run(())>"Done"</Button>
            </div>
        </div>
    }
}
