//! The branches and tags of a repository.

/// How many branches and how many tags are told.
const MOST: usize = 1_000;

/// The branches and tags of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The branch that is used where none is named.
    pub head: Option<String>,
    /// The branches, in the order of their names.
    pub branches: Vec<Reference>,
    /// The tags, in the order of their names.
    pub tags: Vec<Reference>,
}

/// A branch or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name, without `refs/heads/` and the like.
    pub name: String,
    /// The commit that it leads to.
    pub commit: String,
}

impl Listing {
    /// Reads what `git ls-remote --symref` prints.
    pub(super) fn read(text: &str) -> Self {
        let mut listing = Self::default();
        for (value, name) in text.lines().filter_map(|line| line.split_once('\t')) {
            if let Some(branch) = value.strip_prefix("ref: refs/heads/").filter(|_| name == "HEAD") {
                listing.head = Some(branch.to_owned());
            } else if !is_commit(value) {
            } else if let Some(branch) = name.strip_prefix("refs/heads/") {
                add(&mut listing.branches, branch, value);
            } else if let Some(tag) = name.strip_prefix("refs/tags/") {
                // The second line of an annotated tag says to which commit it leads.
                match tag.strip_suffix("^{}") {
                    Some(tag) => lead(&mut listing.tags, tag, value),
                    None => add(&mut listing.tags, tag, value),
                }
            }
        }
        listing
    }

    /// The commit that a branch, a tag or a whole id names; without a name that of the usual branch.
    pub fn commit(&self, name: Option<&str>) -> Option<String> {
        let named = |references: &[Reference], name: &str| {
            references.iter().find(|own| own.name == name).map(|own| own.commit.clone())
        };
        match name {
            Some(name) => named(&self.branches, name)
                .or_else(|| named(&self.tags, name))
                .or_else(|| is_commit(name).then(|| name.to_ascii_lowercase())),
            None => {
                let head = self.head.as_deref().and_then(|head| named(&self.branches, head));
                head.or_else(|| self.branches.first().map(|branch| branch.commit.clone()))
            }
        }
    }
}

fn add(references: &mut Vec<Reference>, name: &str, commit: &str) {
    if references.len() < MOST {
        references.push(Reference { name: name.to_owned(), commit: commit.to_owned() });
    }
}

fn lead(references: &mut [Reference], name: &str, commit: &str) {
    if let Some(known) = references.iter_mut().rev().find(|own| own.name == name) {
        commit.clone_into(&mut known.commit);
    }
}

/// Whether a text is the whole id of a commit, by SHA-1 or SHA-256.
fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(digit: char) -> String {
        digit.to_string().repeat(40)
    }

    fn listing() -> Listing {
        let [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id);
        Listing::read(&format!(
            "ref: refs/heads/main\tHEAD\n{a}\tHEAD\n{a}\trefs/heads/main\n{b}\trefs/heads/work/x\n\
             {c}\trefs/tags/v1\n{d}\trefs/tags/v1^{{}}\n{b}\trefs/pull/1/head\nnonsense\n"
        ))
    }

    #[test]
    fn branches_and_tags_lead_to_commits() {
        let listing = listing();
        assert_eq!(listing.head.as_deref(), Some("main"));
        let names = |references: &[Reference]| {
            references.iter().map(|own| format!("{} {}", own.name, &own.commit[..1])).collect::<Vec<_>>()
        };
        assert_eq!(names(&listing.branches), ["main a", "work/x b"]);
        assert_eq!(names(&listing.tags), ["v1 d"]);
    }

    #[test]
    fn a_name_is_a_branch_a_tag_or_a_whole_id() {
        let listing = listing();
        for (name, expected) in [
            (None, Some('a')),
            (Some("work/x"), Some('b')),
            (Some("v1"), Some('d')),
            (Some("v2"), None),
            (Some("--upload-pack=x"), None),
        ] {
            assert_eq!(listing.commit(name), expected.map(id), "{name:?}");
        }
        assert_eq!(listing.commit(Some(&id('E'))), Some(id('e')));
        assert_eq!(listing.commit(Some(&id('e')[..39])), None);
        assert_eq!(Listing::default().commit(None), None);
    }
}
