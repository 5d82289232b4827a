//! Which runs the address names. Pure.

use models::comparison::MAX_COMPARED_RUNS;
use models::id::RunId;

/// The runs that an address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// Those that are compared: each once, in the order of the address, at most 100.
    pub(super) runs: Vec<RunId>,
    /// How many more there are than can be compared.
    pub(super) too_many: usize,
    /// How many texts are no id of a run.
    pub(super) unreadable: usize,
}

impl Asked {
    /// Reads ids with commas between them.
    pub(super) fn read(text: &str) -> Self {
        let mut asked = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(run) if asked.runs.contains(&run) => {}
                Ok(_) if asked.runs.len() == MAX_COMPARED_RUNS => asked.too_many += 1,
                Ok(run) => asked.runs.push(run),
                Err(_) => asked.unreadable += 1,
            }
        }
        asked
    }

    /// The runs but one, as the address names them.
    pub(super) fn without(&self, run: RunId) -> String {
        let rest = self.runs.iter().filter(|other| **other != run);
        rest.map(|run| run.mlflow()).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "0190a5b2c3d44e5f8a9bcdef01234567";
    const OTHER: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234568";

    #[test]
    fn each_run_counts_once_however_it_is_spelled() {
        let asked = Asked::read(&format!("{ONE}, {OTHER},,{},{ONE}", OTHER.replace('-', "")));
        assert_eq!(asked.runs, [ONE.parse().unwrap(), OTHER.parse().unwrap()]);
        assert_eq!((asked.too_many, asked.unreadable), (0, 0));
    }

    #[test]
    fn what_cannot_be_compared_is_counted() {
        let many = (0..103).map(|n| format!("{n:032x}")).collect::<Vec<_>>().join(",");
        let asked = Asked::read(&format!("{many},nothing"));
        assert_eq!((asked.runs.len(), asked.too_many, asked.unreadable), (100, 3, 1));
    }

    #[test]
    fn a_run_can_be_taken_out() {
        let asked = Asked::read(&format!("{ONE},{OTHER}"));
        assert_eq!(asked.without(OTHER.parse().unwrap()), ONE);
    }
}
