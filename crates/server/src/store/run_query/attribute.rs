//! Where the attributes of runs are kept.

use models::query::Attribute;

/// How an attribute of the run `r` is read.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) enum Source {
    /// A text.
    Text(&'static str),
    /// A number.
    Number(&'static str),
    /// The run's id.
    RunId,
    /// Something with an id and a name.
    Reference(&'static Reference),
    /// The labels, of which it may have several.
    Labels,
}

/// How something is read that a run refers to.
#[derive(Debug)]
pub(in crate::store) struct Reference {
    /// What the run `r` keeps of it.
    pub(in crate::store) column: &'static str,
    /// Its name, for a run `r`.
    pub(in crate::store) name: &'static str,
    /// The table `x` of all that there is.
    pub(in crate::store) table: &'static str,
    /// In that table, what runs keep.
    pub(in crate::store) kept: &'static str,
    /// In that table, its id as the world knows it.
    pub(in crate::store) id: &'static str,
    /// Whether it belongs to a project.
    pub(in crate::store) in_project: bool,
}

impl Reference {
    /// Whether runs keep a number of it, and not its id.
    pub(in crate::store) fn is_numbered(&self) -> bool {
        self.column == EXPERIMENT.column
    }
}

const USER: Reference = Reference {
    column: "r.user_id",
    name: "(SELECT x.name FROM users x WHERE x.user_id = r.user_id)",
    table: "users",
    kept: "x.user_id",
    id: "x.user_id",
    in_project: false,
};

const CODE: Reference = Reference {
    column: "r.code_repository_id",
    name: "(SELECT x.name FROM code_repositories x WHERE x.code_repository_id = r.code_repository_id)",
    table: "code_repositories",
    kept: "x.code_repository_id",
    id: "x.code_repository_id",
    in_project: true,
};

const DATA: Reference = Reference {
    column: "r.data_repository_id",
    name: "(SELECT x.name FROM data_repositories x WHERE x.data_repository_id = r.data_repository_id)",
    table: "data_repositories",
    kept: "x.data_repository_id",
    id: "x.data_repository_id",
    in_project: true,
};

const MODEL: Reference = Reference {
    column: "r.model_repository_id",
    name: "(SELECT x.name FROM model_repositories x WHERE x.model_repository_id = r.model_repository_id)",
    table: "model_repositories",
    kept: "x.model_repository_id",
    id: "x.model_repository_id",
    in_project: true,
};

const EXPERIMENT: Reference = Reference {
    column: "r.experiment_number",
    name: "(SELECT x.name FROM experiments x WHERE x.experiment_number = r.experiment_number)",
    table: "experiments",
    kept: "x.experiment_number",
    id: "x.experiment_repository_id",
    in_project: true,
};

const PROJECT: Reference = Reference {
    column: "r.project_id",
    name: "(SELECT x.name FROM projects x WHERE x.project_id = r.project_id)",
    table: "projects",
    kept: "x.project_id",
    id: "x.project_id",
    in_project: true,
};

/// How an attribute is read.
pub(in crate::store) fn source(attribute: Attribute) -> Source {
    match attribute {
        Attribute::RunId => Source::RunId,
        Attribute::Name => Source::Text("r.name"),
        Attribute::Status => Source::Text("r.status"),
        Attribute::StartTime => Source::Number("r.start_time"),
        Attribute::EndTime => Source::Number("r.end_time"),
        Attribute::Duration => Source::Number("(r.end_time - r.start_time)"),
        Attribute::User => Source::Reference(&USER),
        Attribute::Code => Source::Reference(&CODE),
        Attribute::Commit => Source::Text("r.git_commit"),
        Attribute::Branch => Source::Text("r.git_branch"),
        Attribute::Data => Source::Reference(&DATA),
        Attribute::DataVersion => Source::Text("COALESCE(r.data_commit, r.data_branch)"),
        Attribute::Experiment => Source::Reference(&EXPERIMENT),
        Attribute::Model => Source::Reference(&MODEL),
        Attribute::ArtifactUri => Source::Text("r.artifact_uri"),
        Attribute::Project => Source::Reference(&PROJECT),
        Attribute::Label => Source::Labels,
    }
}
