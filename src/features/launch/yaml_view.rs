//! The config as text.

use leptos::prelude::*;

use super::bound::Config;
use super::request::told;
use crate::ui::{Field, TextArea, TextKind};
use crate::widgets::form_errors::sentence;

/// How many lines are on screen at least.
const ROWS: u32 = 14;

/// The text, and at once what of it cannot be read.
#[component]
pub(super) fn YamlView(config: Config) -> impl IntoView {
    let problem = Memo::new(move |_| config.read.get().err());
    let error = Signal::derive(move || problem.get().map(|problem| sentence(&told(&problem))));
    let line = move || {
        let problem = problem.get()?;
        let text = config.text.read();
        let line = text.lines().nth(problem.line - 1)?.to_owned();
        Some(view! {
            <pre class="launch-yaml-line" aria-hidden="true"><b>{problem.line}</b> {line}</pre>
        })
    };
    let hint = Some("Comments, and what the form does not show, stay as you type them.".to_owned());
    view! {
        <div class="launch-yaml">
            <Field label="Backend config in YAML" hint error>
                <TextArea value=config.text kind=TextKind::Code rows=ROWS/>
            </Field>
            {line}
        </div>
    }
}
