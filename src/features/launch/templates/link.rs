//! The address of the form with a template, to be sent to others.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::acts::Acts;
use crate::routes::Route;
use crate::ui::{Toasts, copy_text};

/// Puts the address of the form with the open template on the clipboard.
pub(super) fn copy_link(acts: Acts) {
    let toasts = Toasts::current();
    let (Ok(origin), Some(open)) = (window().location().origin(), acts.open.get_untracked()) else { return };
    let link = format!("{origin}{}", Route::launch_template(acts.launch.project, open.template_id));
    spawn_local(async move {
        if copy_text(link.clone()).await {
            toasts.success("The link was copied.");
        } else {
            toasts.failure(format!("The browser refused to copy the link: {link}"), None);
        }
    });
}
