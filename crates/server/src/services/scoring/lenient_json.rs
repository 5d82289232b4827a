//! JSON as Python writes it: with numbers that JSON does not have.

use serde_json::Value;

/// The value that a text holds. `NaN`, `Infinity` and `-Infinity`, which Python writes where JSON has no word, become texts
/// of that name, as everywhere in this server.
///
/// # Errors
/// When it is no JSON even so.
pub(super) fn read(text: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(text).or_else(|error| match mended(text) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    })
}

/// The text with such numbers between quotes; `None` when there are none.
fn mended(text: &[u8]) -> Option<Vec<u8>> {
    const WORDS: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];
    let mut mended = Vec::new();
    let (mut copied, mut place, mut in_text) = (0, 0, false);
    while let Some((&byte, rest)) = text.get(place..).and_then(<[u8]>::split_first) {
        let word = WORDS.iter().find(|word| !in_text && byte == word[0] && rest.starts_with(&word[1..]));
        if let Some(word) = word {
            mended.extend_from_slice(text.get(copied..place)?);
            mended.push(b'"');
            mended.extend_from_slice(word);
            mended.push(b'"');
            place += word.len();
            copied = place;
            continue;
        }
        match byte {
            b'"' => in_text = !in_text,
            b'\\' if in_text => place += 1,
            _ => {}
        }
        place += 1;
    }
    (copied > 0).then(|| {
        mended.extend_from_slice(text.get(copied..).unwrap_or_default());
        mended
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn numbers_that_json_lacks_become_texts() {
        let text = br#"{"predictions": [NaN, -Infinity,Infinity, "NaN \" NaN", -1, null], "NaN": NaN}"#;
        let expected =
            json!({"predictions": ["NaN", "-Infinity", "Infinity", "NaN \" NaN", -1, null], "NaN": "NaN"});
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in ["", "<html>NaN", "{\"a\": NaNNaN}", "[NaN", "\"NaN", "nan", "\\\"NaN\\", "[1e999]"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in r#"[\[\]{},:"\\aNInfity0-]{0,40}"#) {
            let plain = serde_json::from_str::<Value>(&text).ok();
            if plain.is_some() {
                prop_assert_eq!(read(text.as_bytes()).ok(), plain);
            } else {
                // Whatever comes of it, it ends.
                let _ = read(text.as_bytes());
            }
        }
    }
}
