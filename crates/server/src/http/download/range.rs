//! The header `Range`: which part of a file is wanted.

/// Which bytes are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of them.
    Whole,
    /// From the first to the last, both included.
    Between(u64, u64),
    /// Such bytes there are not.
    Nowhere,
}

/// What `Range` asks for of `size` bytes. Several ranges, and what is no range, count as the whole.
pub(super) fn part(header: &str, size: u64) -> Part {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) || (first.is_empty() && last.is_empty()) {
        return Part::Whole;
    }
    // What is too great for a number lies beyond the end in any case.
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let (first, last) = match (first, last) {
        ("", count) => (size.saturating_sub(number(count)), size.saturating_sub(1)),
        (first, "") => (number(first), size.saturating_sub(1)),
        (first, last) if number(first) > number(last) => return Part::Whole,
        (first, last) => (number(first), number(last).min(size.saturating_sub(1))),
    };
    if first < size && header != "bytes=-0" { Part::Between(first, last) } else { Part::Nowhere }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_names_its_first_and_last_byte() {
        check("bytes=0-3", Part::Between(0, 3));
        check("bytes=2-", Part::Between(2, 9));
        check("bytes=-3", Part::Between(7, 9));
        check("bytes=0-99999999999999999999999", Part::Between(0, 9));
        check("bytes=-99", Part::Between(0, 9));
    }

    #[test]
    fn what_lies_beyond_the_end_is_nowhere() {
        check("bytes=10-", Part::Nowhere);
        check("bytes=99999999999999999999999-", Part::Nowhere);
        check("bytes=-0", Part::Nowhere);
        assert_eq!(part("bytes=0-0", 0), Part::Nowhere);
    }

    #[test]
    fn what_is_no_single_range_is_the_whole() {
        for header in
            ["", "bytes=", "bytes=-", "bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=+1-2"]
        {
            check(header, Part::Whole);
        }
    }

    #[track_caller]
    fn check(header: &str, expected: Part) {
        assert_eq!(part(header, 10), expected, "{header}");
    }
}
