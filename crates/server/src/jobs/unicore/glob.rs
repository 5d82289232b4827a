//! Patterns of names: `*` and `?` for what stands within one name, `**` for any folders, `[a-z]` for one of some letters.

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letter(char),
    Any,
    Some,
    Folders,
    Set(Vec<(char, char)>, bool),
}

/// A pattern that a path fits or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob(Vec<Part>);

impl Glob {
    pub(super) fn new(pattern: &str) -> Self {
        let letters: Vec<char> = pattern.chars().collect();
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let rest = letters.get(at + 1..).unwrap_or_default();
            let (part, length) = match (letter, rest) {
                ('*', ['*', '/', ..]) => (Part::Folders, 3),
                ('*', ['*', ..]) => (Part::Folders, 2),
                ('*', _) => (Part::Some, 1),
                ('?', _) => (Part::Any, 1),
                ('[', _) => set(rest).unwrap_or((Part::Letter('['), 1)),
                (letter, _) => (Part::Letter(*letter), 1),
            };
            parts.push(part);
            at += length;
        }
        Self(parts)
    }

    /// Whether the whole path fits. Takes a time that grows with the product of both lengths alone.
    pub(super) fn fits(&self, path: &str) -> bool {
        let letters: Vec<char> = path.chars().collect();
        // Of how many letters the beginning fits the parts so far.
        let mut fitting = vec![false; letters.len() + 1];
        if let Some(first) = fitting.first_mut() {
            *first = true;
        }
        for part in &self.0 {
            let mut next = vec![false; letters.len() + 1];
            let mut is_open = false;
            for (n, slot) in next.iter_mut().enumerate() {
                let before = n.checked_sub(1);
                let letter = before.and_then(|before| letters.get(before)).copied();
                let was = before.and_then(|before| fitting.get(before)).copied().unwrap_or(false);
                let is_here = fitting.get(n).copied().unwrap_or(false);
                *slot = match part {
                    Part::Letter(own) => was && letter == Some(*own),
                    Part::Any => was && letter.is_some_and(|letter| letter != '/'),
                    Part::Set(ranges, is_inverse) => {
                        was && letter.is_some_and(|letter| of(letter, ranges, *is_inverse))
                    }
                    Part::Some => {
                        is_open = is_here || (is_open && letter != Some('/'));
                        is_open
                    }
                    Part::Folders => {
                        is_open |= is_here;
                        is_open
                    }
                };
            }
            fitting = next;
        }
        fitting.last().copied().unwrap_or(false)
    }
}

fn of(letter: char, ranges: &[(char, char)], is_inverse: bool) -> bool {
    letter != '/' && ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != is_inverse
}

/// What stands in brackets, and how long it is with them; `None` where they are not closed.
fn set(rest: &[char]) -> Option<(Part, usize)> {
    let is_inverse = matches!(rest.first(), Some('!' | '^'));
    let begin = usize::from(is_inverse);
    // A bracket that comes first is one of the letters.
    let end = begin + 1 + rest.get(begin + 1..)?.iter().position(|letter| *letter == ']')?;
    let mut inner = rest.get(begin..end)?;
    let mut ranges = Vec::new();
    while let Some((first, after)) = inner.split_first() {
        match after {
            ['-', last, others @ ..] => {
                ranges.push((*first, *last));
                inner = others;
            }
            others => {
                ranges.push((*first, *first));
                inner = others;
            }
        }
    }
    Some((Part::Set(ranges, is_inverse), end + 2))
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_pattern_fits_whole_paths() {
        for (pattern, fitting, others) in [
            ("*.csv", vec!["a.csv", ".csv"], vec!["a.csvx", "deep/a.csv"]),
            ("data/*", vec!["data/a"], vec!["data/a/b", "data"]),
            ("data/**", vec!["data/a", "data/a/b"], vec!["other/a"]),
            ("**/a", vec!["a", "b/a", "b/c/a"], vec!["b/c"]),
            ("a?c", vec!["abc"], vec!["ac", "a/c"]),
            ("[a-c]x[!0-9]", vec!["bxy"], vec!["dxy", "bx1"]),
            ("[]]", vec!["]"], vec!["["]),
            ("[ab", vec!["[ab"], vec!["a"]),
        ] {
            let glob = Glob::new(pattern);
            for path in fitting {
                assert!(glob.fits(path), "{pattern} {path}");
            }
            for path in others {
                assert!(!glob.fits(path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        let glob = Glob::new(&"a*".repeat(200));
        assert!(!glob.fits(&format!("{}b/", "a".repeat(2_000))));
    }
}
