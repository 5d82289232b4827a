//! Text made comparable.

use unicode_normalization::UnicodeNormalization as _;

/// `text` without differences of case, of width and of composition: two names that fold alike are one.
#[must_use]
pub fn fold(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_fold_alike() {
        assert_eq!(fold(" Ann "), fold("ann"));
        assert_eq!(fold("Zo\u{eb}"), fold("zoe\u{308}"));
        assert_eq!(fold("\u{ff21}nn"), fold("ANN"));
    }
}
