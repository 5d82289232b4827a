//! Reads columns, of all runs of some projects or of some runs.

use models::{
    id::{ProjectId, RunId},
    query::Field,
};

use super::{
    extent::Extent,
    part::{Part, Room},
    statements::{LABELS, Numbers, Which, attributes, bases, labels, logged},
    table::{Base, Table},
};
use crate::store::{
    Connection, Sql, StoreError,
    run_query::{logged_keys, n_logged},
    scan::{Gather as _, Scan, ScanRow, Scanner},
};

/// Of how many projects runs are read by one statement: databases bind no more than some ten thousand values.
const MOST_PROJECTS: usize = 5_000;

/// How much memory the columns may take that are read together.
const MOST_BYTES: usize = 512 << 20;

/// What is to be read.
#[derive(Debug)]
pub(super) struct Plan {
    scans: Vec<(Scan, Part)>,
    /// The fields of which no run has a value.
    absent: Vec<Field>,
    room: Room,
}

impl Plan {
    /// Reads the columns of these fields, of these runs of projects, and what is kept of each run in any case where it is
    /// wanted.
    pub(super) async fn new(
        connection: &mut Connection,
        projects: &[ProjectId],
        extent: &Extent<'_>,
        with_bases: bool,
        fields: &[Field],
    ) -> Result<Self, StoreError> {
        let (attributes, others): (Vec<Field>, Vec<Field>) = fields
            .iter()
            .cloned()
            .partition(|field| matches!(field, Field::Attribute(_)) && *field != LABELS);
        let mut plan = Self { scans: Vec::new(), absent: Vec::new(), room: Room::new(MOST_BYTES) };
        if with_bases || !attributes.is_empty() {
            plan.attributes(projects, extent, with_bases, &attributes, connection.is_postgres());
        }
        for field in others {
            plan.other(connection, projects, extent, field).await?;
        }
        Ok(plan)
    }

    /// Attributes are read together, because to come to a run takes longer than to read one more of them.
    fn attributes(
        &mut self,
        projects: &[ProjectId],
        extent: &Extent<'_>,
        with_bases: bool,
        fields: &[Field],
        is_postgres: bool,
    ) {
        for projects in projects.chunks(MOST_PROJECTS) {
            for numbers in extent.pieces() {
                let which = Which { projects, numbers, is_postgres };
                self.scans.push((
                    attributes(&which, with_bases, fields),
                    Part::new(with_bases, fields, &self.room),
                ));
            }
        }
    }

    /// Labels, or what runs have logged under a name.
    async fn other(
        &mut self,
        connection: &mut Connection,
        projects: &[ProjectId],
        extent: &Extent<'_>,
        field: Field,
    ) -> Result<(), StoreError> {
        let is_postgres = connection.is_postgres();
        let n_before = self.scans.len();
        for projects in projects.chunks(MOST_PROJECTS) {
            let keys = logged_keys(connection, projects, &field).await?;
            if keys.is_none() && field != LABELS {
                continue;
            }
            let has_little_else = has_little_else(connection, projects, extent, &field).await?;
            for numbers in extent.pieces_of(&field, is_postgres) {
                let which = Which { projects, numbers, is_postgres };
                let scan = match &keys {
                    Some((table, keys)) => logged(&which, &field, (*table, keys.as_slice()), has_little_else),
                    None => labels(&which),
                };
                self.scans.push((scan, Part::new(false, std::slice::from_ref(&field), &self.room)));
            }
        }
        if self.scans.len() == n_before {
            self.absent.push(field);
        }
        Ok(())
    }

    /// Reads it all into the table; of a new one where it is read what is kept of each run.
    pub(super) async fn read(
        self,
        scanner: &Scanner,
        table: &mut Table,
        is_new: bool,
    ) -> Result<(), StoreError> {
        let mut parts = scanner.run(self.scans).await?;
        if is_new {
            let mut bases: Vec<Base> = parts.iter_mut().flat_map(Part::take_bases).collect();
            bases.sort_unstable_by_key(|base| base.number);
            *table = Table::of(bases);
        }
        parts.into_iter().for_each(|part| part.fill(table));
        self.absent.into_iter().for_each(|field| table.lacks(field));
        Ok(())
    }
}

/// Whether runs have logged so little beside a field that it is sooner read with all that than looked for: to find a row
/// takes as long as to read eight.
async fn has_little_else(
    connection: &mut Connection,
    projects: &[ProjectId],
    extent: &Extent<'_>,
    field: &Field,
) -> Result<bool, StoreError> {
    let Extent::All { n_runs, .. } = extent else { return Ok(false) };
    // PostgreSQL reads ranges as a whole in any case, and metrics have an index by name.
    if connection.is_postgres() || !matches!(field, Field::Parameter(_) | Field::Tag(_)) {
        return Ok(false);
    }
    Ok(n_logged(connection, projects, field).await? <= n_runs.saturating_mul(8))
}

/// Reads the columns that are there anew, of the runs with these numbers.
pub(super) async fn again(
    connection: &mut Connection,
    projects: &[ProjectId],
    table: &mut Table,
    numbers: &[i64],
) -> Result<(), StoreError> {
    let plan = Plan::new(connection, projects, &Extent::These(numbers), false, &table.fields()).await?;
    for (scan, mut part) in plan.scans {
        connection.for_each_row(scan.plain(), |row| part.add(ScanRow::Single(row))).await?;
        part.fill(table);
    }
    Ok(())
}

/// What is kept of each of these runs of projects. Where the projects are several it is not asked whether a run is of
/// one of them: a column says of which it is.
pub(super) async fn bases_of(
    connection: &mut Connection,
    projects: &[ProjectId],
    runs: Vec<RunId>,
) -> Result<Vec<Base>, StoreError> {
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    let only = if let [only] = projects { Some(*only) } else { None };
    read_bases(connection, bases(only, runs)).await
}

/// What is kept of each run of these projects.
pub(super) async fn bases_in(
    connection: &mut Connection,
    projects: &[ProjectId],
) -> Result<Vec<Base>, StoreError> {
    let is_postgres = connection.is_postgres();
    let mut found = Vec::new();
    for projects in projects.chunks(MOST_PROJECTS) {
        let scan = attributes(&Which { projects, numbers: Numbers::All, is_postgres }, true, &[]);
        found.extend(read_bases(connection, scan).await?);
    }
    Ok(found)
}

async fn read_bases(connection: &mut Connection, scan: Scan) -> Result<Vec<Base>, StoreError> {
    let mut part = Part::new(true, &[], &Room::new(MOST_BYTES));
    connection.for_each_row(scan.plain(), |row| part.add(ScanRow::Single(row))).await?;
    Ok(part.take_bases())
}

/// The projects of the runs with these numbers.
pub(super) async fn projects_of(
    connection: &mut Connection,
    numbers: &[i64],
) -> Result<Vec<ProjectId>, StoreError> {
    let mut sql = Sql::new("SELECT DISTINCT project_id FROM runs WHERE run_number IN (");
    sql.push_list(numbers.iter().copied()).push(")");
    connection.fetch_all(sql).await?.iter().map(|row| row.get("project_id")).collect()
}
