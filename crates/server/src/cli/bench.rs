//! `mantik-server bench`

use anyhow::{Context as _, Result};
use clap::Args;
use std::path::Path;

use crate::bench::{Seeded, seed};
use crate::config::Storage;
use crate::settings::Settings;
use crate::{AppState, data};

/// How much is measured, and where.
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// How many runs the database holds.
    #[arg(long, default_value_t = 100_000)]
    runs: u32,
    /// How many points the longest history has, and how many lines the longest log.
    #[arg(long, default_value_t = 1_000_000)]
    points: u32,
    #[command(flatten)]
    storage: Storage,
}

/// Fills an empty database with runs for `cargo xtask bench`, unless that was done before. The file `bench.json` in the
/// data folder says how to sign in.
pub(super) async fn run(bench: Bench) -> Result<()> {
    let note = Path::new(&bench.storage.data).join("bench.json");
    if note.exists() {
        let text = std::fs::read_to_string(&note)?;
        let seeded: Seeded = serde_json::from_str(&text)
            .with_context(|| format!("{} cannot be read; remove its folder", note.display()))?;
        println!("{} holds {} runs already", bench.storage.data.display(), seeded.runs);
        return Ok(());
    }
    let opened = data::open(&bench.storage, true).await?;
    let store = opened.store.clone();
    let state = AppState::new(opened.store, Settings::default(), opened.keys);
    let seeded = seed(&state, bench.runs, bench.points).await?;
    std::fs::write(note, serde_json::to_string(&seeded)?)?;
    store.close().await;
    Ok(())
}
