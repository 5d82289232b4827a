//! `cargo xtask screenshots`: takes the pictures of docs/screenshots anew.

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{end_to_end, server};

/// Builds, then lets Playwright visit the pages and take the pictures.
///
/// # Errors
/// When something does not build, or a page does not open.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    end_to_end::playwright(
        workspace,
        server::release,
        &["--config", "screenshots.config.ts"],
        &[("MANTIK_E2E_DATABASE", "sqlite")],
    )
}
