//! Which page is shown at which address.

use leptos::prelude::*;

use super::frame::Frame;
use super::guard::RequireSession;
use super::heading;
use super::not_found::NotFound;
use super::parts::{PageOf, Part};
use crate::features::runs::{AllRuns, Runs};
use crate::features::{auth, gallery, setup};
use crate::routes::Route;
use crate::ui::Place;

/// The page of the present address.
#[component]
pub(super) fn Pages() -> impl IntoView {
    let place = Place::current();
    let route = Signal::derive(move || Route::parse(&place.path()));
    let page = Memo::new(move |_| route.get().map(Route::page));
    let is_public = Memo::new(move |_| route.get().is_some_and(Route::is_public));
    focus_each(page);
    move || match is_public.get() {
        true => view! { <main id="page" tabindex="-1">{move || show(page.get(), route)}</main> }.into_any(),
        false => view! {
            <RequireSession>
                <Frame route>{move || show(page.get(), route)}</Frame>
            </RequireSession>
        }
        .into_any(),
    }
}

fn show(page: Option<Route>, route: Signal<Option<Route>>) -> AnyView {
    let Some(page) = page else { return view! { <NotFound/> }.into_any() };
    let part = match page {
        // What the console is for comes first: it is no part, and is there at once.
        Route::Runs(project) => return view! { <Runs project/> }.into_any(),
        Route::AllRuns => return view! { <AllRuns/> }.into_any(),
        // They are small, and stand before all else.
        Route::Setup => return view! { <setup::SetUp/> }.into_any(),
        Route::Link => return view! { <auth::SignInByLink/> }.into_any(),
        Route::Gallery if Route::HAS_GALLERY => return view! { <gallery::Gallery/> }.into_any(),
        Route::Login | Route::Gallery => return view! { <auth::SignIn/> }.into_any(),
        Route::Home
        | Route::Projects
        | Route::Project(_)
        | Route::Repositories(..)
        | Route::Repository(..)
        | Route::SavedModels(_)
        | Route::SavedModel(..)
        | Route::Deployments(_)
        | Route::Deployment(..)
        | Route::Schedules(_)
        | Route::Schedule(..) => Part::Projects,
        Route::Run(..) | Route::Compare(_) => Part::Run,
        Route::Launch(_) => Part::Launch,
        Route::Settings(_)
        | Route::ProjectSettings(..)
        | Route::Teams(_)
        | Route::Team(..)
        | Route::Users
        | Route::Labels => Part::Management,
    };
    view! { <PageOf part page route/> }.into_any()
}

/// Leads the keyboard and the screen reader to each new page; the first one they find by themselves.
fn focus_each(page: Memo<Option<Route>>) {
    Effect::new(move |before: Option<Option<Route>>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(heading::focus);
        }
        now
    });
}
