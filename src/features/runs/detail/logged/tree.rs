//! Names with dots and slashes as a tree. Pure.

use std::cmp::Ordering;
use std::collections::HashSet;

/// What parts a name.
const SEPARATORS: [char; 2] = ['.', '/'];

/// Names as a tree: where two or more begin with the same parts, they stand in a branch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tree(Vec<Node>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Leaf { name: String, label: String },
    Branch { path: String, label: String, within: Vec<Node> },
}

/// A line of a tree on screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Line {
    /// How many branches it lies in.
    pub(super) level: usize,
    /// What stands in it: the name without what its branch says.
    pub(super) label: String,
    /// The whole name; for a branch what its names begin with, the separator at the end.
    pub(super) path: String,
    /// For a branch, how many names lie in it.
    pub(super) n_within: Option<usize>,
}

impl Tree {
    /// The tree of these names. A name that begins or ends with a separator is parted as far as it can be.
    pub(super) fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(grow(names.into_iter().collect(), 0))
    }

    /// Whether there is any branch.
    pub(super) fn is_nested(&self) -> bool {
        self.0.iter().any(|node| matches!(node, Node::Branch { .. }))
    }

    /// The lines from top to bottom, without those in closed branches.
    pub(super) fn lines(&self, closed: &HashSet<String>) -> Vec<Line> {
        let mut lines = Vec::new();
        push(&self.0, 0, closed, &mut lines);
        lines
    }

    /// What the names of each branch begin with.
    pub(super) fn branches(&self) -> HashSet<String> {
        let branches = self.lines(&HashSet::new()).into_iter().filter(|line| line.n_within.is_some());
        branches.map(|line| line.path).collect()
    }
}

/// The nodes of names that are the same up to `at`.
fn grow(names: Vec<&str>, at: usize) -> Vec<Node> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in names {
        let start = part(name, at);
        match groups.iter_mut().find(|(known, _)| !start.is_empty() && *known == start) {
            Some((_, group)) => group.push(name),
            None => groups.push((start, vec![name])),
        }
    }
    let mut nodes: Vec<_> = groups.into_iter().map(|(start, group)| node(group, at, start)).collect();
    nodes.sort_by(|one, other| natural(label(one), label(other)));
    nodes
}

fn node(group: Vec<&str>, at: usize, start: &str) -> Node {
    if let [name] = *group.as_slice() {
        let label = name.get(at..).unwrap_or(name).to_owned();
        return Node::Leaf { name: name.to_owned(), label };
    }
    // Branches that hold nothing but another one become one.
    let mut end = at + start.len();
    while let Some(next) = common_part(&group, end) {
        end += next;
    }
    let path = group.first().and_then(|name| name.get(..end)).unwrap_or_default();
    let label = path.get(at..).unwrap_or_default().trim_end_matches(SEPARATORS);
    Node::Branch { path: path.to_owned(), label: label.to_owned(), within: grow(group, end) }
}

/// How long the part behind `at` is, if all names share it.
fn common_part(names: &[&str], at: usize) -> Option<usize> {
    let (first, others) = names.split_first()?;
    let next = part(first, at);
    (!next.is_empty() && others.iter().all(|name| part(name, at) == next)).then_some(next.len())
}

/// The part of the name from `at` up to the next separator and with it; nothing when none follows that leaves something
/// on both its sides.
fn part(name: &str, at: usize) -> &str {
    let rest = name.get(at..).unwrap_or_default();
    match rest.find(SEPARATORS) {
        Some(place) if place > 0 && place + 1 < rest.len() => rest.get(..=place).unwrap_or_default(),
        Some(_) | None => "",
    }
}

fn label(node: &Node) -> &str {
    match node {
        Node::Leaf { label, .. } | Node::Branch { label, .. } => label,
    }
}

/// In alphabetical order, but numbers by their size: `layers.2` before `layers.10`.
fn natural(one: &str, other: &str) -> Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) | (Err(_), Err(_)) => one.cmp(other),
    }
}

fn push(nodes: &[Node], level: usize, closed: &HashSet<String>, lines: &mut Vec<Line>) {
    for node in nodes {
        match node {
            Node::Leaf { name, label } => {
                lines.push(Line { level, label: label.clone(), path: name.clone(), n_within: None });
            }
            Node::Branch { path, label, within } => {
                let n_within = Some(leaves(within));
                lines.push(Line { level, label: label.clone(), path: path.clone(), n_within });
                if !closed.contains(path) {
                    push(within, level + 1, closed, lines);
                }
            }
        }
    }
}

fn leaves(nodes: &[Node]) -> usize {
    let count = |node: &Node| match node {
        Node::Leaf { .. } => 1,
        Node::Branch { within, .. } => leaves(within),
    };
    nodes.iter().map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line a name, further in for each branch; branches say how many names they hold.
    #[track_caller]
    fn check(names: &[&str], closed: &[&str], expected: &[&str]) {
        let closed = closed.iter().map(|path| (*path).to_owned()).collect();
        let shown: Vec<_> = Tree::of(names.iter().copied()).lines(&closed).iter().map(shown).collect();
        assert_eq!(shown, expected);
    }

    fn shown(line: &Line) -> String {
        let count = line.n_within.map(|n| format!(" ({n})")).unwrap_or_default();
        format!("{}{}{count}", "  ".repeat(line.level), line.label)
    }

    #[test]
    fn names_that_begin_alike_stand_in_branches() {
        let names =
            ["optimizer/lr", "optimizer/name", "model.layers.0.units", "model.layers.0.bias", "model.depth"];
        let expected = [
            "model (3)",
            "  depth",
            "  layers.0 (2)",
            "    bias",
            "    units",
            "optimizer (2)",
            "  lr",
            "  name",
        ];
        check(&names, &[], &expected);
        check(&names, &["model."], &["model (3)", "optimizer (2)", "  lr", "  name"]);
    }

    #[test]
    fn names_that_share_nothing_stay_a_list() {
        let names = ["depth", "train/loss", "momentum.beta"];
        check(&names, &[], &["depth", "momentum.beta", "train/loss"]);
        assert!(!Tree::of(names).is_nested());
    }

    #[test]
    fn numbers_are_in_the_order_of_their_size() {
        check(&["l.10", "l.2", "l.0"], &[], &["l (3)", "  0", "  2", "  10"]);
    }

    #[test]
    fn separators_that_part_nothing_are_letters_of_the_name() {
        let names = ["/data/a", "/data/b", "x.", "x..y", ".z", "a//b"];
        let lines = Tree::of(names).lines(&HashSet::new());
        let mut leaves: Vec<_> =
            lines.iter().filter(|line| line.n_within.is_none()).map(|line| line.path.as_str()).collect();
        leaves.sort_unstable();
        let mut names = names.to_vec();
        names.sort_unstable();
        assert_eq!(leaves, names);
    }

    #[test]
    fn a_name_may_be_a_branch_as_well() {
        check(&["lr", "lr.decay", "lr.start"], &[], &["lr", "lr (2)", "  decay", "  start"]);
    }
}
