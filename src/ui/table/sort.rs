//! What a click on a header makes of the order.

use super::SortKey;

/// The order after `column` was asked for: ascending, then descending, then none. With `extend` the
/// other keys stay; without it the column becomes the only key.
pub fn cycle(keys: &[SortKey], column: &str, extend: bool) -> Vec<SortKey> {
    let next = match keys.iter().find(|key| key.column == column) {
        None => Some(SortKey { column: column.to_owned(), descending: false }),
        Some(key) if !key.descending => Some(SortKey { descending: true, ..key.clone() }),
        Some(_) => None,
    };
    if !extend {
        return next.into_iter().collect();
    }
    let mut keys = keys.to_vec();
    match (keys.iter().position(|key| key.column == column), next) {
        (Some(place), Some(next)) => keys[place] = next,
        (Some(place), None) => {
            keys.remove(place);
        }
        (None, next) => keys.extend(next),
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{SortKey, cycle};

    fn keys(text: &str) -> Vec<SortKey> {
        text.split_whitespace()
            .map(|word| SortKey {
                column: word.trim_start_matches('-').to_owned(),
                descending: word.starts_with('-'),
            })
            .collect()
    }

    #[track_caller]
    fn check(before: &str, column: &str, extend: bool, after: &str) {
        assert_eq!(cycle(&keys(before), column, extend), keys(after));
    }

    #[test]
    fn a_column_is_ascending_then_descending_then_unsorted() {
        check("", "loss", false, "loss");
        check("loss", "loss", false, "-loss");
        check("-loss", "loss", false, "");
    }

    #[test]
    fn another_column_replaces_the_order() {
        check("loss -name", "user", false, "user");
    }

    #[test]
    fn extending_keeps_the_other_keys_in_their_places() {
        check("loss name", "user", true, "loss name user");
        check("loss name", "loss", true, "-loss name");
        check("-loss name", "loss", true, "name");
    }
}
