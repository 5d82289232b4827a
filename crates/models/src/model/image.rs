//! Container images of saved models: where they can be pulled, and what was uploaded.

use serde::{Deserialize, Serialize};

use crate::text::ImageReference;
use crate::time::UnixMillis;

/// What Docker is asked for; other schemes are of Apptainer alone.
const DOCKER: &str = "docker://";

impl ImageReference {
    /// How many bytes an uploaded image may have: 20 GiB.
    pub const MAX_ARCHIVE: u64 = 20 * 1024 * 1024 * 1024;

    /// The image as Docker names it; `None` where only Apptainer can pull it.
    #[must_use]
    pub fn docker(&self) -> Option<&str> {
        let text = self.as_str();
        text.strip_prefix(DOCKER).or_else(|| (!text.contains("://")).then_some(text))
    }

    /// The image as Apptainer names it, with its scheme.
    #[must_use]
    pub fn apptainer(&self) -> String {
        self.docker().map_or_else(|| self.to_string(), |name| format!("{DOCKER}{name}"))
    }
}

/// Whether a text is the reference of an image, such as `registry.example.org/team/net:2`. None of its characters means
/// anything to a shell, and there is no place for a password in it.
pub(crate) fn is_reference(text: &str) -> bool {
    let name = match text.split_once("://") {
        Some(("docker" | "oras" | "library", name)) => name,
        Some(_) => return false,
        None => text,
    };
    let (name, digest) = name.split_once('@').map_or((name, None), |(name, digest)| (name, Some(digest)));
    let (path, tag) = match name.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        Some(_) | None => (name, None),
    };
    let (host, rest) = path.split_once('/').map_or(("", path), |(host, rest)| (host, rest));
    (host.is_empty() && !path.starts_with('/') || is_host(host))
        && rest.split('/').all(is_part)
        && tag.is_none_or(is_tag)
        && digest.is_none_or(is_digest)
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_name = |character: u8| character.is_ascii_alphanumeric() || b"._-".contains(&character);
    name.bytes().all(is_name)
        && name.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn is_part(part: &str) -> bool {
    let is_plain = |character: u8| character.is_ascii_lowercase() || character.is_ascii_digit();
    part.bytes().all(|character| is_plain(character) || b"._-".contains(&character))
        && part.bytes().next().is_some_and(is_plain)
        && part.bytes().last().is_some_and(is_plain)
}

fn is_tag(tag: &str) -> bool {
    let is_word = |character: u8| character.is_ascii_alphanumeric() || character == b'_';
    tag.len() <= 128
        && tag.bytes().all(|character| is_word(character) || b".-".contains(&character))
        && tag.bytes().next().is_some_and(is_word)
}

fn is_digest(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64 && hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// An image that was uploaded: what `docker save` writes, compressed by `gzip`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageArchive {
    /// What the file is called once it is downloaded.
    pub file_name: String,
    /// Its bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// When it was uploaded.
    pub uploaded_at: UnixMillis,
}

impl ImageArchive {
    /// What the archive of a model of this name is called. The `mantik` client tells its user to run an image of this
    /// name without the extension.
    #[must_use]
    pub fn name_for(model: &str) -> String {
        let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        let name: String = model.chars().map(plain).collect();
        let name = name.trim_matches('-').to_ascii_lowercase();
        format!("{}.tar.gz", if name.is_empty() { "model" } else { &name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextError;

    #[test]
    fn a_reference_is_of_a_registry() {
        let digest = format!("registry.example.org:5000/team/net@sha256:{}", "0a".repeat(32));
        let good = [
            "net",
            "team/net:2",
            "ghcr.io/team/rain-net_2:v1.0",
            "oras://ghcr.io/team/net:sif",
            digest.as_str(),
        ];
        for text in good {
            assert!(text.parse::<ImageReference>().is_ok(), "{text}");
        }
        let bad = [
            "-net",
            "net;ls",
            "$(ls)",
            "https://example.org/net",
            "ann:hush@ghcr.io/net",
            "net:",
            "net@sha256:1",
            "/net",
            "ghcr.io//net",
            "ghcr.io/Net",
            "ghcr.io:port/net",
            "net:-tag",
            "docker://",
        ];
        for text in bad {
            assert_eq!(text.parse::<ImageReference>(), Err(TextError::NotAnImage), "{text}");
        }
    }

    #[test]
    fn docker_and_apptainer_name_an_image_in_their_own_way() {
        check("ghcr.io/team/net:2", Some("ghcr.io/team/net:2"), "docker://ghcr.io/team/net:2");
        check("docker://net", Some("net"), "docker://net");
        check("oras://ghcr.io/team/net:sif", None, "oras://ghcr.io/team/net:sif");
    }

    #[test]
    fn an_archive_is_named_for_its_model() {
        assert_eq!(ImageArchive::name_for(" Rain 2!"), "rain-2.tar.gz");
        assert_eq!(ImageArchive::name_for("../x.zip"), "x-zip.tar.gz");
        assert_eq!(ImageArchive::name_for("雨"), "model.tar.gz");
    }

    #[track_caller]
    fn check(text: &str, docker: Option<&str>, apptainer: &str) {
        let reference: ImageReference = text.parse().unwrap();
        assert_eq!(reference.docker(), docker);
        assert_eq!(reference.apptainer(), apptainer);
    }
}
