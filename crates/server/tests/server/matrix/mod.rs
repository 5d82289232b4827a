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
use futures_util::{StreamExt as _, stream};
use objects::World;
use operations::{Operation, Target, operations};
use std::sync::Arc;

/// How many operations the fixture may have nothing for: there even the administrator finds nothing.
const MOST_BLIND: usize = 12;

/// How many operations are asked for at once.
const AT_ONCE: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_admits_whom_the_table_names() {
    let (template, world) = objects::build().await;
    let (copies, world) = (Arc::new(Copies::new(template)), Arc::new(world));
    let operations = operations(&copies.open().await).await;
    let checks = operations.into_iter().map(|operation| {
        let (copies, world) = (Arc::clone(&copies), Arc::clone(&world));
        async move { tokio::spawn(async move { check(&operation, &copies, &world).await }).await.unwrap() }
    });
    let found: Vec<Found> = stream::iter(checks).buffered(AT_ONCE).collect().await;
    let n_cells: usize = found.iter().map(|found| found.n_cells).sum();
    let wrong: Vec<&str> = found.iter().flat_map(|found| &found.wrong).map(String::as_str).collect();
    let blind: Vec<&str> = found.iter().filter_map(|found| found.blind.as_deref()).collect();
    println!("{} of {n_cells} cells wrong", wrong.len());
    assert!(wrong.is_empty(), "{} of {n_cells} cells wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(n_cells > 5000, "the matrix shrank to {n_cells} cells");
    assert!(blind.len() <= MOST_BLIND, "give the fixture what these need: {blind:#?}");
}

/// What was found out of an operation.
#[derive(Debug, Default)]
struct Found {
    n_cells: usize,
    wrong: Vec<String>,
    /// The operation, when even the administrator finds nothing.
    blind: Option<String>,
}

async fn check(operation: &Operation, copies: &Copies, world: &World) -> Found {
    let row = oracle::row(operation);
    let reference = operation.call(&copies.open().await, world, world.root(), Target::Own).await;
    let mut found = Found { blind: (reference == 404).then(|| operation.to_string()), ..Found::default() };
    let (base, mut scratch) = (copies.open().await, copies.open().await);
    let before = fingerprint(base.store()).await;
    for actor in world.actors() {
        for &target in operation.targets(actor) {
            found.n_cells += 1;
            let expected = row.admits(actor, target);
            let changes = expected && operation.method != Method::GET;
            let app = if changes { &scratch } else { &base };
            let status = operation.call(app, world, actor, target).await;
            if !is_right(expected, status, found.blind.is_some(), actor) {
                let outcome = if expected { "admitted" } else { "refused" };
                let cell = format!("{operation} by {} ({target:?})", actor.name);
                found.wrong.push(format!("{cell}: {status}, not {outcome}"));
            }
            if changes && (200..300).contains(&status) && !operation.is_repeatable() {
                scratch = copies.open().await;
            }
        }
    }
    if fingerprint(base.store()).await != before {
        found.wrong.push(format!("{operation} changed something for whom it refused, or by a GET"));
    }
    found
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
