//! How lines of one colour are told apart.

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Long pieces.
    Long,
    /// Dots.
    Dots,
    /// A long piece and a dot by turns.
    Mixed,
}

impl Dash {
    const ALL: [Self; 4] = [Self::Solid, Self::Long, Self::Dots, Self::Mixed];

    /// The pattern of the line number `n` of a colour, beginning again after four.
    #[must_use]
    pub fn nth(n: usize) -> Self {
        Self::ALL[n % Self::ALL.len()]
    }

    /// The value of `data-dash`.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Solid => None,
            Self::Long => Some("long"),
            Self::Dots => Some("dots"),
            Self::Mixed => Some("mixed"),
        }
    }

    /// Painted and empty pieces by turns, in CSS pixels.
    pub(super) const fn pattern(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Long => &[7.0, 3.0],
            Self::Dots => &[2.0, 2.5],
            Self::Mixed => &[7.0, 2.5, 2.0, 2.5],
        }
    }
}
