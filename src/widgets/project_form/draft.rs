//! A project as it is typed in.

use leptos::prelude::*;
use models::problem::FieldErrors;
use models::project::{NewProject, Project};

use crate::widgets::{label_lines, read_labels};

/// The fields of a form about a project.
#[derive(Clone, Copy)]
pub struct Fields {
    /// Its display name.
    pub name: RwSignal<String>,
    /// One or two sentences.
    pub summary: RwSignal<String>,
    /// Everything else, in Markdown.
    pub description: RwSignal<String>,
    /// Labels, one a line.
    pub labels: RwSignal<String>,
    /// Whether everybody may read it.
    pub public: RwSignal<bool>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub const SHOWN: &[&str] = &["name", "executiveSummary", "detailedDescription", "labels"];

    /// The fields of a new project.
    #[must_use]
    pub fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            name: text(),
            summary: text(),
            description: text(),
            labels: text(),
            public: RwSignal::new(false),
        }
    }

    /// The fields of a project as it is.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let fields = Self::empty();
        fields.fill(project);
        fields
    }

    /// Forgets what was typed.
    pub fn clear(self) {
        for text in [self.name, self.summary, self.description, self.labels] {
            text.set(String::new());
        }
        self.public.set(false);
    }

    /// Puts a project as it is in the place of what was typed.
    pub fn fill(self, project: &Project) {
        self.name.set(project.name.clone());
        self.summary.set(project.executive_summary.clone());
        self.description.set(project.detailed_description.clone());
        self.labels.set(label_lines(&project.labels));
        self.public.set(project.public);
    }

    /// What was typed.
    #[must_use]
    pub fn draft(self) -> Draft {
        Draft {
            name: self.name.get_untracked(),
            summary: self.summary.get_untracked(),
            description: self.description.get_untracked(),
            labels: self.labels.get_untracked(),
            public: self.public.get_untracked(),
        }
    }
}

/// A project as it was typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its display name.
    pub name: String,
    /// One or two sentences.
    pub summary: String,
    /// Everything else, in Markdown.
    pub description: String,
    /// Labels, one a line.
    pub labels: String,
    /// Whether everybody may read it.
    pub public: bool,
}

impl TryFrom<Draft> for NewProject {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", draft.name.parse());
        let executive_summary = errors.keep("executiveSummary", draft.summary.parse());
        let detailed_description = errors.keep("detailedDescription", draft.description.parse());
        let labels = errors.keep("labels", read_labels(&draft.labels));
        match (name, executive_summary, detailed_description, labels) {
            (Some(name), Some(executive_summary), Some(detailed_description), Some(labels)) => {
                Ok(Self { name, executive_summary, detailed_description, public: draft.public, labels })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_enough() {
        let project =
            NewProject::try_from(Draft { name: " Weather ".to_owned(), ..Draft::default() }).unwrap();
        assert_eq!(project.name.as_str(), "Weather");
        assert!(!project.public);
    }

    #[test]
    fn a_draft_without_a_name_says_so_at_the_name() {
        let errors = NewProject::try_from(Draft::default()).unwrap_err();
        assert_eq!(errors.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name"]);
    }
}
