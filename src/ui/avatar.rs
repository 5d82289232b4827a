//! A person, as initials on a colour of their own.

use leptos::prelude::*;

/// The initials of a name on a colour that is always the same for it. The name stands beside it, or is given
/// as a tooltip.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: String,
    /// Shows the name as a tooltip and reads it aloud; leave it out where the name stands beside.
    #[prop(optional)]
    labelled: bool,
) -> impl IntoView {
    let label = labelled.then(|| name.clone());
    view! {
        <span
            class="avatar"
            data-hued=""
            style:--hue=hue(&name).to_string()
            data-tip=label.clone()
            role=labelled.then_some("img")
            aria-hidden=(!labelled).then_some("true")
            aria-label=label
        >
            {initials(&name)}
        </span>
    }
}

/// The first letters of the first and the last word, in capitals; `?` for a name without letters.
pub fn initials(name: &str) -> String {
    let mut letters = name
        .split(|character: char| !character.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase);
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) => format!("{first}{last}"),
        (Some(only), None) => only.to_string(),
        _ => "?".to_owned(),
    }
}

/// A hue in degrees, 0 to 345 in steps of 15, always the same for a text.
pub fn hue(text: &str) -> u32 {
    let hash =
        text.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    (hash >> 8) % 24 * 15
}

#[cfg(test)]
mod tests {
    use super::{hue, initials};

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("Johann Sebastian Bach"), "JB");
        assert_eq!(initials("émile"), "É");
        assert_eq!(initials("ada.lovelace@example.org"), "AO");
        assert_eq!(initials(" – "), "?");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(hue("Ada Lovelace"), hue("Ada Lovelace"));
        assert_ne!(hue("Ada Lovelace"), hue("Grace Hopper"));
        assert!(hue("anything") < 360);
    }
}
