//! Where the caret stands: a browser counts units of UTF-16, the language of filters counts characters.

/// How many characters the first `units` units of the text are; a half character counts as none.
pub(super) fn characters(text: &str, units: usize) -> usize {
    let ends = text.chars().scan(0, |end, character| {
        *end += character.len_utf16();
        Some(*end)
    });
    ends.take_while(|end| *end <= units).count()
}

/// How many units the first characters of the text are.
pub(super) fn units(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::{characters, units};
    use proptest::prelude::*;

    #[test]
    fn a_character_beyond_the_first_plane_is_two_units() {
        assert_eq!(characters("é😀x", 1), 1);
        assert_eq!(characters("é😀x", 2), 1);
        assert_eq!(characters("é😀x", 3), 2);
        assert_eq!(units("é😀x", 2), 3);
        assert_eq!(characters("é", 9), 1);
    }

    proptest! {
        #[test]
        fn each_place_is_found_again(text: String, place in 0..20_usize) {
            let place = place.min(text.chars().count());
            prop_assert_eq!(characters(&text, units(&text, place)), place);
        }
    }
}
