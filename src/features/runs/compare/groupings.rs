//! By what runs can be grouped. Pure.

use std::collections::BTreeMap;

use super::facts::{Fact, Topic};

/// More groups than this are hard to tell apart.
const MOST: usize = 12;

/// What the runs have in common by groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grouping {
    /// How an address writes it.
    pub(super) id: String,
    /// What the runs of each group have, in alphabetical order, numbers by size; runs that have nothing come last.
    pub(super) names: Vec<String>,
    /// For each run its group.
    pub(super) groups: Vec<usize>,
}

/// All facts by which the runs fall into two groups or more, but not each into its own, where there are more than two.
pub(super) fn groupings(facts: &[Fact]) -> Vec<Grouping> {
    let can_group = |fact: &&Fact| match fact.topic {
        Topic::Metrics => false,
        Topic::Run => !matches!(fact.name.as_str(), "Started" | "Duration"),
        Topic::Parameters
        | Topic::Code
        | Topic::Data
        | Topic::Environment
        | Topic::Resources
        | Topic::Tags => true,
    };
    facts.iter().filter(can_group).filter_map(grouping).collect()
}

fn grouping(fact: &Fact) -> Option<Grouping> {
    let mut places: BTreeMap<Key<'_>, usize> = fact.values.iter().map(|value| (key(value), 0)).collect();
    let (n, runs) = (places.len(), fact.values.len());
    if !(2..=MOST).contains(&n) || (n == runs && n > 2) {
        return None;
    }
    places.values_mut().enumerate().for_each(|(group, place)| *place = group);
    let names = places.keys().map(|(_, _, name)| name.unwrap_or("No value").to_owned()).collect();
    let groups = fact.values.iter().filter_map(|value| places.get(&key(value)).copied()).collect();
    Some(Grouping { id: format!("{}: {}", fact.topic.title(), fact.name), names, groups })
}

/// Sorts numbers by size before names, and what is missing last.
type Key<'a> = (bool, Option<i64>, Option<&'a str>);

fn key(value: &Option<String>) -> Key<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "only the order counts")]
    let size = |number: f64| (number * 1e6) as i64;
    let number =
        value.as_ref().and_then(|text| text.trim().parse::<f64>().ok()).filter(|number| !number.is_nan());
    // Numbers come first: what is no number has the greatest size.
    (value.is_none(), Some(number.map_or(i64::MAX, size)), value.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(topic: Topic, values: &[Option<&str>]) -> Fact {
        Fact::text(topic, "x", values.iter().map(|value| value.map(str::to_owned)).collect())
    }

    #[test]
    fn runs_fall_into_groups_by_size_and_name() {
        let found =
            groupings(&[fact(Topic::Parameters, &[Some("10"), Some("9"), None, Some("auto"), Some("9")])]);
        assert_eq!(found[0].id, "Parameters: x");
        assert_eq!(found[0].names, ["9", "10", "auto", "No value"]);
        assert_eq!(found[0].groups, [1, 0, 3, 2, 0]);
    }

    #[test]
    fn what_all_share_or_none_shares_makes_no_groups() {
        let each: Vec<_> = (0..5).map(|n| n.to_string()).collect();
        let each: Vec<_> = each.iter().map(|text| Some(text.as_str())).collect();
        assert_eq!(
            groupings(&[fact(Topic::Parameters, &each), fact(Topic::Code, &[Some("a"), Some("a")])]),
            []
        );
        assert_eq!(groupings(&[fact(Topic::Code, &[Some("a"), Some("b")])]).len(), 1, "two may be compared");
        assert_eq!(groupings(&[fact(Topic::Metrics, &[Some("1"), Some("1"), Some("2")])]), []);
    }
}
