//! The secret of a new token, shown once.

use leptos::html;
use leptos::prelude::*;
use models::token::CreatedApiToken;

use crate::ui::{Banner, Button, CodeBlock, Emphasis, IconName, Tone};
use crate::widgets::shell_lines;

/// The secret of a token that was just made, and the lines that use it.
#[component]
pub(super) fn Created(token: CreatedApiToken, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let lines = environment(&token);
    // The form that had the focus is gone.
    let top = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(top) = top.get() {
            // An element on screen takes the focus.
            let _ = top.focus();
        }
    });
    view! {
        <div class="stack" tabindex="-1" node_ref=top>
            <div class="settings-told">
                <Banner tone=Tone::Warning icon=IconName::Key>
                    "This is the only time that the token is shown. Keep it like a password."
                </Banner>
            </div>
            <CodeBlock title="Token" code=token.secret/>
            <CodeBlock title="Shell, for MLflow and the mantik client" code=lines/>
            <div class="cluster" data-align="end">
                <Button emphasis=Emphasis::Primary on_click=move |_| on_done.run(())>"Done"</Button>
            </div>
        </div>
    }
}

fn environment(token: &CreatedApiToken) -> String {
    let origin = window().location().origin().unwrap_or_default();
    let mut lines = shell_lines(Some(&token.secret));
    lines.push_str(&format!("export MANTIK_API_URL={origin}/api\n"));
    if let Some(project) = token.token.project_id {
        lines.push_str(&format!("export MANTIK_PROJECT_ID={project}\n"));
    }
    lines
}
