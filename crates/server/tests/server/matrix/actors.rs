//! Who asks.

use super::people::Somebody;

/// What somebody is in the group and the organization of the fixture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Belonging {
    Stranger,
    Member,
    Lead,
}

/// In which project of the fixture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Private,
    Public,
}

/// What an API token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pass {
    /// The spelling of its scope.
    pub(crate) scope: &'static str,
    /// Whether it is for another project than the one that is asked for.
    pub(crate) is_for_another: bool,
}

/// A kind of caller, and what she is by the fixture's own account.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) name: String,
    /// Whether the server knows her: she is signed in and was not kept out.
    pub(crate) is_known: bool,
    pub(crate) somebody: Option<Somebody>,
    /// The secret of the token that she uses, and what it is good for; her browser when missing.
    pub(crate) token: Option<(String, Pass)>,
    pub(crate) place: Place,
    /// The role in the project: 1 for a guest to 5 for an owner, 0 for none.
    pub(crate) role: u8,
    pub(crate) belonging: Belonging,
    pub(crate) is_admin: bool,
}
