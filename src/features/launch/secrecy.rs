//! Keeps secrets out of drafts. A draft lies in the browser, where any script of the page can read it.

use models::secrecy::{is_telling, public_lines};

use super::draft::{Draft, Given};

/// The draft without what is likely a secret.
pub(super) fn without_secrets(draft: &Draft) -> Draft {
    let parameters = draft.parameters.iter().map(|own| {
        let text = if is_telling(&own.name) { String::new() } else { own.text.clone() };
        Given { name: own.name.clone(), text }
    });
    Draft { parameters: parameters.collect(), backend: public_lines(&draft.backend), ..draft.clone() }
}

/// Whether there is anything that is not kept.
pub(super) fn holds_secrets(draft: &Draft) -> bool {
    without_secrets(draft) != *draft
}
