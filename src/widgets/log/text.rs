//! The text of a line as it is shown.

use std::borrow::Cow;

/// The text without the sequences that set colours and move the cursor of a terminal.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = match part.strip_prefix('[') {
            // The first letter, or sign like one, ends a sequence.
            Some(sequence) => {
                sequence.find(|end| matches!(end, '@'..='~')).and_then(|end| sequence.get(end + 1..))
            }
            None => Some(part),
        };
        plain.extend(rest);
    }
    Cow::Owned(plain)
}

/// The text in pieces, and whether each is what is searched for; capital and small letters of ASCII are the same.
pub(super) fn pieces<'a>(text: &'a str, wanted: &str) -> Vec<(bool, &'a str)> {
    let mut pieces = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while !wanted.is_empty() && at < text.len() {
        let is_found = text.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted));
        if is_found {
            pieces.push((false, &text[begin..at]));
            pieces.push((true, &text[at..at + wanted.len()]));
            begin = at + wanted.len();
            at = begin;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push((false, &text[begin..]));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_a_terminal_are_left_out() {
        assert_eq!(plain("\u{1b}[1;31mERROR\u{1b}[0m é"), "ERROR é");
        assert_eq!(plain("no colour"), "no colour");
        assert_eq!(plain("cut \u{1b}[3"), "cut ");
    }

    #[test]
    fn what_is_searched_for_is_found_in_either_case() {
        assert_eq!(
            pieces("é Loss and loss", "LOSS"),
            [(false, "é "), (true, "Loss"), (false, " and "), (true, "loss"),]
        );
        assert_eq!(pieces("loss", ""), [(false, "loss")]);
        assert_eq!(pieces("ééé", "e"), [(false, "ééé")]);
        assert!(pieces("", "e").is_empty());
    }
}
