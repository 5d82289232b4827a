//! The outermost component.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route as Path, Router};
use leptos_router::path;

use super::pages::Pages;
use crate::queries::{Cache, live::Live};
use crate::session::{Session, Standing};
use crate::ui::{Density, Place, Theme, ToastStack, Toasts, TooltipLayer};
use crate::widgets::{Clock, PageName, RunColours};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    Cache::provide();
    Toasts::provide();
    Theme::provide();
    Density::provide();
    Clock::provide();
    RunColours::provide();
    PageName::provide();
    let session = Session::provide();
    Live::provide(Signal::derive(move || session.standing() == Standing::SignedIn && !session.is_lost()));
    view! {
        <Router>
            // Which page belongs to an address is told by `Route`, so that nothing can be linked to that is not
            // there. The router only keeps the address and the history.
            <FlatRoutes fallback=|| ()>
                <Path path=path!("/*any") view=|| ()/>
            </FlatRoutes>
            {
                Place::provide();
                Place::current().on_next(|| RunColours::current().renew());
                view! { <Pages/> }
            }
        </Router>
        <ToastStack/>
        <TooltipLayer/>
    }
}
