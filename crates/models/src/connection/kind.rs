//! What a connection leads to, and how it opens the door.

use crate::macros::open_enum;

open_enum! {
    /// The outside system. The `mantik` client looks only for `S3`, where a data repository uses DVC.
    ConnectionProvider {
        /// A supercomputer behind UNICORE.
        Unicore = "UNICORE",
        /// A supercomputer behind firecREST; the login name is the client id, the password the client secret.
        Firecrest = "firecREST",
        /// A computer that is reached over SSH.
        Ssh = "SSH",
        /// An S3 store; the login name is the access key id, the password the secret access key.
        S3 = "S3",
        /// GitHub.
        GitHub = "GitHub",
        /// GitLab, on any host.
        GitLab = "GitLab",
        /// Bitbucket.
        Bitbucket = "Bitbucket",
        /// Something else.
        Other = "Other",
    }
}

open_enum! {
    /// How one proves who one is. The `mantik` client hands it on without a look.
    AuthMethod {
        /// By login name and password.
        UsernamePassword = "USERNAME_PASSWORD",
        /// By token.
        Token = "TOKEN",
        /// By login name and private key.
        PrivateKey = "PRIVATE_KEY",
    }
}

impl AuthMethod {
    /// The fields of a connection that this method cannot do without, by their names on the wire.
    #[must_use]
    pub fn needs(&self) -> &'static [&'static str] {
        match self {
            Self::UsernamePassword => &["loginName", "password"],
            Self::Token => &["token"],
            Self::PrivateKey => &["loginName", "privateKey"],
            Self::Unknown(_) => &[],
        }
    }
}
