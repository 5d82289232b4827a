//! Metrics in sections by what stands before the first slash of their names. Pure.

/// What machines log about themselves; it comes last.
const SYSTEM: &str = "system";

/// Metrics whose names begin alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Section {
    /// What they have in common; `None` for names without a slash.
    pub(super) prefix: Option<String>,
    /// Their whole names, in alphabetical order.
    pub(super) keys: Vec<String>,
}

impl Section {
    /// The heading.
    pub(super) fn title(&self, alone: bool) -> &str {
        match &self.prefix {
            Some(prefix) if prefix == SYSTEM => "System",
            Some(prefix) => prefix,
            None if alone => "Metrics",
            None => "Other",
        }
    }
}

/// The metrics whose names hold `search`, whatever the case: sections in alphabetical order, then names without a
/// slash, then the machine's own.
pub(super) fn sections<'a>(keys: impl IntoIterator<Item = &'a str>, search: &str) -> Vec<Section> {
    let wanted = search.trim().to_lowercase();
    let mut keys: Vec<_> = keys.into_iter().filter(|key| key.to_lowercase().contains(&wanted)).collect();
    keys.sort_unstable();
    let mut sections: Vec<Section> = Vec::new();
    for key in keys {
        let prefix = key.split_once('/').map(|(prefix, _)| prefix).filter(|prefix| !prefix.is_empty());
        match sections.iter_mut().find(|section| section.prefix.as_deref() == prefix) {
            Some(section) => section.keys.push(key.to_owned()),
            None => sections.push(Section { prefix: prefix.map(str::to_owned), keys: vec![key.to_owned()] }),
        }
    }
    sections.sort_by_key(|section| match section.prefix.as_deref() {
        Some(SYSTEM) => 2,
        None => 1,
        Some(_) => 0,
    });
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[&str], search: &str, expected: &[(&str, &[&str])]) {
        let sections = sections(keys.iter().copied(), search);
        let alone = sections.len() == 1;
        let found: Vec<_> = sections
            .iter()
            .map(|section| {
                (section.title(alone), section.keys.iter().map(String::as_str).collect::<Vec<_>>())
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(title, keys)| (*title, keys.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn metrics_stand_with_those_that_begin_alike() {
        check(
            &["system/cpu", "val/loss", "loss", "train/loss", "train/f1/macro", "accuracy"],
            "",
            &[
                ("train", &["train/f1/macro", "train/loss"]),
                ("val", &["val/loss"]),
                ("Other", &["accuracy", "loss"]),
                ("System", &["system/cpu"]),
            ],
        );
    }

    #[test]
    fn metrics_without_prefix_need_no_other_name() {
        check(&["loss", "f1"], "", &[("Metrics", &["f1", "loss"])]);
    }

    #[test]
    fn a_search_leaves_out_sections_without_a_match() {
        check(
            &["train/Loss", "val/loss", "f1"],
            " LOSS",
            &[("train", &["train/Loss"]), ("val", &["val/loss"])],
        );
    }
}
