//! The proof in a download link: who asked for it, by what, for what, and until when; signed by this server.
//!
//! The `mantik` client fetches such a link without any header, takes what follows the last `/` of the whole link for a
//! file name and cuts it at the first `.zip` or `.tar.gz`. So a ticket has only letters, digits, `-` and `_`.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use models::id::{ApiTokenId, ProjectId, RunId, SavedModelId, UserId};
use models::permission::Action;
use models::time::UnixMillis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Credential, Keys};

const PURPOSE: &str = "download link";
/// How many bytes the signature before the contents has.
const SIGNATURE: usize = 32;
/// How long a link is good, in milliseconds.
const LIFETIME: i64 = 10 * 60 * 1000;

/// What a download link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Downloadable {
    /// All artifacts of a run, in one archive.
    Artifacts(RunId),
    /// The container image of a saved model.
    Image(SavedModelId),
    /// What a run printed.
    Log(RunId),
    /// A file of runs, by the number of the request for it.
    RunExport(Uuid),
}

impl Downloadable {
    /// What who follows the link must still be allowed to do.
    #[must_use]
    pub fn action(self) -> Action {
        match self {
            Self::Artifacts(_) | Self::Image(_) => Action::DownloadArtifacts,
            Self::Log(_) | Self::RunExport(_) => Action::ViewProject,
        }
    }
}

/// By what the person was known who asked for a link: the link ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskedBy {
    /// A session of a browser or of the `mantik` client.
    Session(Uuid),
    /// An API token.
    Token(ApiTokenId),
}

impl From<&Credential> for AskedBy {
    fn from(credential: &Credential) -> Self {
        match credential {
            Credential::Browser { session_id, .. } | Credential::Client { session_id, .. } => {
                Self::Session(*session_id)
            }
            Credential::Token { token_id, .. } => Self::Token(*token_id),
        }
    }
}

/// The proof in a download link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Who asked for the link.
    pub user_id: UserId,
    /// By what she was known.
    pub asked_by: AskedBy,
    /// The project of what it leads to; missing for what is of all projects that she may see then.
    pub project_id: Option<ProjectId>,
    /// What it leads to.
    pub what: Downloadable,
    ends_at: UnixMillis,
}

impl Ticket {
    /// A ticket that is made `now`.
    #[must_use]
    pub fn new(
        user_id: UserId,
        asked_by: AskedBy,
        project_id: Option<ProjectId>,
        what: Downloadable,
        now: UnixMillis,
    ) -> Self {
        Self { user_id, asked_by, project_id, what, ends_at: UnixMillis(now.0 + LIFETIME) }
    }

    /// Writes and signs it.
    #[must_use]
    pub fn write(&self, keys: &Keys) -> String {
        // Ids and numbers can always be written.
        let contents = serde_json::to_vec(self).unwrap_or_default();
        let signature = keys.sign(PURPOSE, &contents);
        BASE64_URL_SAFE_NO_PAD.encode([&signature[..], &contents].concat())
    }

    /// What a text says, if this server signed it and it has not ended.
    #[must_use]
    pub fn read(keys: &Keys, text: &str, now: UnixMillis) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signature, contents) = bytes.split_at_checked(SIGNATURE)?;
        let ticket: Self =
            keys.is_signed(PURPOSE, contents, signature).then(|| serde_json::from_slice(contents).ok())??;
        (now < ticket.ends_at).then_some(ticket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

    #[test]
    fn a_ticket_is_good_for_ten_minutes() {
        let text = ticket().write(&Keys::from([1; 32]));
        let read = |later| Ticket::read(&Keys::from([1; 32]), &text, UnixMillis(NOW.0 + later));
        assert_eq!(read(0), Some(ticket()));
        assert_eq!(read(599_999), Some(ticket()));
        assert_eq!(read(600_000), None);
    }

    #[test]
    fn nobody_else_can_make_one() {
        let keys = Keys::from([1; 32]);
        let text = ticket().write(&keys);
        assert_eq!(Ticket::read(&Keys::from([2; 32]), &text, NOW), None);
        for forged in [format!("A{}", &text[1..]), format!("{text}A"), text[..20].to_owned(), String::new()] {
            assert_eq!(Ticket::read(&keys, &forged, NOW), None, "{forged}");
        }
    }

    #[test]
    fn a_link_needs_no_encoding() {
        let text = ticket().write(&Keys::from([1; 32]));
        assert!(
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')),
            "{text}"
        );
    }

    fn ticket() -> Ticket {
        Ticket::new(
            UserId(Uuid::nil()),
            AskedBy::Session(Uuid::max()),
            Some(ProjectId(Uuid::max())),
            Downloadable::Artifacts(RunId(Uuid::nil())),
            NOW,
        )
    }
}
