//! One search over everything that a person may see.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::ProjectId;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum HitKind {
    /// A project.
    Project,
    /// A code repository.
    Code,
    /// A data repository.
    Data,
    /// An experiment.
    Experiment,
    /// The definition of a model.
    Model,
    /// A run.
    Run,
    /// A saved model.
    SavedModel,
    /// A deployment.
    Deployment,
    /// A group.
    Group,
    /// An organization.
    Organization,
    /// A person.
    User,
    /// A label.
    Label,
}

impl HitKind {
    /// All kinds, in the order of the answer.
    pub const ALL: [Self; 12] = [
        Self::Project,
        Self::Code,
        Self::Data,
        Self::Experiment,
        Self::Model,
        Self::Run,
        Self::SavedModel,
        Self::Deployment,
        Self::Group,
        Self::Organization,
        Self::User,
        Self::Label,
    ];

    /// What several of the kind are called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Project => "Projects",
            Self::Code => "Code",
            Self::Data => "Data",
            Self::Experiment => "Experiments",
            Self::Model => "Models",
            Self::Run => "Runs",
            Self::SavedModel => "Saved models",
            Self::Deployment => "Deployments",
            Self::Group => "Groups",
            Self::Organization => "Organizations",
            Self::User => "People",
            Self::Label => "Labels",
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// What it is.
    pub kind: HitKind,
    /// Identifies it among its kind.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The project that it belongs to; `null` for what belongs to none.
    pub project_id: Option<ProjectId>,
    /// The name of that project, or the scope of a label; empty for the rest.
    pub within: String,
}

/// What was found, kind by kind in the order of [`HitKind::ALL`]; within a kind what begins with the text comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHits {
    /// The hits.
    pub hits: Vec<SearchHit>,
}
