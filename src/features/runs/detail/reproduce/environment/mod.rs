//! The environment of a run: the packages, the machine, the program, as far as they were logged.

mod facts;
mod files;
mod mlmodel;
mod packages;
mod panel;

pub(super) use panel::Environment;
