//! The pages of things that have several.

/// A page of the person's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettingsPage {
    /// Name and e-mail address.
    Profile,
    /// Password, sessions, and what was done with the secrets.
    Security,
    /// Tokens for programs.
    Tokens,
    /// Credentials for other systems.
    Connections,
    /// How she pays.
    Payment,
    /// Light or dark.
    Appearance,
}

impl SettingsPage {
    /// All pages, in the order of their tabs.
    pub const ALL: [Self; 6] =
        [Self::Profile, Self::Security, Self::Tokens, Self::Connections, Self::Payment, Self::Appearance];

    /// The name on the tab.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Security => "Security",
            Self::Tokens => "Tokens",
            Self::Connections => "Connections",
            Self::Payment => "Payment",
            Self::Appearance => "Appearance",
        }
    }

    /// Its part of the address.
    pub(super) const fn segment(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Security => "security",
            Self::Tokens => "tokens",
            Self::Connections => "connections",
            Self::Payment => "payment",
            Self::Appearance => "appearance",
        }
    }
}

/// A page of a project's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProjectSettingsTab {
    /// What it is called and about, and who may see it.
    #[default]
    General,
    /// Who may do what in it.
    Members,
    /// Its end.
    Danger,
}

impl ProjectSettingsTab {
    /// All pages of a project's settings, in order.
    pub const ALL: [Self; 3] = [Self::General, Self::Members, Self::Danger];

    /// The name of the page.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Members => "Members",
            Self::Danger => "Danger",
        }
    }

    pub(super) const fn segment(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Members => "members",
            Self::Danger => "danger",
        }
    }

    pub(super) fn named(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.segment() == segment)
    }
}

/// What of a run is to be another one when it is run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunLeg {
    /// The code.
    Code,
    /// The data.
    Data,
    /// The values for the entry point.
    Parameters,
    /// The machine and what it must offer.
    Resources,
}

impl RunLeg {
    /// All of them, in the order of the form that starts runs.
    pub const ALL: [Self; 4] = [Self::Code, Self::Data, Self::Parameters, Self::Resources];

    /// What it is called within a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Data => "data",
            Self::Parameters => "parameters",
            Self::Resources => "resources",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|leg| leg.word() == word)
    }
}

/// A page of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RunTab {
    /// What it was made of and what came out.
    #[default]
    Overview,
    /// Its metrics as charts.
    Metrics,
    /// What its machine was busy with, as charts.
    System,
    /// The files it left.
    Artifacts,
    /// What it printed.
    Logs,
    /// How to do it again, and in which environment.
    Reproduce,
}

impl RunTab {
    /// What stands for it in an address; nothing for the first.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Metrics => "metrics",
            Self::System => "system",
            Self::Artifacts => "artifacts",
            Self::Logs => "logs",
            Self::Reproduce => "reproduce",
        }
    }

    /// The one that the end of an address names.
    pub(super) fn at(parts: &[&str]) -> Option<Self> {
        match *parts {
            [] => Some(Self::Overview),
            [segment] if !segment.is_empty() => Self::ALL.into_iter().find(|tab| tab.segment() == segment),
            _ => None,
        }
    }

    /// All pages of a run, in the order of their tabs.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Metrics, Self::System, Self::Artifacts, Self::Logs, Self::Reproduce];

    /// The name on the tab.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Metrics => "Metrics",
            Self::System => "System",
            Self::Artifacts => "Artifacts",
            Self::Logs => "Logs",
            Self::Reproduce => "Reproduce",
        }
    }
}
