//! Lists of texts in one text, with commas between them.

/// The texts with commas between them; a comma or a backslash within one follows a backslash.
pub(in crate::features::runs) fn join(texts: impl IntoIterator<Item = String>) -> String {
    let escaped = texts.into_iter().map(|text| text.replace('\\', "\\\\").replace(',', "\\,"));
    escaped.collect::<Vec<_>>().join(",")
}

/// The texts between the commas of `joined`; empty ones are left out.
pub(in crate::features::runs) fn split(joined: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut characters = joined.chars();
    while let Some(character) = characters.next() {
        match (character, texts.last_mut()) {
            (',', _) => texts.push(String::new()),
            ('\\', Some(text)) => text.extend(characters.next()),
            (_, Some(text)) => text.push(character),
            (_, None) => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

#[cfg(test)]
mod tests {
    use super::{join, split};
    use proptest::prelude::*;

    #[test]
    fn plain_texts_stand_between_commas() {
        assert_eq!(join(["data".to_owned(), "code".to_owned()]), "data,code");
        assert_eq!(split(",data,,code,"), ["data", "code"]);
    }

    proptest! {
        #[test]
        fn texts_with_commas_and_backslashes_survive(texts in prop::collection::vec("[a,\\\\]{1,5}", 0..5)) {
            prop_assert_eq!(split(&join(texts.clone())), texts);
        }
    }
}
