//! Light or dark.

use leptos::prelude::*;

use super::icon::IconName;
use super::keep::{keep, kept};

/// Where the choice is kept; boot.js reads it before the first paint.
const KEY: &str = "theme";

/// Which colours a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Those of the system, also when it changes.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl ThemeChoice {
    /// Every choice, in the order of menus.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What the choice is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::System => "Like the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The drawing of the choice.
    pub const fn icon(self) -> IconName {
        match self {
            Self::System => IconName::Monitor,
            Self::Light => IconName::Sun,
            Self::Dark => IconName::Moon,
        }
    }

    /// The value of `data-theme`, and what is kept; nothing for the system's colours.
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The colours of the app: what was chosen, kept for the next visit.
#[derive(Debug, Clone, Copy)]
pub struct Theme(RwSignal<ThemeChoice>);

impl Theme {
    /// Takes up the choice of the last visit, and keeps the page true to it.
    pub fn provide() {
        provide_context(Self::kept());
    }

    /// The colours of the app; outside of it, a choice that is kept all the same.
    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::kept)
    }

    /// The signal of the choice, for controls that show and change it.
    pub fn signal(self) -> RwSignal<ThemeChoice> {
        self.0
    }

    /// What was chosen.
    pub fn choice(self) -> ThemeChoice {
        self.0.get()
    }

    /// Chooses, at once and for the next visits.
    pub fn choose(self, choice: ThemeChoice) {
        self.0.set(choice);
    }

    fn kept() -> Self {
        let name = kept(KEY);
        let choice = ThemeChoice::ALL.into_iter().find(|choice| choice.name() == name.as_deref());
        let theme = Self(RwSignal::new(choice.unwrap_or_default()));
        Effect::new(move || theme.choice().apply());
        theme
    }
}

impl ThemeChoice {
    fn apply(self) {
        keep(KEY, self.name());
        if let Some(root) = document().document_element() {
            // The name of the attribute is a good one, so this cannot fail.
            let _ = match self.name() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    }
}
