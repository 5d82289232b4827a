//! Words for a shell. Pure.

use std::fmt::Write as _;

/// The text as one word of a POSIX shell, which finds nothing in it to act upon.
pub fn quote(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    if !text.is_empty() && !text.starts_with('=') && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    if text.chars().any(char::is_control) {
        return escaped(text);
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// With control characters spelled out: a terminal acts upon them even between quotation marks.
fn escaped(text: &str) -> String {
    let mut word = String::from("$'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => word.extend(['\\', letter]),
            '\n' => word.push_str("\\n"),
            '\t' => word.push_str("\\t"),
            _ if letter.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(word, "\\u{:04x}", u32::from(letter));
            }
            _ => word.push(letter),
        }
    }
    word.push('\'');
    word
}

/// A command with its options, each on a line of its own where there are several.
pub fn command(words: &[&str], options: &[String]) -> String {
    let mut lines = vec![words.join(" ")];
    lines.extend(options.iter().cloned());
    if lines.iter().map(String::len).sum::<usize>() < 80 { lines.join(" ") } else { lines.join(" \\\n  ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_nothing_to_a_shell_stay_as_they_are() {
        for word in ["alpha=0.5", "main", "https://github.com/a/b", "a-b_c.d,e:f@g%h+i"] {
            assert_eq!(quote(word), word);
        }
    }

    #[test]
    fn all_others_are_quoted() {
        for (text, word) in [
            ("", "''"),
            ("note=it's $HOME", r"'note=it'\''s $HOME'"),
            ("a=`id`;rm -rf /|&>x", "'a=`id`;rm -rf /|&>x'"),
            ("x=~/data/*", "'x=~/data/*'"),
            ("größe=\"1\"", "'größe=\"1\"'"),
            ("=ls", "'=ls'"),
            ("a\\b", r"'a\b'"),
        ] {
            assert_eq!(quote(text), word);
        }
    }

    #[test]
    fn a_terminal_sees_no_control_characters() {
        assert_eq!(quote("two\nlines\tit's \\"), r"$'two\nlines\tit\'s \\'");
        assert_eq!(quote("\u{1b}[31m"), r"$'\u001b[31m'");
    }

    #[test]
    fn long_commands_have_a_line_for_each_option() {
        assert_eq!(command(&["git", "clone"], &["a".to_owned()]), "git clone a");
        let options = vec!["-P a=1".repeat(10), "-P b=2".repeat(10)];
        assert_eq!(command(&["mlflow", "run"], &options).lines().count(), 3);
    }
}
