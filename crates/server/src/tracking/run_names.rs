//! Names for runs whose client gave none.

use rand::{RngExt as _, seq::IndexedRandom as _};

const QUALITIES: [&str; 24] = [
    "able", "amber", "brisk", "calm", "clear", "deep", "early", "fair", "fine", "gentle", "keen", "light",
    "loud", "mild", "neat", "plain", "quick", "quiet", "rare", "sharp", "steady", "tidy", "vivid", "warm",
];
const THINGS: [&str; 24] = [
    "alder", "badger", "birch", "brook", "cedar", "crane", "dune", "falcon", "fern", "finch", "grove",
    "hare", "heron", "lark", "linden", "marten", "meadow", "otter", "pine", "plover", "reed", "ridge",
    "sparrow", "willow",
];

/// A name that people can tell from others, such as `calm-heron-417`.
pub(super) fn random() -> String {
    let mut rng = rand::rng();
    let quality = QUALITIES.choose(&mut rng).unwrap_or(&"new");
    let thing = THINGS.choose(&mut rng).unwrap_or(&"run");
    format!("{quality}-{thing}-{}", rng.random_range(1..1000))
}
