//! Packages that environment files name. Pure.

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// The versions that are wanted, as they are written: `==1.5.0`, `>=2`; empty for any.
    pub(super) version: String,
    /// The files that name it.
    pub(super) files: Vec<String>,
}

/// The packages that a file names: `requirements.txt`, `conda.yaml` or `python_env.yaml`.
pub(super) fn read(path: &str, text: &str) -> Vec<Package> {
    let is_list = path.ends_with(".txt");
    let package = |line: &str| {
        let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
        let named = if is_list { Some(line) } else { line.strip_prefix("- ") };
        // MLflow writes the version of Python as a property of its own.
        let written = named.map(str::to_owned).or_else(|| line.strip_prefix("python:").map(python))?;
        let (name, version) = parted(written.trim().trim_matches(['\'', '"']))?;
        Some(Package { name, version, files: vec![path.to_owned()] })
    };
    let is_channel = |line: &str| line.trim_start_matches(['-', ' ']).contains("://");
    let mut in_channels = false;
    let lines = text.lines().filter(|line| {
        if !is_list && !line.starts_with([' ', '-']) {
            in_channels = line.trim_end() == "channels:";
        }
        !in_channels && !is_channel(line)
    });
    lines.filter_map(package).collect()
}

/// All packages by name, each once; where files want different versions all are told.
pub(super) fn together(packages: impl IntoIterator<Item = Package>) -> Vec<Package> {
    let mut all: Vec<Package> = Vec::new();
    for package in packages {
        match all.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&package.name)) {
            Some(known) => {
                let is_told = known.version.split(" · ").any(|version| version == package.version);
                if known.version.is_empty() {
                    known.version = package.version;
                } else if !is_told && !package.version.is_empty() {
                    known.version = format!("{} · {}", known.version, package.version);
                }
                known.files.extend(package.files);
            }
            None => all.push(package),
        }
    }
    for package in &mut all {
        package.files.sort_unstable();
        package.files.dedup();
    }
    all.sort_by_key(|package| package.name.to_lowercase());
    all
}

fn python(version: &str) -> String {
    format!("python=={}", version.trim().trim_matches(['\'', '"']))
}

/// The name and the versions; `None` for what is no package: a comment, an option, the heading of a list.
fn parted(text: &str) -> Option<(String, String)> {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let end = text.find(|letter| !is_of_name(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|letter: char| letter.is_ascii_alphanumeric()) || rest.starts_with([':', '/']) {
        return None;
    }
    let rest = rest.split_once(';').map_or(rest, |(rest, _)| rest).trim();
    // What a package brings with it on request, as in `package[extra]`.
    let rest =
        rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest).trim();
    // Conda writes one sign where pip writes two.
    let version = match rest.strip_prefix('=') {
        Some(version) if !version.starts_with('=') => format!("=={version}"),
        Some(_) | None => rest.to_owned(),
    };
    Some((name.to_owned(), version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[(&str, &str)]) {
        let packages = read(path, text);
        let found: Vec<_> =
            packages.iter().map(|package| (package.name.as_str(), package.version.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_list_of_requirements_is_read() {
        let text = "# made by hand\nmlflow==2.14.1\nscikit-learn>=1.5,<2  # the model\ntorch[cuda]==2.3; python_version<'3.12'\n-r more.txt\nnumpy\n";
        let expected =
            [("mlflow", "==2.14.1"), ("scikit-learn", ">=1.5,<2"), ("torch", "==2.3"), ("numpy", "")];
        check("model/requirements.txt", text, &expected);
    }

    #[test]
    fn an_environment_of_conda_is_read() {
        let text = "channels:\n- conda-forge\ndependencies:\n- python=3.11.4\n- pip<=23\n- pip:\n  - mlflow==2.14.1\nname: mlflow-env\n";
        check("conda.yaml", text, &[("python", "==3.11.4"), ("pip", "<=23"), ("mlflow", "==2.14.1")]);
    }

    #[test]
    fn an_environment_of_python_is_read() {
        let text = "python: 3.11.4\nbuild_dependencies:\n- pip==23.1\n- setuptools\ndependencies:\n- -r requirements.txt\n";
        check("python_env.yaml", text, &[("python", "==3.11.4"), ("pip", "==23.1"), ("setuptools", "")]);
    }

    #[test]
    fn a_package_of_several_files_is_told_once() {
        let packages = [
            read("a/requirements.txt", "mlflow==2\nnumpy==1.26"),
            read("conda.yaml", "- mlflow==2\n- NumPy==2.0\n"),
        ];
        let all = together(packages.concat());
        let told: Vec<_> =
            all.iter().map(|package| (package.name.as_str(), package.version.as_str())).collect();
        assert_eq!(told, [("mlflow", "==2"), ("numpy", "==1.26 · ==2.0")]);
        assert_eq!(all[0].files, ["a/requirements.txt", "conda.yaml"]);
    }
}
