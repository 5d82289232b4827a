//! What each kind is called and what it is for.

use models::repository::RepositoryKind;

use crate::ui::IconName;

/// The words about a kind.
pub(super) struct Words {
    pub(super) icon: IconName,
    /// One of them, in a sentence.
    pub(super) one: &'static str,
    /// The button that adds one.
    pub(super) add: &'static str,
    /// What they are for; stands where there are none.
    pub(super) about: &'static str,
    /// What an empty list says.
    pub(super) none: &'static str,
}

pub(super) fn words(kind: RepositoryKind) -> Words {
    match kind {
        RepositoryKind::Code => Words {
            icon: IconName::Code,
            one: "code repository",
            add: "Add code",
            none: "No code yet",
            about: "A git repository whose commits the runs execute. Once it is here, runs are found by it, and are started again with other data.",
        },
        RepositoryKind::Data => Words {
            icon: IconName::Database,
            one: "data repository",
            add: "Add data",
            none: "No data yet",
            about: "A git repository, a bucket or a folder of a remote store that the runs read. Once it is here, one page shows every run that used it.",
        },
        RepositoryKind::Experiments => Words {
            icon: IconName::Flask,
            one: "experiment",
            add: "New experiment",
            none: "No experiments yet",
            about: "An experiment gathers runs that answer one question; to MLflow's clients it is one of theirs. A client that names a new one makes it here too.",
        },
        RepositoryKind::Models => Words {
            icon: IconName::Cube,
            one: "model",
            add: "Add model",
            none: "No models yet",
            about: "The definition of a model that is yet to be trained: code at a commit. Runs train it, and saved models come of them.",
        },
    }
}
