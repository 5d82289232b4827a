//! A project's row.

use models::id::ProjectId;
use models::permission::Role;
use models::person::User;
use models::project::Project;
use models::run::StatusCounts;

use crate::fold::fold;
use crate::store::{Row, StoreError, access};

/// What people write about a project.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    pub(super) name: String,
    pub(super) executive_summary: String,
    pub(super) detailed_description: String,
}

impl Texts {
    /// What a search looks through: the name comes first, so that a search can tell where it begins.
    pub(super) fn search_text(&self) -> String {
        fold(&format!("{}\n{}\n{}", self.name, self.executive_summary, self.detailed_description))
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            name: row.get("name")?,
            executive_summary: row.get("executive_summary")?,
            detailed_description: row.get("detailed_description")?,
        })
    }
}

/// A project without what other tables know of it. The row has the caller's `rank` and the owner's name and address.
pub(super) fn read(row: &Row) -> Result<Project, StoreError> {
    let project_id: ProjectId = row.get("project_id")?;
    let current_user_role = access::ranked(row.get("rank")?).unwrap_or(Role::Guest);
    let email = (current_user_role > Role::Guest).then(|| row.get("owner_email")).transpose()?;
    let texts = Texts::read(row)?;
    Ok(Project {
        project_id,
        name: texts.name,
        executive_summary: texts.executive_summary,
        detailed_description: texts.detailed_description,
        description_document: Vec::new(),
        owner: User { user_id: row.get("owner_id")?, name: row.get("owner_name")?, email, is_admin: None },
        members: Vec::new(),
        user_groups: Vec::new(),
        organizations: Vec::new(),
        code_repositories: Vec::new(),
        experiment_repositories: Vec::new(),
        data_repositories: Vec::new(),
        model_repositories: Vec::new(),
        labels: Vec::new(),
        public: row.get("is_public")?,
        current_user_role,
        run_counts: StatusCounts::default(),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
