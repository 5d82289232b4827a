//! Makes the data folder, for the server's user alone.

use std::fs::DirBuilder;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Makes the folder if there is none.
pub(super) fn ensure(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))
}
