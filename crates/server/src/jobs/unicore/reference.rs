//! What a job at a site is called here.

use crate::jobs::{Attempt, Refusal};

/// A job at a site: the attempt that it executes, and the site's id of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) attempt: Attempt,
    pub(super) id: String,
}

impl Reference {
    /// As it is written down.
    pub(super) fn text(&self) -> String {
        format!("{}/{}", self.attempt.name(), self.id)
    }

    /// What is written down as `text`.
    ///
    /// # Errors
    /// [`Refusal`] when it is none.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let read = text
            .split_once('/')
            .and_then(|(attempt, id)| Some(Self { attempt: Attempt::named(attempt)?, id: id.to_owned() }));
        read.ok_or_else(|| Refusal::lasting("What is written down of the job at the site cannot be read."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_it_was_written() {
        let attempt = Attempt::named("0190a5b2c3d44e5f8a9bcdef01234567-2").unwrap();
        let reference = Reference { attempt, id: "2d-0".to_owned() };
        assert_eq!(Reference::read(&reference.text()), Ok(reference));
        assert!(Reference::read("2d-0").is_err());
    }
}
