//! Files at the same place in several runs. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use models::id::RunId;
use models::run::ArtifactListing;

/// A file or a folder, and the runs that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: String,
    pub(super) is_dir: bool,
    /// The runs in their order, with the size of what each has, in bytes.
    pub(super) runs: Vec<(RunId, u64)>,
}

/// What is in the folders of the runs that are known: folders first, then what most runs have, each by name.
pub(super) fn union(listings: impl Iterator<Item = (RunId, Option<Arc<ArtifactListing>>)>) -> Vec<Found> {
    let mut found: BTreeMap<(bool, String), Vec<(RunId, u64)>> = BTreeMap::new();
    for (run, listing) in listings {
        for entry in listing.iter().flat_map(|listing| &listing.entries) {
            found.entry((!entry.is_dir, entry.path.clone())).or_default().push((run, entry.size));
        }
    }
    let found = found.into_iter().map(|((is_file, path), runs)| Found { path, is_dir: !is_file, runs });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|found| (!found.is_dir, std::cmp::Reverse(found.runs.len())));
    found
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder around a folder; the root has an empty path.
pub(super) fn outer(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(outer, _)| outer)
}

/// Whether browsers show a file of this name as a picture.
pub(super) fn is_image(path: &str) -> bool {
    const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"];
    let ending = name(path).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use models::run::ArtifactEntry;

    use super::*;

    #[test]
    fn what_lies_at_the_same_place_stands_together() {
        let run = |n: u128| -> RunId { format!("{n:032x}").parse().unwrap() };
        let listing = |paths: &[(&str, bool)]| {
            let entry = |(path, is_dir): &(&str, bool)| ArtifactEntry {
                path: (*path).to_owned(),
                is_dir: *is_dir,
                size: 7,
            };
            Some(Arc::new(ArtifactListing { entries: paths.iter().map(entry).collect() }))
        };
        let found = union(
            [
                (run(1), listing(&[("plots", true), ("a.txt", false), ("roc.png", false)])),
                (run(2), listing(&[("roc.png", false)])),
                (run(3), None),
            ]
            .into_iter(),
        );
        let told: Vec<_> =
            found.iter().map(|found| (found.path.as_str(), found.is_dir, found.runs.len())).collect();
        assert_eq!(told, [("plots", true, 1), ("roc.png", false, 2), ("a.txt", false, 1)]);
        assert_eq!(found[1].runs, [(run(1), 7), (run(2), 7)]);
    }

    #[test]
    fn paths_have_parts() {
        assert_eq!((name("a/b.PNG"), outer("a/b"), outer("a")), ("b.PNG", "a", ""));
        assert!(is_image("a/b.PNG") && !is_image("png") && !is_image("a.svg") && !is_image("a.png.txt"));
    }
}
