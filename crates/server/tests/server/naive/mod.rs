//! The table of runs evaluated in memory, as plainly as can be: what the SQL is compared with.

mod evaluate;
mod groups;
mod make;

pub(crate) use evaluate::{compare, passes, value_of};
pub(crate) use groups::{NaiveGroup, group};
pub(crate) use make::{make_runs, make_runs_of, random_filter, random_group_field, random_sort};

use models::{
    id::{CodeRepositoryId, DataRepositoryId, ProjectId, RunId, UserId},
    run::RunStatus,
};
use std::collections::BTreeMap;

type Question = fn(&str) -> bool;

/// Regular expressions, and what each asks of a text.
pub(crate) const EXPRESSIONS: [(&str, Question); 8] = [
    ("^a", |text| text.starts_with('a')),
    ("b$", |text| text.ends_with('b')),
    ("(?i)b", |text| text.contains(['b', 'B'])),
    ("^.$", |text| text.chars().count() == 1),
    ("^$", str::is_empty),
    ("'", |text| text.contains('\'')),
    (r"\[x\]\*|%", |text| text.contains("[x]*") || text.contains('%')),
    ("[A-Z]{3}|[oe]", |text| {
        let is_capital = |byte: &u8| byte.is_ascii_uppercase();
        text.contains(['o', 'e']) || text.as_bytes().windows(3).any(|three| three.iter().all(is_capital))
    }),
];

/// A run as the test made it.
#[derive(Debug, Clone)]
pub(crate) struct NaiveRun {
    pub(crate) id: RunId,
    /// Counts up with each run that is made.
    pub(crate) number: usize,
    pub(crate) project: (ProjectId, String),
    pub(crate) name: String,
    pub(crate) status: RunStatus,
    pub(crate) start_time: Option<i64>,
    pub(crate) end_time: Option<i64>,
    pub(crate) user: (UserId, String),
    pub(crate) code: Option<(CodeRepositoryId, String)>,
    pub(crate) commit: Option<String>,
    pub(crate) branch: Option<String>,
    pub(crate) data: Option<(DataRepositoryId, String)>,
    pub(crate) data_branch: Option<String>,
    pub(crate) data_commit: Option<String>,
    pub(crate) metrics: BTreeMap<String, f64>,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) tags: BTreeMap<String, String>,
    /// The labels, by id and text.
    pub(crate) labels: Vec<(String, String)>,
}

/// A value of a run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Plain {
    Number(f64),
    Text(String),
    /// An id and a name.
    Named(String, String),
    /// Several of them, at least one.
    Several(Vec<(String, String)>),
}
