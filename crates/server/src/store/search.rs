//! One search over all that belongs to the projects a person may see.

use models::{
    id::{ProjectId, UserId},
    search::{HitKind, SearchHit},
};

use super::{Row, Sql, Store, StoreError, access, escape_like};

/// A kind that is searched: its table, and the column of its id.
struct Source {
    kind: HitKind,
    table: &'static str,
    id: &'static str,
    /// What else a row must be.
    only: &'static str,
}

const fn source(kind: HitKind, table: &'static str, id: &'static str) -> Source {
    Source { kind, table, id, only: "" }
}

const SOURCES: [Source; 8] = [
    source(HitKind::Project, "projects", "project_id"),
    source(HitKind::Code, "code_repositories", "code_repository_id"),
    source(HitKind::Data, "data_repositories", "data_repository_id"),
    Source {
        only: " AND t.lifecycle_stage = 'active'",
        ..source(HitKind::Experiment, "experiments", "experiment_repository_id")
    },
    source(HitKind::Model, "model_repositories", "model_repository_id"),
    Source { only: " AND t.lifecycle_stage = 'active'", ..source(HitKind::Run, "runs", "run_id") },
    source(HitKind::SavedModel, "saved_models", "saved_model_id"),
    source(HitKind::Deployment, "deployments", "deployment_id"),
];

impl Store {
    /// What belongs to projects that a person may see and whose name contains a text, at most `limit` of each kind. With
    /// `only` within that project alone.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn search(
        &self,
        user: UserId,
        only: Option<ProjectId>,
        text: &str,
        limit: u64,
    ) -> Result<Vec<SearchHit>, StoreError> {
        let mut sql = access::roles(user, only);
        sql.push(", visible AS (SELECT DISTINCT project_id FROM roles) ");
        for (n, source) in SOURCES.iter().enumerate() {
            sql.push(if n == 0 { "" } else { " UNION ALL " });
            push_source(&mut sql, n, source, text, limit);
        }
        let rows = self.read().await?.fetch_all(sql).await?;
        let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        found.sort_by_key(|(place, rank, hit)| (*place, *rank, hit.name.to_lowercase()));
        Ok(found.into_iter().map(|(_, _, hit)| hit).collect())
    }
}

fn push_source(sql: &mut Sql, place: usize, source: &Source, text: &str, limit: u64) {
    let escaped = escape_like(text);
    sql.push("SELECT * FROM (SELECT ").push_number(u64::try_from(place).unwrap_or(u64::MAX));
    sql.push(" AS place, t.").push(source.id).push(" AS id, t.name AS name, t.project_id AS project_id, ");
    sql.push("p.name AS project_name, CASE WHEN LOWER(t.name) LIKE LOWER(").bind(format!("{escaped}%"));
    sql.push(r") ESCAPE '\' THEN 0 ELSE 1 END AS rank FROM ").push(source.table);
    sql.push(" t JOIN projects p ON p.project_id = t.project_id WHERE t.project_id IN ");
    sql.push("(SELECT project_id FROM visible) AND LOWER(t.name) LIKE LOWER(").bind(format!("%{escaped}%"));
    sql.push(r") ESCAPE '\'").push(source.only);
    sql.push(" ORDER BY rank, t.name LIMIT ")
        .push_number(limit)
        .push(") s")
        .push_number(u64::try_from(place).unwrap_or(u64::MAX));
}

fn read(row: &Row) -> Result<(i64, i64, SearchHit), StoreError> {
    let place: i64 = row.get("place")?;
    let source = usize::try_from(place).ok().and_then(|place| SOURCES.get(place));
    let kind = source.map_or(HitKind::Project, |source| source.kind);
    let is_project = kind == HitKind::Project;
    let project_id: ProjectId = row.get("project_id")?;
    let within: String = row.get("project_name")?;
    let hit = SearchHit {
        kind,
        id: row.get("id")?,
        name: row.get("name")?,
        project_id: (!is_project).then_some(project_id),
        within: if is_project { String::new() } else { within },
    };
    Ok((place, row.get("rank")?, hit))
}
