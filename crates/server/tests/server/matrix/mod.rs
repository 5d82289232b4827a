//! The authorization matrix: each operation of the document, asked for by each kind of caller.
//!
//! What is expected comes from a table of this test's own (`oracle`), which calls nothing of the server. Whoever is
//! refused must have changed nothing: the whole database is compared.

mod actors;
mod copies;
mod objects;
mod operations;
mod oracle;
mod people;

use actors::Actor;
use axum::http::Method;
use copies::{Copies, fingerprint};
use objects::World;
use operations::{Operation, Target, operations};
use std::sync::Arc;

use crate::support::TestApp;

/// How many operations the fixture may have nothing for: there even the administrator finds nothing.
const MOST_BLIND: usize = 12;

/// How many tasks share the operations.
const N_TASKS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_admits_whom_the_table_names() {
    let (template, world) = objects::build().await;
    let (copies, world) = (Arc::new(Copies::new(template)), Arc::new(world));
    let operations = Arc::new(operations(&copies.open().await).await);
    let tasks = (0..N_TASKS).map(|task| {
        let (operations, copies, world) = (Arc::clone(&operations), Arc::clone(&copies), Arc::clone(&world));
        tokio::spawn(async move {
            check_all(operations.iter().skip(task).step_by(N_TASKS), &copies, &world).await
        })
    });
    let mut found = Found::default();
    for task in tasks.collect::<Vec<_>>() {
        found.add(task.await.unwrap());
    }
    let Found { n_cells, wrong, blind } = found;
    println!("{} of {n_cells} cells wrong", wrong.len());
    assert!(wrong.is_empty(), "{} of {n_cells} cells wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(n_cells > 5000, "the matrix shrank to {n_cells} cells");
    assert!(blind.len() <= MOST_BLIND, "give the fixture what these need: {blind:#?}");
}

/// What was found out of operations.
#[derive(Debug, Default)]
struct Found {
    n_cells: usize,
    wrong: Vec<String>,
    /// The operations for which even the administrator finds nothing.
    blind: Vec<String>,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.n_cells += other.n_cells;
        self.wrong.extend(other.wrong);
        self.blind.extend(other.blind);
    }
}

/// Checks operations one after another. Those that must change nothing share a database, as long as it stays the same.
async fn check_all(operations: impl Iterator<Item = &Operation>, copies: &Copies, world: &World) -> Found {
    let mut found = Found::default();
    let mut base = copies.open().await;
    let unchanged = fingerprint(base.store()).await;
    for operation in operations {
        found.add(check(operation, &base, copies, world).await);
        if fingerprint(base.store()).await != unchanged {
            found.wrong.push(format!("{operation} changed something for whom it refused, or by a GET"));
            base = copies.open().await;
        }
    }
    found
}

async fn check(operation: &Operation, base: &TestApp, copies: &Copies, world: &World) -> Found {
    let row = oracle::row(operation);
    let mut scratch = Scratch { copies, app: None };
    let reference = match operation.method {
        Method::GET => operation.call(base, world, world.root(), Target::Own).await,
        _ => scratch.call(operation, world, world.root(), Target::Own).await,
    };
    let is_blind = reference == 404;
    let mut found = Found::default();
    found.blind.extend(is_blind.then(|| operation.to_string()));
    for actor in world.actors() {
        for &target in operation.targets(actor) {
            found.n_cells += 1;
            let expected = row.admits(actor, target);
            let status = if expected && operation.method != Method::GET {
                scratch.call(operation, world, actor, target).await
            } else {
                operation.call(base, world, actor, target).await
            };
            if !is_right(expected, status, is_blind, actor) {
                let outcome = if expected { "admitted" } else { "refused" };
                let cell = format!("{operation} by {} ({target:?})", actor.name);
                found.wrong.push(format!("{cell}: {status}, not {outcome}"));
            }
        }
    }
    found
}

/// A database for what changes it, in which nothing that was done before is in the way.
struct Scratch<'a> {
    copies: &'a Copies,
    app: Option<TestApp>,
}

impl Scratch<'_> {
    async fn call(&mut self, operation: &Operation, world: &World, actor: &Actor, target: Target) -> u16 {
        let app = match self.app.take() {
            Some(app) => app,
            None => self.copies.open().await,
        };
        let status = operation.call(&app, world, actor, target).await;
        if operation.is_repeatable() || !(200..300).contains(&status) {
            self.app = Some(app);
        }
        status
    }
}

/// Whoever is admitted may still have asked for something that cannot be done; whoever is refused is told so, or that
/// there is nothing.
fn is_right(expected: bool, status: u16, is_blind: bool, actor: &Actor) -> bool {
    match (expected, status) {
        (true, 401 | 403) => false,
        (true, 404) => is_blind,
        (true, _) => status < 500,
        (false, 401) => !actor.is_known,
        (false, 403 | 404) => actor.is_known,
        (false, _) => false,
    }
}
