//! The file `MLmodel` that MLflow puts beside each model. Pure; it is read line by line, as MLflow writes it.

/// What the file tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ModelFile {
    /// The kinds of model that it can be loaded as, each with the version of its library.
    pub(super) flavors: Vec<(String, Option<String>)>,
    /// The version of Python that wrote it.
    pub(super) python: Option<String>,
    /// The version of MLflow that wrote it.
    pub(super) mlflow: Option<String>,
}

/// Reads the file. What is not as MLflow writes it is passed over.
pub(super) fn read(text: &str) -> ModelFile {
    let mut file = ModelFile::default();
    let mut is_in_flavors = false;
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let indent = name.len() - name.trim_start().len();
        let (name, value) = (name.trim(), plain(value));
        match indent {
            0 => {
                is_in_flavors = name == "flavors";
                if name == "mlflow_version" {
                    file.mlflow = value;
                }
            }
            2 if is_in_flavors => file.flavors.push((name.to_owned(), None)),
            4 if is_in_flavors => property(&mut file, name, value),
            _ => {}
        }
    }
    file
}

fn property(file: &mut ModelFile, name: &str, value: Option<String>) {
    let Some((flavor, version)) = file.flavors.last_mut() else { return };
    if name == "python_version" {
        file.python = value;
    } else if name == "version"
        || name.strip_suffix("_version").is_some_and(|library| flavor.contains(library))
    {
        *version = value;
    }
}

/// The value without quotation marks; `None` for nothing.
fn plain(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['\'', '"']);
    (!value.is_empty() && value != "null").then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
artifact_path: model
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    python_version: 3.11.4
  sklearn:
    code: null
    pickled_model: model.pkl
    sklearn_version: 1.5.0
mlflow_version: 2.14.1
utc_time_created: '2026-11-29 10:00:00'
";

    #[test]
    fn flavors_and_versions_are_found() {
        let expected = ModelFile {
            flavors: vec![
                ("python_function".to_owned(), None),
                ("sklearn".to_owned(), Some("1.5.0".to_owned())),
            ],
            python: Some("3.11.4".to_owned()),
            mlflow: Some("2.14.1".to_owned()),
        };
        assert_eq!(read(TEXT), expected);
    }

    #[test]
    fn another_file_tells_nothing() {
        assert_eq!(read("\u{0}\u{1}binary\n- a\n- b"), ModelFile::default());
        assert_eq!(read("    version: 1"), ModelFile::default());
    }
}
