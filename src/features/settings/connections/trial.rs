//! How trying a connection out went.

use leptos::prelude::*;
use models::connection::{ConnectionTest, TestOutcome};

use crate::queries::{ApiError, Write};
use crate::ui::{Banner, IconName, Tone};

/// How the last trial went, and what to do now; nothing before the first.
#[component]
pub(super) fn Trial<A: Send + Sync + 'static>(test: Write<A, ConnectionTest>) -> impl IntoView {
    let told = move || {
        if test.pending().get() {
            return None;
        }
        Some(match test.value().get()? {
            Ok(test) => outcome(test),
            Err(error) => (Tone::Danger, IconName::Alert, "Not tried.", why(&error)),
        })
    };
    move || {
        told().map(|(tone, icon, title, message)| {
            view! {
                <div class="settings-told">
                    <Banner tone icon=icon><strong>{title}</strong> " " {message}</Banner>
                </div>
            }
        })
    }
}

fn outcome(test: ConnectionTest) -> (Tone, IconName, &'static str, String) {
    let (tone, icon, title) = match test.outcome {
        TestOutcome::Ok => (Tone::Success, IconName::CheckCircle, "It works."),
        TestOutcome::Reached => (Tone::Info, IconName::Info, "Reached."),
        TestOutcome::Refused => (Tone::Danger, IconName::XCircle, "Refused."),
        TestOutcome::Unreachable => (Tone::Warning, IconName::Alert, "Not reached."),
        TestOutcome::NotSupported | TestOutcome::Unknown(_) => (Tone::Neutral, IconName::Info, "Not tried."),
    };
    let host = test.host.map(|host| format!(" ({host})")).unwrap_or_default();
    (tone, icon, title, format!("{}{host}", test.message))
}

/// What the server said of the address, else how the request failed.
fn why(error: &ApiError) -> String {
    let fields = error.field_errors();
    let fields: Vec<_> = fields.iter().map(|(_, why)| why).collect();
    if fields.is_empty() { error.to_string() } else { format!("Address: {}.", fields.join("; ")) }
}
