//! The address of what is on screen, to be sent to others.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::features::runs::address::Address;
use crate::ui::{Toasts, copy_text};

/// Puts the address on the clipboard.
pub(super) fn copy_link(address: Address) {
    let toasts = Toasts::current();
    let Ok(origin) = window().location().origin() else { return };
    let link = format!("{origin}{}", address.link());
    spawn_local(async move {
        if copy_text(link.clone()).await {
            toasts.success("The link was copied.");
        } else {
            toasts.failure(format!("The browser refused to copy the link: {link}"), None);
        }
    });
}
