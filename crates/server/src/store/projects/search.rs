//! Which projects are wanted, as SQL.

use models::id::{ProjectId, UserId};
use models::label::LabelReference;
use models::project::{ProjectRelation, ProjectSearch};

use crate::fold::fold;
use crate::store::{Sql, escape_like};

/// Who asks for which projects.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) viewer: UserId,
    /// The only project that her credential is good for.
    pub(super) only: Option<ProjectId>,
    pub(super) search: ProjectSearch,
}

impl Wanted {
    /// Appends the conditions on `p`, a project, and `r`, the caller's roles in it; they begin with `WHERE`.
    pub(super) fn push_conditions(&self, sql: &mut Sql) {
        sql.push(" WHERE TRUE");
        if let Some(only) = self.only {
            sql.push(" AND p.project_id = ").bind(only);
        }
        if let Some(text) = self.text() {
            sql.push(" AND p.search_text LIKE ").bind(format!("%{text}%")).push(r" ESCAPE '\'");
        }
        if let Some(owner) = self.search.owner_id {
            sql.push(" AND p.owner_id = ").bind(owner);
        }
        if let Some(member) = self.search.member_id {
            push_member(sql, member);
        }
        if let Some(group) = self.search.group_id {
            sql.push(" AND p.project_id IN (SELECT project_id FROM project_groups WHERE user_group_id = ");
            sql.bind(group).push(")");
        }
        if let Some(organization) = self.search.organization_id {
            sql.push(
                " AND p.project_id IN (SELECT project_id FROM project_organizations WHERE organization_id = ",
            );
            sql.bind(organization).push(")");
        }
        if let Some(label) = self.search.label_id {
            sql.push(" AND p.project_id IN (SELECT object_id FROM object_labels WHERE label_id = ");
            sql.bind(label).push(")");
        }
        self.search.labels.iter().for_each(|label| push_label(sql, label));
        match self.search.relation {
            Some(ProjectRelation::Mine) => sql.push(" AND p.owner_id = ").bind(self.viewer),
            Some(ProjectRelation::Shared) => {
                sql.push(" AND r.is_own = 1 AND p.owner_id <> ").bind(self.viewer)
            }
            Some(ProjectRelation::Public) => sql.push(" AND p.is_public"),
            None => sql,
        };
    }

    /// Appends the order: names that begin with the text first, then what was changed last.
    pub(super) fn push_order(&self, sql: &mut Sql) {
        sql.push(" ORDER BY ");
        if let Some(text) = self.text() {
            sql.push("CASE WHEN p.search_text LIKE ").bind(format!("{text}%"));
            sql.push(r" ESCAPE '\' THEN 0 ELSE 1 END, ");
        }
        sql.push("p.updated_at DESC, p.project_id DESC");
    }

    fn text(&self) -> Option<String> {
        let text = self.search.search_string.as_deref().map(fold).unwrap_or_default();
        (!text.is_empty()).then(|| escape_like(&text))
    }
}

fn push_label(sql: &mut Sql, label: &LabelReference) {
    sql.push(" AND p.project_id IN (SELECT o.object_id FROM object_labels o JOIN labels l ON l.label_id = o.label_id ");
    match label {
        LabelReference::Id(id) => sql.push("WHERE l.label_id = ").bind(*id).push(")"),
        LabelReference::Named(label) => {
            sql.push("WHERE l.scope = ")
                .bind(label.scope.as_str())
                .push(" AND l.name = ")
                .bind(label.name.as_str());
            if let Some(value) = &label.value {
                sql.push(" AND l.value = ").bind(value.as_str());
            }
            sql.push(")")
        }
    };
}

/// Those in which a person has a role: as the owner, directly, or through a group.
fn push_member(sql: &mut Sql, member: UserId) {
    sql.push(" AND (p.owner_id = ").bind(member);
    sql.push(" OR p.project_id IN (SELECT project_id FROM project_members WHERE user_id = ").bind(member);
    sql.push(
        ") OR p.project_id IN (SELECT g.project_id FROM project_groups g JOIN user_group_members m \
              ON m.user_group_id = g.user_group_id WHERE m.user_id = ",
    );
    sql.bind(member).push("))");
}
