//! The parts of the console that are fetched when a page of theirs is opened.
//!
//! A release is built with the feature `split`, which takes each part out of the first download. Other builds hold all
//! parts from the start.

use leptos::prelude::*;

use super::heading;
use super::parts_pages::{entry_page, management_page, project_page, run_page};
use crate::routes::Route;
use crate::ui::{Failure, Skeleton};

/// A part of the console. There are few, because each set of parts that share code costs a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Home, the projects, their dashboards, and what they own.
    Projects,
    /// The pages of a run and of runs compared, with the charts.
    Run,
    /// Settings of projects and people, groups and organizations, administration.
    Management,
    /// Signing in, and the set-up of a new server.
    Entry,
}

/// Builds a page of a part.
type Build = fn(Route, Memo<Option<Route>>) -> AnyView;

/// A part could not be fetched: there is no network, or the server has a newer console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NotFetched;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

macro_rules! fetched {
    ($($name:ident => $build:path;)+) => {$(
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $name() -> Result<Build, NotFetched> {
            Ok($build)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<Build, NotFetched> {
            Ok($build)
        }
    )+};
}

fetched! {
    projects => project_page;
    run => run_page;
    management => management_page;
    entry => entry_page;
}

impl Part {
    async fn fetch(self) -> Result<Build, NotFetched> {
        match self {
            Self::Projects => projects().await,
            Self::Run => run().await,
            Self::Management => management().await,
            Self::Entry => entry().await,
        }
    }
}

/// A page of a part, once the part is there.
#[component]
pub(super) fn PageOf(part: Part, page: Route, route: Memo<Option<Route>>) -> impl IntoView {
    let build = RwSignal::new(None);
    let fetch = move || {
        build.set(None);
        leptos::task::spawn_local(async move {
            let fetched = part.fetch().await;
            // The page may have been left in the meantime.
            build.try_set(Some(fetched));
            request_animation_frame(heading::focus_late);
        });
    };
    fetch();
    move || match build.get() {
        None => view! { <div class="page"><Skeleton/></div> }.into_any(),
        Some(Ok(build)) => build(page, route),
        Some(Err(NotFetched)) => {
            let text = "Check your connection and try again. If that does not help, reload: there may be a newer version.";
            let retry = Callback::new(move |()| fetch());
            view! { <div class="page"><Failure title="This page could not be loaded" text on_retry=retry/></div> }
                .into_any()
        }
    }
}
