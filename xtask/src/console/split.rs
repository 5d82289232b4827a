//! Takes the parts of the console that a first view does not need out of its code, each into a file of its own.
//!
//! Trunk knows nothing of this, so its code and script are replaced. What fetches the parts becomes the end of the script:
//! one request fewer for the first view.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use super::{digest, wasm};
use crate::command;
use crate::tools;
use crate::workspace::Workspace;

/// What the compiler must leave in its output so that it can be split: the places where code refers to code.
pub(super) const ENVIRONMENT: [(&str, &str); 2] = [
    // Takes the place of the flags in `.cargo/config.toml`, hence the repetition.
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg erase_components -Clink-args=--emit-relocs"),
    ("CARGO_PROFILE_WASM_RELEASE_STRIP", "none"),
];

/// How the script imports what fetches the parts. The code knows it by the same name, which stays.
const LOADER: &str = "from \"./__wasm_split.js\"";
/// How that begins: by importing a function of the script.
const SCRIPT: &str = "import { initSync } from \"./console.js\";";

/// The split console.
pub(super) struct Split {
    /// The script.
    pub(super) script: String,
    /// The code of the first view.
    pub(super) code: Vec<u8>,
    /// The file names and the code of the parts.
    pub(super) parts: BTreeMap<String, Vec<u8>>,
}

/// Splits the program that Trunk has had built.
pub(super) fn run(workspace: &Workspace, wasm_opt: Option<&Path>) -> Result<Split> {
    let folder = workspace.web_target().join("split");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let bound = folder.join("bound");
    std::fs::create_dir_all(&bound)?;
    let built = workspace.web_target().join("wasm32-unknown-unknown/wasm-release/console.wasm");
    let shell = &workspace.shell;
    let split = tools::wasm_split::ensure(shell)?.join("wasm-split-cli");
    command::run(cmd!(shell, "{split} {built} {folder} --target web --out-name console"))?;
    let bind = tools::wasm_bindgen::ensure(workspace)?.join("wasm-bindgen");
    let code = folder.join("console.wasm");
    command::run(cmd!(
        shell,
        "{bind} --target web --no-typescript --keep-lld-exports --out-dir {bound} --out-name console {code}"
    ))?;
    let code = shrunk(workspace, &bound.join("console_bg.wasm"), wasm_opt)?;
    let loader = std::fs::read_to_string(folder.join("__wasm_split.js"))?;
    let (loader, parts) = parts(workspace, &folder, loader, wasm_opt)?;
    let script = std::fs::read_to_string(bound.join("console.js"))?;
    Ok(Split { script: joined(&script, &loader)?, code, parts })
}

/// The parts under their lasting names, and the loader that knows these.
fn parts(
    workspace: &Workspace,
    folder: &Path,
    mut loader: String,
    wasm_opt: Option<&Path>,
) -> Result<(String, BTreeMap<String, Vec<u8>>)> {
    let mut parts = BTreeMap::new();
    for file in part_files(folder)? {
        let name = file.file_name().and_then(|name| name.to_str()).context("a part has no name")?;
        let code = shrunk(workspace, &file, wasm_opt)?;
        let lasting = format!("part-{}.wasm", digest::name(&code));
        loader = loader.replace(&format!("\"./{name}\""), &format!("\"./{lasting}\""));
        parts.insert(lasting, code);
    }
    Ok((loader, parts))
}

fn part_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let is_part = |file: &PathBuf| {
        file.extension().is_some_and(|ending| ending == "wasm") && !file.ends_with("console.wasm")
    };
    Ok(files.into_iter().filter(is_part).collect())
}

fn shrunk(workspace: &Workspace, file: &Path, wasm_opt: Option<&Path>) -> Result<Vec<u8>> {
    wasm::shrink(&workspace.shell, file, wasm_opt)?;
    Ok(std::fs::read(file)?)
}

/// One script of both.
fn joined(script: &str, loader: &str) -> Result<String> {
    let loader = loader.strip_prefix(SCRIPT).context("the loader does not begin as it used to")?;
    let exported = loader.lines().filter_map(|line| line.strip_prefix("export const ")?.split_once(" ="));
    let exported: Vec<_> = exported.map(|(name, _)| name).collect();
    let mut own = Vec::new();
    let mut imports = String::new();
    for line in script.lines() {
        match line.strip_prefix("import * as ").filter(|import| import.contains(LOADER)) {
            Some(import) => {
                let name = import.split_whitespace().next().context("an import has no name")?;
                imports += &format!("const {name} = {{ {} }};\n", exported.join(", "));
            }
            None => own.push(line),
        }
    }
    Ok(format!("{}\n{}\n{imports}", own.join("\n"), loader.replace("\nexport const ", "\nconst ")))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_loader_becomes_the_end_of_the_script() {
        let script =
            "import * as import1 from \"./__wasm_split.js\"\n\nlet all = { \"./__wasm_split.js\": import1 };";
        let loader = "import { initSync } from \"./console.js\";\nlet a = 1;\nexport const load = () => a;\n";
        let expected = "\nlet all = { \"./__wasm_split.js\": import1 };\n\nlet a = 1;\nconst load = () => a;\n\n\
                        const import1 = { load };\n";
        assert_eq!(joined(script, loader).unwrap(), expected);
    }

    #[test]
    fn a_loader_that_begins_otherwise_is_refused() {
        assert!(joined("", "import { other } from \"./console.js\";").is_err());
    }
}
