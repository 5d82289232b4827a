//! How lines of runs that share a colour are told apart. Pure.

use std::collections::HashMap;

use models::id::RunId;

use crate::ui::chart::{Colour, Dash};

/// How the line of each run is broken, in the order of `runs`: of those that share a colour the one with the least id is
/// whole, whatever the order in which they are named.
pub(super) fn dashes(runs: &[(RunId, Colour)]) -> Vec<Dash> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|place| runs[*place].0.0);
    let mut dashes = vec![Dash::Solid; runs.len()];
    let mut times = HashMap::<Colour, usize>::new();
    for place in order {
        let times = times.entry(runs[place].1).or_default();
        dashes[place] = Dash::nth(*times);
        *times += 1;
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(id: u128) -> RunId {
        format!("{id:032x}").parse().unwrap()
    }

    #[test]
    fn runs_of_one_colour_have_different_lines_in_any_order() {
        let (blue, red) = (Colour::nth(0), Colour::nth(1));
        let runs = [(run(3), blue), (run(1), blue), (run(2), red)];
        assert_eq!(dashes(&runs), [Dash::Long, Dash::Solid, Dash::Solid]);
        let backwards: Vec<_> = runs.iter().rev().copied().collect();
        assert_eq!(dashes(&backwards), [Dash::Solid, Dash::Solid, Dash::Long]);
    }
}
