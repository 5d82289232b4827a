//! How high rows are.

use leptos::prelude::*;

use super::keep::{keep, kept};

/// Where the choice is kept.
const KEY: &str = "density";

/// How much room a row takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DensityChoice {
    /// 28 px: as many rows as can be read.
    Compact,
    /// 32 px.
    #[default]
    Standard,
    /// 40 px: rows that are easy to hit.
    Comfortable,
}

impl DensityChoice {
    /// Every choice, the lowest rows first.
    pub const ALL: [Self; 3] = [Self::Compact, Self::Standard, Self::Comfortable];

    /// What the choice is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Compact => "Compact",
            Self::Standard => "Standard",
            Self::Comfortable => "Comfortable",
        }
    }

    /// The value of `data-density`, and what is kept; nothing for the usual rows.
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Compact => Some("compact"),
            Self::Standard => None,
            Self::Comfortable => Some("comfortable"),
        }
    }

    fn apply(self) {
        keep(KEY, self.name());
        if let Some(root) = document().document_element() {
            // The name of the attribute is a good one, so this cannot fail.
            let _ = match self.name() {
                Some(name) => root.set_attribute("data-density", name),
                None => root.remove_attribute("data-density"),
            };
        }
    }
}

/// The height of the rows of tables and lists: what was chosen, kept for the next visit. Style sheets follow the
/// attribute `data-density` of the page.
#[derive(Debug, Clone, Copy)]
pub struct Density(RwSignal<DensityChoice>);

impl Density {
    /// Takes up the choice of the last visit, and keeps the page true to it.
    pub fn provide() {
        provide_context(Self::kept());
    }

    /// The density of the app; outside of it, a choice that is kept all the same.
    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::kept)
    }

    /// The signal of the choice, for controls that show and change it.
    pub fn signal(self) -> RwSignal<DensityChoice> {
        self.0
    }

    fn kept() -> Self {
        let name = kept(KEY);
        let choice = DensityChoice::ALL.into_iter().find(|choice| choice.name() == name.as_deref());
        let density = Self(RwSignal::new(choice.unwrap_or_default()));
        Effect::new(move || density.0.get().apply());
        density
    }
}
