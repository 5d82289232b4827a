//! Views whose code is fetched when they are first asked for.
//!
//! A release is built with the feature `split`, which takes each part of the code out of the first download. Other builds
//! hold all of it from the start.

use std::sync::Arc;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::failure::Failure;
use super::popover::PopoverHandle;
use super::skeleton::Skeleton;
use super::toast::Toasts;

/// What to do about a part that could not be fetched.
const ADVICE: &str =
    "Check your connection and try again. If that does not help, reload: there may be a newer version.";

/// A part could not be fetched: there is no network, or the server has a newer console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFetched;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Builds a view of what it is told.
pub type Build<T> = fn(T) -> AnyView;

/// Fetches what builds a view; at once when that is here already.
pub type Fetch<T> = fn() -> LocalBoxFuture<'static, Result<Build<T>, NotFetched>>;

/// Makes functions that fetch others: `name in part: its type => function`. All that only they need becomes the part.
macro_rules! fetched {
    ($($visibility:vis $name:ident in $part:ident: $kind:ty => $function:path;)+) => {$(
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        $visibility fn $name() -> Result<$kind, $crate::ui::NotFetched> {
            Ok($function)
        }

        #[cfg(not(feature = "split"))]
        $visibility async fn $name() -> Result<$kind, $crate::ui::NotFetched> {
            Ok($function)
        }
    )+};
}
pub(crate) use fetched;

/// Fetches a view of something. What it is about is left out of the type, so that all that follows exists once.
type FetchView = Arc<dyn Fn() -> LocalBoxFuture<'static, Result<ViewFn, NotFetched>> + Send + Sync>;

fn view_of<T: Clone + Send + Sync + 'static>(fetch: Fetch<T>, about: T) -> FetchView {
    Arc::new(move || {
        let (build, about) = (fetch(), about.clone());
        Box::pin(async move {
            let build = build.await?;
            Ok(ViewFn::from(move || build(about.clone())))
        })
    })
}

/// A view in the place of which a skeleton stands until its code is here. What cannot be fetched can be tried again.
#[component]
pub fn Fetched<T: Clone + Send + Sync + 'static>(
    /// Fetches what builds the view.
    fetch: Fetch<T>,
    /// What the view is told.
    about: T,
    /// The class of the box around what stands there until then.
    #[prop(default = "fetching")]
    class: &'static str,
    /// Told when the view has come.
    #[prop(optional, into)]
    on_shown: Option<Callback<()>>,
) -> impl IntoView {
    shown_when_here(view_of(fetch, about), class, on_shown)
}

fn shown_when_here(fetch: FetchView, class: &'static str, on_shown: Option<Callback<()>>) -> AnyView {
    let popover = PopoverHandle::current();
    let (fetch, found) = (StoredValue::new(fetch), RwSignal::new(None));
    let ask = move || {
        found.set(None);
        let view = fetch.get_value()();
        spawn_local(async move {
            let view = view.await;
            // It may not be wanted any more by now.
            found.try_set(Some(view));
            request_animation_frame(move || {
                popover.into_iter().for_each(PopoverHandle::focus_late);
                // Nor may who was to be told.
                on_shown.into_iter().for_each(|on_shown| {
                    on_shown.try_run(());
                });
            });
        });
    };
    ask();
    let shown = move || match found.get() {
        None => view! { <div class=class><Skeleton/></div> }.into_any(),
        Some(Ok(view)) => view.run(),
        Some(Err(NotFetched)) => {
            let retry = Callback::new(move |()| ask());
            view! { <div class=class><Failure title="This could not be loaded" text=ADVICE on_retry=retry/></div> }
                .into_any()
        }
    };
    shown.into_any()
}

/// A view that comes when it is first wanted, and stays: a dialog, a panel. Where it cannot be fetched a message says so.
#[component]
pub fn FetchedWhen<T: Clone + Send + Sync + 'static>(
    /// Fetches what builds the view.
    fetch: Fetch<T>,
    /// What the view is told.
    about: T,
    /// Whether it is wanted.
    #[prop(into)]
    wanted: Signal<bool>,
    /// Takes the wish back, so that it can be wished again.
    #[prop(into)]
    on_failure: Callback<()>,
) -> impl IntoView {
    shown_when_wanted(view_of(fetch, about), wanted, on_failure)
}

fn shown_when_wanted(fetch: FetchView, wanted: Signal<bool>, on_failure: Callback<()>) -> AnyView {
    let toasts = Toasts::current();
    let found = RwSignal::new(None::<ViewFn>);
    Effect::new(move || {
        if !wanted.get() || found.read_untracked().is_some() {
            return;
        }
        let view = fetch();
        spawn_local(async move {
            match view.await {
                // The page may have been left in the meantime.
                Ok(view) => {
                    found.try_set(Some(view));
                }
                Err(NotFetched) => {
                    toasts.failure(format!("This could not be loaded. {ADVICE}"), None);
                    on_failure.try_run(());
                }
            }
        });
    });
    let is_here = Memo::new(move |_| found.read().is_some());
    let shown = move || is_here.get().then(|| found.get_untracked().map(|view| view.run()));
    shown.into_any()
}
