//! Runs suites of checks one after another and sums them up.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::interrupt;
use crate::workspace::Workspace;

/// Something that is done in the workspace, and can fail.
pub(crate) type Work = fn(&Workspace) -> Result<()>;

/// A named group of checks.
pub(crate) struct Suite {
    /// What the summary calls it.
    pub name: &'static str,
    /// Runs it; an error is a failure.
    pub run: Work,
}

struct Outcome {
    name: &'static str,
    passed: bool,
    took: Duration,
}

/// Runs all suites, or those up to the first failure; the last line printed is `N passed, M failed`.
///
/// Many a suite leaves a processor idle, so `beside` them something is done that a later one needs; that one does it
/// itself, and says what is wrong, when it is not done by then. Not when the first failure is to end all.
///
/// # Errors
/// When it is interrupted.
pub(crate) fn run(
    workspace: &Workspace,
    suites: &[Suite],
    fail_fast: bool,
    beside: Option<Work>,
) -> Result<ExitCode> {
    std::thread::scope(|scope| {
        if let Some(beside) = beside.filter(|_| !fail_fast) {
            scope.spawn(move || Workspace::open().and_then(|workspace| beside(&workspace)));
        }
        in_turn(workspace, suites, fail_fast)
    })
}

fn in_turn(workspace: &Workspace, suites: &[Suite], fail_fast: bool) -> Result<ExitCode> {
    let mut outcomes = Vec::new();
    for suite in suites {
        println!("\n== {}", suite.name);
        let start = Instant::now();
        let result = (suite.run)(workspace);
        interrupt::check()?;
        if let Err(error) = &result {
            println!("{} failed: {error:#}", suite.name);
        }
        outcomes.push(Outcome { name: suite.name, passed: result.is_ok(), took: start.elapsed() });
        if result.is_err() && fail_fast {
            break;
        }
    }
    println!("\n{}", summary(&outcomes));
    Ok(if outcomes.iter().all(|outcome| outcome.passed) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn summary(outcomes: &[Outcome]) -> String {
    let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for Outcome { name, passed, took } in outcomes {
        let verdict = if *passed { "passed" } else { "FAILED" };
        text += &format!("{name:width$}  {verdict}  {:>6.1} s\n", took.as_secs_f64());
    }
    let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
    text + &format!("{passed} passed, {} failed", outcomes.len() - passed)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, summary};

    #[test]
    fn the_summary_ends_with_the_counts_on_a_line_of_their_own() {
        let took = Duration::from_millis(1500);
        let outcomes =
            [Outcome { name: "tidy", passed: true, took }, Outcome { name: "native", passed: false, took }];
        let expected = "tidy    passed     1.5 s\nnative  FAILED     1.5 s\n1 passed, 1 failed";
        assert_eq!(summary(&outcomes), expected);
    }
}
