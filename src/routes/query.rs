//! Changes of the query of an address. Pure.

use super::percent;

/// The query `search` after some of its parameters were set or taken out, with its `?`; empty when none is left.
/// What stays keeps its place, and what is new comes last.
pub fn with_parameters(search: &str, changes: &[(&str, Option<String>)]) -> String {
    let mut parameters: Vec<(String, String)> = search
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((percent::decode(name)?, percent::decode(value)?))
        })
        .collect();
    for (name, value) in changes {
        let place = parameters.iter().position(|(known, _)| known == name);
        match (place, value) {
            (Some(place), Some(value)) => parameters[place].1.clone_from(value),
            (None, Some(value)) => parameters.push(((*name).to_owned(), value.clone())),
            (_, None) => parameters.retain(|(known, _)| known != name),
        }
    }
    let written =
        |(name, value): &(String, String)| format!("{}={}", percent::encode(name), percent::encode(value));
    let query = parameters.iter().map(written).collect::<Vec<_>>().join("&");
    if query.is_empty() { query } else { format!("?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(search: &str, changes: &[(&str, Option<&str>)], expected: &str) {
        let changes: Vec<_> = changes.iter().map(|(name, value)| (*name, value.map(str::to_owned))).collect();
        assert_eq!(with_parameters(search, &changes), expected);
    }

    #[test]
    fn commas_stay_readable() {
        check("?runs=a%2Cb", &[("smooth", Some("60"))], "?runs=a,b&smooth=60");
        check("runs=a,b", &[("base", Some("a,b c&d"))], "?runs=a,b&base=a,b%20c%26d");
    }

    #[test]
    fn what_is_changed_keeps_its_place() {
        check("?a=1&b=2&c=3", &[("b", Some("x")), ("a", None)], "?b=x&c=3");
        check("", &[("a", Some("1"))], "?a=1");
        check("?a=1", &[("a", None), ("b", None)], "");
    }

    #[test]
    fn what_is_no_text_is_dropped() {
        check("?a=%FF&b=+&c", &[], "?b=%20&c=");
    }
}
