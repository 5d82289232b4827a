//! Numbers that look random and are the same each time.

/// A sequence of numbers; the algorithm is SplitMix64 (Steele, Lea and Flood, 2014).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        const STEPS: f64 = 9_007_199_254_740_992.0; // 2^53, as many as a double tells apart
        (self.next() >> 11) as f64 / STEPS
    }

    /// A number from `from` up to `to`.
    pub(super) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.unit()
    }

    /// A number around 0, mostly within 1: near enough to a normal distribution for a picture.
    pub(super) fn noise(&mut self) -> f64 {
        (0..6).map(|_| self.unit()).sum::<f64>() * 2.0 / 3.0 - 2.0
    }

    /// A place in a list of this length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        (self.unit() * length as f64) as usize
    }

    /// One of these.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T], otherwise: T) -> T {
        choices.get(self.place(choices.len())).copied().unwrap_or(otherwise)
    }

    /// Whether something happens that happens this often.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }
}
