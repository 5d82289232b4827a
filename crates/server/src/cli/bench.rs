//! `mantik-server bench`

use anyhow::{Context as _, Result};
use clap::Args;
use std::path::Path;

use crate::bench::{Seeded, measure, seed};
use crate::config::Storage;
use crate::settings::Settings;
use crate::{AppState, data};

/// How much is measured, and where.
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// How many runs the database holds.
    #[arg(long, default_value_t = 100_000)]
    runs: u32,
    /// Fills the folder, and measures nothing.
    #[arg(long)]
    seed_only: bool,
    #[command(flatten)]
    storage: Storage,
}

/// Fills an empty data folder with runs, or takes one that was filled before, and measures it. The file `bench.json`
/// in the folder says how to sign in.
pub(super) async fn run(bench: Bench) -> Result<()> {
    let opened = data::open(&bench.storage, true).await?;
    let store = opened.store.clone();
    let state = AppState::new(opened.store, Settings::default(), opened.keys);
    let seeded = seeded(&state, &bench).await?;
    if !bench.seed_only {
        println!("{:<42} {:>12} {:>12}", format!("{} runs", seeded.runs), "median", "95 %");
        measure(&store, seeded.project_id).await?;
    }
    store.close().await;
    Ok(())
}

async fn seeded(state: &AppState, bench: &Bench) -> Result<Seeded> {
    let note = Path::new(&bench.storage.data).join("bench.json");
    if note.exists() {
        let text = std::fs::read_to_string(&note)?;
        return serde_json::from_str(&text)
            .with_context(|| format!("{} cannot be read; remove it", note.display()));
    }
    let seeded = seed(state, bench.runs).await?;
    std::fs::write(note, serde_json::to_string(&seeded)?)?;
    Ok(seeded)
}
