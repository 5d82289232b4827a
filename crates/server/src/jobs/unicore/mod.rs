//! Has runs executed by sites of UNICORE.
//!
//! A job is made at the site with the name of the attempt as its tag, gets its code, and waits. Only once its id is written
//! down is it told to begin, and telling it twice does nothing: so whatever a server that was killed has left at a site
//! without writing it down never begins, and is deleted.

mod archive;
mod description;
mod exclude;
mod executor;
mod glob;
mod outcome;
mod output;
mod reference;
mod script;
mod session;
mod tar;

pub use executor::Unicore;
