//! Says that the rows on screen are not what was asked for.

use leptos::prelude::*;

use super::TableState;
use crate::api::ApiError;
use crate::ui::{Banner, Button, IconName, Size, Tone};

/// Says why newer or further rows could not be read, while those that were read stay on screen.
#[component]
pub(crate) fn StaleNote(state: TableState) -> impl IntoView {
    let error = Memo::new(move |_| match state.error() {
        // The line of the filter says it.
        Some(ApiError::Invalid(..)) | None => None,
        Some(error) => state.total().map(|_| error),
    });
    let retry = move || {
        view! { <Button size=Size::Small icon=IconName::Refresh on_click=move |_| state.refetch()>"Try again"</Button> }
    };
    move || {
        error.get().map(|error| {
            view! {
                <Banner tone=Tone::Warning icon=IconName::Alert action=retry>
                    {error.to_string()} " What you see was read before."
                </Banner>
            }
        })
    }
}
