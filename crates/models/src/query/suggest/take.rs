//! Puts a suggestion into the text.

use super::{Suggestion, Suggestions};

impl Suggestions {
    /// The text with a suggestion taken, and the character before which the caret then stands, counted from 0. A blank
    /// stands before it where it would run together with what is there, and behind it unless a bracket opens.
    #[must_use]
    pub fn take(&self, text: &str, suggestion: &Suggestion) -> (String, usize) {
        let characters: Vec<char> = text.chars().collect();
        let piece = |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter();
        let from = self.from.min(characters.len());
        let mut taken: String = piece(0, from).collect();
        let touches = taken.ends_with(|last: char| !last.is_whitespace() && last != '(');
        if touches && !matches!(suggestion.text.as_str(), "," | ")") {
            taken.push(' ');
        }
        taken.push_str(&suggestion.text);
        let mut rest = piece(self.to.clamp(from, characters.len()), characters.len()).collect::<String>();
        if suggestion.text != "(" {
            taken.push(' ');
            rest = rest.strip_prefix(' ').map(str::to_owned).unwrap_or(rest);
        }
        let caret = taken.chars().count();
        (taken + &rest, caret)
    }
}
