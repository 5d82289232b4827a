//! Runs all checks and prints what they find.

use anyhow::{Result, bail};

use super::finding::Finding;
use super::source::{self, Source};
use super::{documents, imports, markup, modules, panics, sizes, styles};
use crate::workspace::Workspace;

/// Prints each broken rule.
///
/// # Errors
/// When a rule is broken, or a file cannot be read.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let sources = source::read_all(workspace.root())?;
    let findings = findings(workspace, &sources);
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("tidy: {} files, nothing to say", sources.len()),
        1 => bail!("tidy: 1 rule is broken"),
        count => bail!("tidy: rules are broken at {count} places"),
    }
    Ok(())
}

fn findings(workspace: &Workspace, sources: &[Source]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = sources.iter().flat_map(of_one).collect();
    findings.extend(styles::check(sources));
    findings.extend(documents::check(sources, |path| workspace.path(path).exists()));
    findings.sort();
    findings
}

fn of_one(source: &Source) -> Vec<Finding> {
    let checks = [sizes::check, imports::check, markup::check, modules::check, panics::check];
    checks.iter().flat_map(|check| check(source)).collect()
}

#[cfg(test)]
mod tests {
    use crate::workspace::Workspace;

    #[test]
    fn the_workspace_keeps_its_rules() {
        let workspace = Workspace::open().unwrap();
        let sources = super::source::read_all(workspace.root()).unwrap();
        let findings = super::findings(&workspace, &sources);
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
    }
}
