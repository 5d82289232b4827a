//! Who may see a project, and why.

use models::id::{ProjectId, UserId};
use models::page::{Page, PageQuery};
use models::permission::Role;
use models::person::User;
use models::project_access::{AccessGroup, AccessKind, AccessOrganization, AccessWay, ProjectAccess};
use std::collections::BTreeMap;

use super::{Connection, Row, Sql, Store, StoreError};

/// Each kind of way, and the statement that finds whom it leads to, up to the condition on `p`, the project.
const WAYS: [(AccessKind, &str); 6] = [
    (
        AccessKind::Owner,
        "SELECT u.user_id, u.name, u.name_key, u.email, 'OWNER' AS role FROM projects p \
         JOIN users u ON u.user_id = p.owner_id",
    ),
    (
        AccessKind::Direct,
        "SELECT u.user_id, u.name, u.name_key, u.email, p.role FROM project_members p \
         JOIN users u ON u.user_id = p.user_id",
    ),
    (
        AccessKind::Group,
        "SELECT u.user_id, u.name, u.name_key, u.email, p.role, g.user_group_id, g.name AS group_name \
         FROM project_groups p JOIN user_groups g ON g.user_group_id = p.user_group_id \
         JOIN (SELECT user_group_id, user_id FROM user_group_members UNION SELECT user_group_id, admin_id \
         FROM user_groups) m ON m.user_group_id = g.user_group_id JOIN users u ON u.user_id = m.user_id",
    ),
    (
        AccessKind::Organization,
        "SELECT u.user_id, u.name, u.name_key, u.email, p.role, o.organization_id, o.name AS organization_name \
         FROM project_organizations p JOIN organizations o ON o.organization_id = p.organization_id \
         JOIN (SELECT organization_id, user_id FROM organization_members UNION SELECT organization_id, contact_id \
         FROM organizations) m ON m.organization_id = o.organization_id JOIN users u ON u.user_id = m.user_id",
    ),
    (
        AccessKind::GroupOfOrganization,
        "SELECT u.user_id, u.name, u.name_key, u.email, p.role, g.user_group_id, g.name AS group_name, \
         o.organization_id, o.name AS organization_name \
         FROM project_organizations p JOIN organizations o ON o.organization_id = p.organization_id \
         JOIN organization_groups i ON i.organization_id = o.organization_id \
         JOIN user_groups g ON g.user_group_id = i.user_group_id \
         JOIN (SELECT user_group_id, user_id FROM user_group_members UNION SELECT user_group_id, admin_id \
         FROM user_groups) m ON m.user_group_id = g.user_group_id JOIN users u ON u.user_id = m.user_id",
    ),
    (
        AccessKind::Administrator,
        "SELECT u.user_id, u.name, u.name_key, u.email, 'OWNER' AS role FROM projects p JOIN users u ON u.is_admin",
    ),
];

/// Those found so far, by name; ids tell apart who is called alike.
type Found = BTreeMap<(String, UserId), ProjectAccess>;

impl Store {
    /// Who may see a project and why, by name. E-mail addresses are in it only `with_emails`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such project.
    pub async fn project_access(
        &self,
        project_id: ProjectId,
        with_emails: bool,
        page: PageQuery,
    ) -> Result<Page<ProjectAccess>, StoreError> {
        let mut connection = self.read().await?;
        let sql = Sql::new("SELECT is_public FROM projects WHERE project_id = $1").with(project_id);
        let is_public: bool = connection.fetch_one(sql).await?.get("is_public")?;
        let mut found = Found::new();
        for (kind, statement) in WAYS {
            follow(&mut connection, project_id, kind, statement, &mut found).await?;
        }
        let total_records = found.len() as u64;
        let start = usize::try_from(page.startindex).unwrap_or(usize::MAX);
        let length = usize::try_from(page.pagelength).unwrap_or(usize::MAX);
        let shown = found.into_values().skip(start).take(length);
        let items = shown.map(|access| finished(access, is_public, with_emails)).collect();
        Ok(Page { total_records, items })
    }
}

async fn follow(
    connection: &mut Connection,
    project_id: ProjectId,
    kind: AccessKind,
    statement: &'static str,
    found: &mut Found,
) -> Result<(), StoreError> {
    let mut sql = Sql::new(statement);
    sql.push(" WHERE NOT u.is_disabled AND p.project_id = ").bind(project_id);
    for row in connection.fetch_all(sql).await? {
        let user_id = row.get("user_id")?;
        let way = way(&row, kind)?;
        let access = found.entry((row.get("name_key")?, user_id)).or_insert_with(|| ProjectAccess {
            user: User { user_id, name: String::new(), email: None, is_admin: None },
            role: Role::Guest,
            ways: Vec::new(),
        });
        access.user.name = row.get("name")?;
        access.user.email = Some(row.get("email")?);
        access.role = access.role.max(way.role);
        access.ways.push(way);
    }
    Ok(())
}

fn way(row: &Row, kind: AccessKind) -> Result<AccessWay, StoreError> {
    let role: String = row.get("role")?;
    let role = Role::named(&role).ok_or_else(|| StoreError::Corrupt(format!("{role} is no role")))?;
    let by_group = matches!(kind, AccessKind::Group | AccessKind::GroupOfOrganization);
    let by_organization = matches!(kind, AccessKind::Organization | AccessKind::GroupOfOrganization);
    let group = |row: &Row| {
        Ok::<_, StoreError>(AccessGroup {
            user_group_id: row.get("user_group_id")?,
            name: row.get("group_name")?,
        })
    };
    let organization = |row: &Row| {
        let organization_id = row.get("organization_id")?;
        Ok::<_, StoreError>(AccessOrganization { organization_id, name: row.get("organization_name")? })
    };
    Ok(AccessWay {
        kind,
        role,
        group: by_group.then(|| group(row)).transpose()?,
        organization: by_organization.then(|| organization(row)).transpose()?,
    })
}

fn finished(mut access: ProjectAccess, is_public: bool, with_emails: bool) -> ProjectAccess {
    if is_public {
        let (kind, role) = (AccessKind::Public, Role::Guest);
        access.ways.push(AccessWay { kind, role, group: None, organization: None });
    }
    access.ways.sort_by_key(|way| std::cmp::Reverse(way.role));
    access.user.email = access.user.email.filter(|_| with_emails);
    access
}
