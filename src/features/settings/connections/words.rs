//! What each system calls its fields, and which ways in it has.

use models::connection::{AuthMethod, ConnectionProvider};

/// The words about a system.
pub(super) struct Words {
    pub(super) login: &'static str,
    pub(super) password: &'static str,
    pub(super) address: &'static str,
    /// What the address looks like, and what it is for.
    pub(super) address_hint: &'static str,
}

pub(super) fn words(provider: &ConnectionProvider) -> Words {
    let usual = Words {
        login: "Login name",
        password: "Password",
        address: "Address",
        address_hint: "Where the system is, as https://…",
    };
    match provider {
        ConnectionProvider::Unicore => Words {
            address: "REST API",
            address_hint: "https://…/rest/core of the site. Needed to try the connection out.",
            ..usual
        },
        ConnectionProvider::Firecrest => Words {
            login: "Client id",
            password: "Client secret",
            address: "Token endpoint",
            address_hint: "https://…/token of the site. Needed to try the connection out.",
        },
        ConnectionProvider::Ssh => Words {
            address: "Machine",
            address_hint: "ssh://login.example.org. Needed to try the connection out.",
            ..usual
        },
        ConnectionProvider::S3 => Words {
            login: "Access key id",
            password: "Secret access key",
            address: "Bucket",
            address_hint: "https://s3.example.org/bucket. Needed to try the connection out.",
        },
        ConnectionProvider::GitHub => Words { address_hint: "Leave it empty for github.com.", ..usual },
        ConnectionProvider::GitLab => Words { address_hint: "Leave it empty for gitlab.com.", ..usual },
        ConnectionProvider::Bitbucket => Words { address_hint: "Leave it empty for bitbucket.org.", ..usual },
        ConnectionProvider::Other | ConnectionProvider::Unknown(_) => usual,
    }
}

/// What a system is called.
pub(super) fn provider_title(provider: &ConnectionProvider) -> &str {
    if *provider == ConnectionProvider::Other { "Something else" } else { provider.as_str() }
}

/// The ways in that a system has, the usual one first.
pub(super) fn methods(provider: &ConnectionProvider) -> Vec<AuthMethod> {
    match provider {
        ConnectionProvider::Unicore => vec![AuthMethod::UsernamePassword, AuthMethod::Token],
        ConnectionProvider::Firecrest | ConnectionProvider::S3 => vec![AuthMethod::UsernamePassword],
        ConnectionProvider::Ssh => vec![AuthMethod::PrivateKey, AuthMethod::UsernamePassword],
        ConnectionProvider::GitHub | ConnectionProvider::GitLab | ConnectionProvider::Bitbucket => {
            vec![AuthMethod::Token, AuthMethod::UsernamePassword]
        }
        ConnectionProvider::Other | ConnectionProvider::Unknown(_) => AuthMethod::KNOWN.to_vec(),
    }
}

/// What a way in is called at a system.
pub(super) fn method_title(provider: &ConnectionProvider, method: &AuthMethod) -> String {
    let words = words(provider);
    match method {
        AuthMethod::UsernamePassword => format!("{} and {}", words.login, words.password.to_lowercase()),
        AuthMethod::Token => "Token".to_owned(),
        AuthMethod::PrivateKey => "Private key".to_owned(),
        AuthMethod::Unknown(name) => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_a_way_in() {
        assert!(ConnectionProvider::KNOWN.iter().all(|provider| !methods(provider).is_empty()));
    }

    #[test]
    fn a_way_in_is_called_as_the_system_calls_it() {
        let title = method_title(&ConnectionProvider::S3, &AuthMethod::UsernamePassword);
        assert_eq!(title, "Access key id and secret access key");
    }
}
