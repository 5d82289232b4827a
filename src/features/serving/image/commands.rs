//! What one types to have the image of a model answer.

use models::model::ImageArchive;
use models::text::ImageReference;

/// Where an image that MLflow built answers.
const PORT: u16 = 8080;

/// Pulls and starts an image with Docker; `None` where only Apptainer can.
pub(super) fn docker(image: &ImageReference) -> Option<String> {
    image.docker().map(|name| format!("docker pull {name}\n{}", run(name)))
}

/// Pulls and starts an image with Apptainer.
pub(super) fn apptainer(image: &ImageReference) -> String {
    format!("apptainer pull model.sif {}\napptainer run model.sif", image.apptainer())
}

/// Checks, loads and starts an image that was downloaded. Which name the image has, its archive knows; usually that of
/// the model.
pub(super) fn load(archive: &ImageArchive) -> String {
    let file = &archive.file_name;
    let name = file.strip_suffix(".tar.gz").unwrap_or(file);
    format!(
        "echo \"{}  {file}\" | sha256sum --check\ndocker load --input {file}\n{}",
        archive.sha256,
        run(name)
    )
}

/// Uploads an image from a shell.
pub(super) fn upload(address: &str) -> String {
    format!(
        "docker save my-model | gzip | curl --upload-file - \\\n  --header \"Authorization: Bearer $MANTIK_TOKEN\" \\\n  {address}"
    )
}

fn run(name: &str) -> String {
    format!("docker run --rm --publish {PORT}:{PORT} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::time::UnixMillis;

    #[test]
    fn an_image_is_pulled_in_the_words_of_each_program() {
        let image: ImageReference = "docker://ghcr.io/team/rain:2".parse().unwrap();
        let expected =
            "docker pull ghcr.io/team/rain:2\ndocker run --rm --publish 8080:8080 ghcr.io/team/rain:2";
        assert_eq!(docker(&image).as_deref(), Some(expected));
        let expected = "apptainer pull model.sif docker://ghcr.io/team/rain:2\napptainer run model.sif";
        assert_eq!(apptainer(&image), expected);
        assert_eq!(docker(&"oras://ghcr.io/team/rain:sif".parse().unwrap()), None);
    }

    #[test]
    fn an_archive_is_checked_before_it_is_loaded() {
        let archive = ImageArchive {
            file_name: "rain-2.tar.gz".to_owned(),
            size: 1,
            sha256: "0a".repeat(32),
            uploaded_at: UnixMillis(0),
        };
        let lines = load(&archive);
        assert!(
            lines.starts_with(&format!("echo \"{}  rain-2.tar.gz\" | sha256sum --check\n", "0a".repeat(32)))
        );
        assert!(lines.ends_with("docker run --rm --publish 8080:8080 rain-2"), "{lines}");
    }
}
