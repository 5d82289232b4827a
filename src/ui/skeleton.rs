//! The outline of what is still loading.

use leptos::prelude::*;

/// What the missing content looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkeletonShape {
    /// A paragraph.
    #[default]
    Text,
    /// Rows of a table.
    Rows,
    /// Cards in a grid.
    Cards,
}

impl SkeletonShape {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Rows => "rows",
            Self::Cards => "cards",
        }
    }
}

/// A grey outline that appears after 150 ms, so that what comes at once does not flicker.
#[component]
pub fn Skeleton(
    /// What is missing.
    #[prop(optional)]
    shape: SkeletonShape,
    /// Lines, rows or cards.
    #[prop(default = 3)]
    count: usize,
) -> impl IntoView {
    let bones = (0..count).map(|_| view! { <div class="skeleton-bone"></div> }).collect_view();
    view! {
        <div class="skeleton" data-shape=shape.as_str() role="status">
            <span class="visually-hidden">"Loading"</span>
            {bones}
        </div>
    }
}
