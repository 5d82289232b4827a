//! A colour for each of the runs. Pure.

use models::id::RunId;

use crate::ui::chart::{Colour, colour_of};

/// How many colours there are to choose from.
const COLOURS: usize = 12;

/// The colour of each run, in the order of `runs`: its own wherever no run with a smaller id has it already, so that up
/// to twelve runs never share one, and none changes because runs are named in another order.
pub(super) fn colours(runs: &[RunId]) -> Vec<Colour> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|place| runs[*place].0);
    let mut chosen = vec![Colour::nth(0); runs.len()];
    let mut taken = Vec::new();
    for place in order {
        if taken.len() == COLOURS {
            taken.clear();
        }
        let (high, low) = runs[place].0.as_u64_pair();
        let own = colour_of(high ^ low);
        let free = || (0..COLOURS).map(Colour::nth).find(|colour| !taken.contains(colour));
        let colour = if taken.contains(&own) { free().unwrap_or(own) } else { own };
        taken.push(colour);
        chosen[place] = colour;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn run(id: u128) -> RunId {
        format!("{id:032x}").parse().unwrap()
    }

    proptest! {
        #[test]
        fn up_to_twelve_runs_have_colours_of_their_own_in_any_order(ids in prop::collection::hash_set(1_u128.., 0..=12)) {
            let runs: Vec<_> = ids.into_iter().map(run).collect();
            let found = colours(&runs);
            prop_assert_eq!(found.iter().collect::<HashSet<_>>().len(), runs.len());
            let backwards: Vec<_> = runs.iter().rev().copied().collect();
            let mut again = colours(&backwards);
            again.reverse();
            prop_assert_eq!(again, found);
        }
    }

    #[test]
    fn a_run_alone_has_the_colour_that_it_has_on_its_own_page() {
        assert_eq!(colours(&[run(42)]), [colour_of(42)]);
        assert_eq!(colours(&(1..=30).map(run).collect::<Vec<_>>()).len(), 30);
    }
}
