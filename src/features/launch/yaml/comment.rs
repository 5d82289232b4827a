//! Comments of YAML.

/// The text without the comment at its end; a `#` within quotation marks is none.
pub(super) fn without_comment(text: &str) -> &str {
    let (mut quote, mut escaped, mut before) = (None, false, ' ');
    for (place, letter) in text.char_indices() {
        match (quote, letter) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                before = letter;
                continue;
            }
            (Some(open), _) if letter == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if " [{,:".contains(before) => quote = Some(letter),
            (None, '#') if before == ' ' || before == '\t' => return text[..place].trim_end(),
            (None, _) => {}
        }
        escaped = false;
        before = letter;
    }
    text.trim_end()
}

#[cfg(test)]
mod tests {
    use super::without_comment;

    #[test]
    fn a_comment_begins_behind_a_tab_as_behind_a_blank() {
        for text in ["a: 0&\t# b", "a: 0& # b", "a: 0&"] {
            assert_eq!(without_comment(text), "a: 0&");
        }
        assert_eq!(without_comment("a: 'b # c'#d"), "a: 'b # c'#d");
    }
}
