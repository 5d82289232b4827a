//! What is likely a secret, by its name. Drafts and templates of runs are kept without it.

/// Parts of names whose values are secrets more often than not.
const TELLING: [&str; 8] =
    ["token", "password", "passwd", "secret", "credential", "apikey", "api_key", "private"];

/// Whether what goes by this name is likely a secret.
#[must_use]
pub fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    TELLING.iter().any(|part| name.contains(part)) || name == "key" || name.ends_with("_key")
}

/// The lines of YAML without the values of telling keys. It looks at words and not at the grammar, so that it also works on
/// what is unfinished: rather a line too many is cut.
#[must_use]
pub fn public_lines(text: &str) -> String {
    let mut kept = String::new();
    // A value of several lines is further in than its key.
    let mut hidden_below = None::<usize>;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let indent = bare.len() - bare.trim_start().len();
        if hidden_below.is_some_and(|own| indent > own && !bare.trim().is_empty()) {
            continue;
        }
        hidden_below = None;
        match secret_from(bare) {
            Some(end) => {
                hidden_below = Some(indent);
                kept.push_str(&bare[..end]);
                kept.push_str(&line[bare.len()..]);
            }
            None => kept.push_str(line),
        }
    }
    kept
}

/// Where the value of the first telling key of a line begins; it may stand on the lines below.
fn secret_from(line: &str) -> Option<usize> {
    let mut word = 0;
    for (place, letter) in line.char_indices() {
        match letter {
            ':' if is_telling(line[word..place].trim_matches(['"', '\'', ' '])) => return Some(place + 1),
            '{' | ',' | ' ' | '[' => word = place + 1,
            _ => {}
        }
    }
    None
}
