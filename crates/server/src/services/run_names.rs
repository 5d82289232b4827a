//! Names for runs.

use models::text::visible;

use crate::store::{Experiment, Store, StoreError};

/// How many characters a name may have, so that a number fits behind it.
const MAX_LENGTH: usize = 240;

/// A name that no run of the experiment has: the wish itself, or the wish and a number.
///
/// # Errors
/// [`StoreError`]
pub async fn unique_run_name(
    store: &Store,
    experiment: &Experiment,
    wish: &str,
) -> Result<String, StoreError> {
    let wish: String = visible(wish.trim()).chars().take(MAX_LENGTH).collect();
    let wish = if wish.is_empty() { "run".to_owned() } else { wish };
    let taken = store.run_names_like(experiment.number, &wish).await?;
    if !taken.contains(&wish) {
        return Ok(wish);
    }
    // There are more candidates than names are taken, so that one of them is free.
    let mut candidates = (2..taken.len() + 3).map(|number| format!("{wish}-{number}"));
    Ok(candidates.find(|name| !taken.contains(name)).unwrap_or(wish))
}
