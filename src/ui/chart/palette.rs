//! Twelve colours that people with any colour vision can tell apart, for each theme.

/// One of the twelve colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(usize);

/// Each colour on a light and on a dark ground.
const PALETTE: [(&str, &str); 12] = [
    ("#4664c1", "#6299fc"),
    ("#f75f22", "#e0422d"),
    ("#5ba063", "#139264"),
    ("#ab6ff2", "#b7b1e5"),
    ("#1e7b96", "#5aa4aa"),
    ("#964c0d", "#d59a1f"),
    ("#aa3d66", "#fbc9f8"),
    ("#0140af", "#7467ec"),
    ("#5f247e", "#a756a8"),
    ("#603902", "#dfda2f"),
    ("#848bbf", "#96bf8b"),
    ("#880a4f", "#46faa3"),
];

/// What each colour is called on a light and on a dark ground.
const NAMES: [(&str, &str); 12] = [
    ("blue", "blue"),
    ("orange", "red"),
    ("green", "green"),
    ("violet", "lavender"),
    ("teal", "teal"),
    ("brown", "amber"),
    ("raspberry", "pink"),
    ("navy", "indigo"),
    ("purple", "purple"),
    ("umber", "yellow"),
    ("steel", "sage"),
    ("burgundy", "mint"),
];

/// The colour of whatever has this id, the same on every page.
pub fn colour_of(id: u64) -> Colour {
    // Ids that follow one another or share their low bits still spread over the palette.
    let mixed = (id ^ (id >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    Colour::nth(mixed as usize)
}

impl Colour {
    /// The colour number `n`, beginning again after twelve.
    pub fn nth(n: usize) -> Self {
        Self(n % PALETTE.len())
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PALETTE.len()).map(Self)
    }

    /// Its place among the twelve.
    pub const fn number(self) -> usize {
        self.0
    }

    /// What it is called.
    pub fn name(self, dark_ground: bool) -> &'static str {
        let (light, dark) = NAMES[self.0];
        if dark_ground { dark } else { light }
    }

    /// As CSS for either theme.
    pub fn css(self) -> String {
        let (light, dark) = PALETTE[self.0];
        format!("light-dark({light}, {dark})")
    }

    /// As CSS for one theme.
    pub fn on(self, dark_ground: bool) -> &'static str {
        let (light, dark) = PALETTE[self.0];
        if dark_ground { dark } else { light }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Colour, PALETTE, colour_of};

    type Rgb = [f64; 3];

    /// How protanopes and deuteranopes see linear light (Machado, Oliveira and Fernandes 2009).
    const VISIONS: [[Rgb; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ];

    fn linear(colour: &str) -> Rgb {
        [1, 3, 5].map(|at| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn through(matrix: &[Rgb; 3], colour: Rgb) -> Rgb {
        matrix.map(|row| row.iter().zip(colour).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
    }

    fn oklab(colour: Rgb) -> Rgb {
        let cones = through(
            &[
                [0.41222147, 0.53633254, 0.05144599],
                [0.21190350, 0.68069955, 0.10739696],
                [0.08830246, 0.28171884, 0.62997870],
            ],
            colour,
        )
        .map(f64::cbrt);
        let mix = |row: Rgb| row.iter().zip(cones).map(|(m, c)| m * c).sum();
        [
            mix([0.21045426, 0.79361778, -0.00407205]),
            mix([1.97799850, -2.42859221, 0.45059371]),
            mix([0.02590404, 0.78277177, -0.80867577]),
        ]
    }

    fn luminance(colour: Rgb) -> f64 {
        0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    }

    fn themes() -> [Vec<Rgb>; 2] {
        [PALETTE.map(|pair| linear(pair.0)).to_vec(), PALETTE.map(|pair| linear(pair.1)).to_vec()]
    }

    #[test]
    fn every_colour_stands_out_from_its_ground() {
        for (colours, ground) in themes().iter().zip(["#ffffff", "#14161b"]) {
            let ground = luminance(linear(ground));
            for colour in colours {
                let light = luminance(*colour);
                assert!((light.max(ground) + 0.05) / (light.min(ground) + 0.05) >= 3.0, "{colour:?}");
            }
        }
    }

    #[test]
    fn any_two_colours_differ_in_every_colour_vision() {
        for (colours, vision) in themes().iter().flat_map(|theme| VISIONS.map(|vision| (theme, vision))) {
            let seen: Vec<_> = colours.iter().map(|colour| oklab(through(&vision, *colour))).collect();
            for (n, one) in seen.iter().enumerate() {
                for other in &seen[..n] {
                    let distance: f64 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
                    assert!(distance.sqrt() > 0.07, "{n}: {}", distance.sqrt());
                }
            }
        }
    }

    #[test]
    fn no_two_colours_have_the_same_name() {
        for dark in [false, true] {
            let names: HashSet<_> = Colour::all().map(|colour| colour.name(dark)).collect();
            assert_eq!(names.len(), 12);
        }
    }

    #[test]
    fn ids_keep_their_colour_and_use_the_whole_palette() {
        assert_eq!(colour_of(42), colour_of(42));
        let colours: HashSet<_> = (0..100).map(colour_of).collect();
        assert_eq!(colours.len(), 12);
        assert_eq!(Colour::nth(13), Colour::nth(1));
    }
}
