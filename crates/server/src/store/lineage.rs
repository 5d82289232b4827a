//! What something comes from, and what was made of it.

use models::id::ProjectId;
use models::lineage::{Lineage, LineageEdge, LineageKind, LineageNode, LineageReference};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use super::{Connection, Row, Sql, Store, StoreError};

/// How one kind of thing names another from which it comes.
struct Link {
    from: LineageKind,
    to: LineageKind,
    /// Where the rows of `to` are; without what is in the bin.
    table: &'static str,
    /// The column with the id of `from`.
    source: &'static str,
    /// The column with the id of `to`.
    target: &'static str,
    /// The column that is greatest for the newest.
    newest: &'static str,
}

const RUNS: &str = "(SELECT * FROM runs WHERE lifecycle_stage = 'active') AS t";
const RUNS_OF_EXPERIMENTS: &str = "(SELECT r.run_id, r.run_number, r.project_id, e.experiment_repository_id FROM runs r \
     JOIN experiments e ON e.experiment_number = r.experiment_number WHERE r.lifecycle_stage = 'active') AS t";

const LINKS: &[Link] = {
    use LineageKind::{Code, Data, Deployment, Experiment, Model, Run, SavedModel};
    const fn link(
        from: LineageKind,
        to: LineageKind,
        table: &'static str,
        source: &'static str,
        target: &'static str,
    ) -> Link {
        // Ids begin with the time at which they were made.
        let newest = if matches!(to, Run) { "run_number" } else { target };
        Link { from, to, table, source, target, newest }
    }
    &[
        link(Code, Model, "model_repositories", "code_repository_id", "model_repository_id"),
        link(Code, Run, RUNS, "code_repository_id", "run_id"),
        link(Data, Run, RUNS, "data_repository_id", "run_id"),
        link(Experiment, Run, RUNS_OF_EXPERIMENTS, "experiment_repository_id", "run_id"),
        link(Model, Run, RUNS, "model_repository_id", "run_id"),
        link(Model, SavedModel, "saved_models", "model_repository_id", "saved_model_id"),
        link(Run, SavedModel, "saved_models", "run_id", "saved_model_id"),
        link(SavedModel, Deployment, "deployments", "saved_model_id", "deployment_id"),
    ]
};

impl Store {
    /// A thing of a project, all that it comes from and all that was made of it: at most [`Lineage::MAX_NODES`], of
    /// which the newest are told.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has no such thing.
    pub async fn lineage(&self, project: ProjectId, of: LineageReference) -> Result<Lineage, StoreError> {
        let mut connection = self.read().await?;
        if described(&mut connection, project, of.kind, &[of.id]).await?.is_empty() {
            return Err(StoreError::NotFound);
        }
        let mut walk =
            Walk { project, nodes: BTreeSet::from([of]), edges: BTreeSet::new(), truncated: false };
        walk.go(&mut connection, of, Direction::ToSources).await?;
        walk.go(&mut connection, of, Direction::ToProducts).await?;
        let mut nodes = Vec::new();
        for (kind, ids) in by_kind(&walk.nodes) {
            nodes.extend(described(&mut connection, project, kind, &ids).await?);
        }
        Ok(Lineage { of, nodes, edges: walk.edges.into_iter().collect(), truncated: walk.truncated })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    ToSources,
    ToProducts,
}

/// What was found so far.
struct Walk {
    project: ProjectId,
    nodes: BTreeSet<LineageReference>,
    edges: BTreeSet<LineageEdge>,
    truncated: bool,
}

impl Walk {
    /// Follows the links in one direction alone, kind by kind, so that each is asked once.
    async fn go(
        &mut self,
        connection: &mut Connection,
        start: LineageReference,
        direction: Direction,
    ) -> Result<(), StoreError> {
        let mut reached = BTreeSet::from([start]);
        let mut kinds = LineageKind::ALL.to_vec();
        if direction == Direction::ToSources {
            kinds.reverse();
        }
        for kind in kinds {
            let ids: Vec<Uuid> =
                reached.iter().filter(|node| node.kind == kind).map(|node| node.id).collect();
            if ids.is_empty() {
                continue;
            }
            for link in LINKS {
                let (near, far) = match direction {
                    Direction::ToSources => (link.to, link.from),
                    Direction::ToProducts => (link.from, link.to),
                };
                if near == kind {
                    for edge in self.edges_of(connection, link, &ids, direction).await? {
                        let end = if edge.from.kind == far { edge.from } else { edge.to };
                        if self.keep(edge, end) {
                            reached.insert(end);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Keeps an edge whose far end is known or has room; whether it does.
    fn keep(&mut self, edge: LineageEdge, end: LineageReference) -> bool {
        if self.nodes.len() >= Lineage::MAX_NODES && !self.nodes.contains(&end) {
            self.truncated = true;
            return false;
        }
        self.nodes.insert(end);
        self.edges.insert(edge);
        true
    }

    async fn edges_of(
        &mut self,
        connection: &mut Connection,
        link: &Link,
        ids: &[Uuid],
        direction: Direction,
    ) -> Result<Vec<LineageEdge>, StoreError> {
        let known = if direction == Direction::ToSources { link.target } else { link.source };
        let mut sql = Sql::new("SELECT ");
        sql.push(link.source)
            .push(" AS source, ")
            .push(link.target)
            .push(" AS target FROM ")
            .push(link.table);
        sql.push(" WHERE project_id = ").bind(self.project).push(" AND ").push(link.source);
        sql.push(" IS NOT NULL AND ").push(known).push(" IN (").push_list(ids.iter().copied());
        sql.push(") ORDER BY ").push(link.newest).push(" DESC LIMIT ").push_number(MOST_EDGES + 1);
        let rows = connection.fetch_all(sql).await?;
        self.truncated |= u64::try_from(rows.len()).is_ok_and(|n| n > MOST_EDGES);
        let edge = |row: &Row| {
            let from = LineageReference { kind: link.from, id: row.get("source")? };
            Ok(LineageEdge { from, to: LineageReference { kind: link.to, id: row.get("target")? } })
        };
        rows.iter().map(edge).collect()
    }
}

/// How many edges one link gives at most.
const MOST_EDGES: u64 = Lineage::MAX_NODES as u64;

fn by_kind(nodes: &BTreeSet<LineageReference>) -> BTreeMap<LineageKind, Vec<Uuid>> {
    let mut kinds = BTreeMap::<_, Vec<Uuid>>::new();
    for node in nodes {
        kinds.entry(node.kind).or_default().push(node.id);
    }
    kinds
}

/// What the nodes of a kind show, newest first.
async fn described(
    connection: &mut Connection,
    project: ProjectId,
    kind: LineageKind,
    ids: &[Uuid],
) -> Result<Vec<LineageNode>, StoreError> {
    let (id, columns) = columns(kind);
    let mut sql = Sql::new("SELECT ");
    sql.push(id).push(" AS id, name, ").push(columns).push(" WHERE project_id = ").bind(project);
    sql.push(" AND ").push(id).push(" IN (").push_list(ids.iter().copied()).push(") ORDER BY at DESC, id");
    let read = |row: &Row| {
        Ok(LineageNode {
            node: LineageReference { kind, id: row.get("id")? },
            kind,
            name: row.get("name")?,
            detail: row.get("detail")?,
            status: row.get("status")?,
            at: row.get("at")?,
        })
    };
    connection.fetch_all(sql).await?.iter().map(read).collect()
}

/// The column of the id, and what else a node of the kind shows.
fn columns(kind: LineageKind) -> (&'static str, &'static str) {
    match kind {
        LineageKind::Code => (
            "code_repository_id",
            "uri AS detail, CAST(NULL AS TEXT) AS status, created_at AS at FROM code_repositories",
        ),
        LineageKind::Data => (
            "data_repository_id",
            "uri AS detail, CAST(NULL AS TEXT) AS status, created_at AS at FROM data_repositories",
        ),
        LineageKind::Experiment => (
            "experiment_repository_id",
            "CAST(NULL AS TEXT) AS detail, CAST(NULL AS TEXT) AS status, created_at AS at FROM experiments",
        ),
        LineageKind::Model => (
            "model_repository_id",
            "COALESCE(git_commit, git_branch, uri) AS detail, CAST(NULL AS TEXT) AS status, created_at AS at \
             FROM model_repositories",
        ),
        LineageKind::Run => (
            "run_id",
            "COALESCE(git_commit, git_branch) AS detail, status, COALESCE(start_time, created_at) AS at FROM runs",
        ),
        LineageKind::SavedModel => {
            ("saved_model_id", "uri AS detail, status, created_at AS at FROM saved_models")
        }
        LineageKind::Deployment => {
            ("deployment_id", "endpoint_uri AS detail, status, created_at AS at FROM deployments")
        }
    }
}
