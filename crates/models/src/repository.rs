//! The kinds of things that runs are made of.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{LabelId, ProjectId};
use crate::lineage::LineageKind;
use crate::paths;
use crate::query::Attribute;

/// What a project owns and its runs are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepositoryKind {
    /// Code.
    Code,
    /// Data.
    Data,
    /// Experiments.
    Experiments,
    /// Definitions of models.
    Models,
}

impl RepositoryKind {
    /// All kinds, in the order in which a project shows them.
    pub const ALL: [Self; 4] = [Self::Experiments, Self::Code, Self::Data, Self::Models];

    /// The kind as people read it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Code => "Code",
            Self::Data => "Data",
            Self::Experiments => "Experiments",
            Self::Models => "Models",
        }
    }

    /// The part of an address that names the kind.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Data => "data",
            Self::Experiments => "experiments",
            Self::Models => "models",
        }
    }

    /// The kind that a part of an address names.
    #[must_use]
    pub fn named(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.segment() == segment)
    }

    /// The property of a run that refers to such a thing.
    #[must_use]
    pub const fn attribute(self) -> Attribute {
        match self {
            Self::Code => Attribute::Code,
            Self::Data => Attribute::Data,
            Self::Experiments => Attribute::Experiment,
            Self::Models => Attribute::Model,
        }
    }

    /// The kind as a lineage names it.
    #[must_use]
    pub const fn in_lineage(self) -> LineageKind {
        match self {
            Self::Code => LineageKind::Code,
            Self::Data => LineageKind::Data,
            Self::Experiments => LineageKind::Experiment,
            Self::Models => LineageKind::Model,
        }
    }

    /// The path of all things of the kind.
    #[must_use]
    pub fn path(self, project: ProjectId) -> String {
        match self {
            Self::Code => paths::code(project),
            Self::Data => paths::data(project),
            Self::Experiments => paths::experiments(project),
            Self::Models => paths::models(project),
        }
    }

    /// The path of one of them.
    #[must_use]
    pub fn item_path(self, project: ProjectId, id: Uuid) -> String {
        format!("{}/{id}", self.path(project))
    }
}

/// Which of a project's things of a kind are wanted, in the query of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase")]
pub struct RepositorySearch {
    /// A text that the name, the address or the description contains, whatever the case.
    #[serde(default, alias = "searchString", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 250))]
    pub search: Option<String>,
    /// Only those with this label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_id: Option<LabelId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::CodeRepositoryId;

    #[test]
    fn each_kind_is_named_by_its_part_of_an_address() {
        for kind in RepositoryKind::ALL {
            assert_eq!(RepositoryKind::named(kind.segment()), Some(kind));
        }
        assert_eq!(RepositoryKind::named("runs"), None);
    }

    #[test]
    fn a_thing_is_found_below_its_kind() {
        let (project, id) = (ProjectId(Uuid::nil()), Uuid::max());
        let path = paths::code_repository(project, CodeRepositoryId(id));
        assert_eq!(RepositoryKind::Code.item_path(project, id), path);
    }
}
