//! Which row of a grouped table shows what. Pure: it knows counts and places, neither values nor requests.

use std::ops::Range;

use models::run_table::GroupKey;

/// What is known of the groups or runs within some groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// How many there are, or how many are shown as long as that is not known.
    pub(super) rows: usize,
    /// The opened groups among them with their places, ascending.
    pub(super) open: Vec<(usize, GroupKey)>,
}

/// The rows within some groups, and below each opened group the rows within that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree {
    within: Vec<GroupKey>,
    rows: usize,
    opened: Vec<Opened>,
    len: usize,
}

/// An opened group: its place among its siblings, and what is within.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opened {
    place: usize,
    tree: Tree,
}

/// What a row shows: the group or run at `place` of those within the groups `within`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node<'a> {
    /// The groups that it lies in, outermost first.
    pub(super) within: &'a [GroupKey],
    /// Its place among its siblings, from 0.
    pub(super) place: usize,
}

impl Tree {
    /// The tree of what `known` says of each list of groups; it is asked for all, then for what is within opened ones.
    pub(super) fn build(known: &impl Fn(&[GroupKey]) -> Known) -> Self {
        Self::below(Vec::new(), known)
    }

    fn below(within: Vec<GroupKey>, known: &impl Fn(&[GroupKey]) -> Known) -> Self {
        let Known { rows, open } = known(&within);
        let opened: Vec<_> = open
            .into_iter()
            .filter(|(place, _)| *place < rows)
            .map(|(place, key)| {
                let below = within.iter().cloned().chain([key]).collect();
                Opened { place, tree: Self::below(below, known) }
            })
            .collect();
        let len = rows + opened.iter().map(|opened| opened.tree.len).sum::<usize>();
        Self { within, rows, opened, len }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many groups or runs are shown within `within`; `None` when that is not opened.
    pub(super) fn rows_within(&self, within: &[GroupKey]) -> Option<usize> {
        if self.within == within {
            return Some(self.rows);
        }
        let mut ways = self.opened.iter().filter(|opened| within.starts_with(&opened.tree.within));
        ways.next().and_then(|opened| opened.tree.rows_within(within))
    }

    /// What `row` shows; `None` beyond the last one.
    pub(super) fn at(&self, row: usize) -> Option<Node<'_>> {
        let mut passed = 0;
        for Opened { place, tree } in &self.opened {
            let head = place + passed;
            if row <= head {
                break;
            }
            if row <= head + tree.len {
                return tree.at(row - head - 1);
            }
            passed += tree.len;
        }
        let place = row - passed;
        (place < self.rows).then_some(Node { within: &self.within, place })
    }

    /// The groups that `row` lies in, outermost first: each from the row of its head to behind its last row.
    pub(super) fn groups_around(&self, row: usize) -> Vec<Range<usize>> {
        let mut passed = 0;
        for Opened { place, tree } in &self.opened {
            let head = place + passed;
            if row <= head {
                break;
            }
            let first = head + 1;
            if row < first + tree.len {
                let within = tree.groups_around(row - first).into_iter();
                let within = within.map(|group| group.start + first..group.end + first);
                return std::iter::once(head..first + tree.len).chain(within).collect();
            }
            passed += tree.len;
        }
        Vec::new()
    }

    /// The places that `rows` show, by the groups in which they lie; of each list those from the first to the last.
    pub(super) fn places(&self, rows: Range<usize>) -> Vec<(Vec<GroupKey>, Range<usize>)> {
        let mut found: Vec<(Vec<GroupKey>, Range<usize>)> = Vec::new();
        for node in rows.map_while(|row| self.at(row)) {
            match found.iter_mut().find(|(within, _)| within == node.within) {
                Some((_, places)) => *places = places.start.min(node.place)..places.end.max(node.place + 1),
                None => found.push((node.within.to_vec(), node.place..node.place + 1)),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::query::{Attribute, Field};
    use proptest::prelude::*;

    fn key(name: impl ToString) -> GroupKey {
        GroupKey { field: Field::Attribute(Attribute::Data), value: Some(name.to_string()) }
    }

    /// Three data sets; the second is opened onto two models, the first of which is opened onto five runs.
    fn tree() -> Tree {
        Tree::build(&|within: &[GroupKey]| match within.len() {
            0 => Known { rows: 3, open: vec![(1, key("b"))] },
            1 => Known { rows: 2, open: vec![(0, key("x"))] },
            _ => Known { rows: 5, open: Vec::new() },
        })
    }

    #[test]
    fn rows_of_opened_groups_stand_below_their_heads() {
        let tree = tree();
        let shown: Vec<_> = (0..tree.len())
            .map(|row| tree.at(row).map(|node| (node.within.len(), node.place)).unwrap())
            .collect();
        let runs = (0..5).map(|place| (2, place));
        let expected: Vec<_> =
            [(0, 0), (0, 1), (1, 0)].into_iter().chain(runs).chain([(1, 1), (0, 2)]).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn there_is_nothing_beyond_the_last_row() {
        assert_eq!(tree().at(10), None);
        assert_eq!(Tree::default().at(0), None);
    }

    #[test]
    fn a_flat_table_has_its_runs_only() {
        let tree = Tree::build(&|_: &[GroupKey]| Known { rows: 100_000, open: Vec::new() });
        assert_eq!(tree.len(), 100_000);
        assert_eq!(tree.at(99_999), Some(Node { within: &[], place: 99_999 }));
    }

    #[test]
    fn the_places_on_screen_are_known_by_list() {
        let found = tree().places(2..9);
        let expected = [(vec![key("b")], 0..2), (vec![key("b"), key("x")], 0..5)];
        assert_eq!(found, expected);
        assert!(tree().places(20..30).is_empty());
    }

    #[test]
    fn a_row_knows_the_groups_that_it_lies_in() {
        let tree = tree();
        assert_eq!(tree.groups_around(5), [1..9, 2..8]);
        assert_eq!(tree.groups_around(3), [1..9, 2..8]);
        assert_eq!(tree.groups_around(8), tree.groups_around(2));
        assert!(tree.groups_around(2).into_iter().eq(std::iter::once(1..9)));
        for row in [0, 1, 9, 40] {
            assert!(tree.groups_around(row).is_empty(), "{row}");
        }
    }

    #[test]
    fn the_rows_of_an_opened_group_are_counted() {
        let tree = tree();
        assert_eq!(tree.rows_within(&[]), Some(3));
        assert_eq!(tree.rows_within(&[key("b"), key("x")]), Some(5));
        assert_eq!(tree.rows_within(&[key("a")]), None);
    }

    #[test]
    fn an_opened_group_that_is_gone_shows_nothing() {
        let tree = Tree::build(&|within: &[GroupKey]| match within.len() {
            0 => Known { rows: 1, open: vec![(4, key("gone"))] },
            _ => Known { rows: 9, open: Vec::new() },
        });
        assert_eq!(tree.len(), 1);
    }

    proptest! {
        #[test]
        fn every_row_shows_one_thing_and_nothing_twice(
            rows in 1usize..30,
            open in prop::collection::btree_set(0usize..30, 0..10),
            below in 0usize..10,
        ) {
            let tree = Tree::build(&|within: &[GroupKey]| match within.len() {
                0 => Known { rows, open: open.iter().map(|place| (*place, key(place))).collect() },
                _ => Known { rows: below, open: Vec::new() },
            });
            let opened = open.iter().filter(|place| **place < rows).count();
            prop_assert_eq!(tree.len(), rows + opened * below);
            let nodes: Vec<_> = (0..tree.len()).filter_map(|row| tree.at(row)).collect();
            prop_assert_eq!(nodes.len(), tree.len());
            for (row, node) in nodes.iter().enumerate() {
                prop_assert!(nodes[..row].iter().all(|before| before != node));
            }
        }
    }
}
