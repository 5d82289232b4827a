//! Downloads that need a link first.

use leptos::prelude::*;
use models::download::DownloadLink;

use crate::queries::Write;

/// Follows each link that `write` gets; the page stays, because what it leads to is only ever saved.
pub fn follow_download<A: Send + Sync + 'static>(write: Write<A, DownloadLink>) {
    Effect::new(move || {
        if let Some(Ok(link)) = write.value().get() {
            // A browser that refuses has told the person why.
            let _ = window().location().assign(&link.url);
        }
    });
}
