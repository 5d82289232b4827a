//! Packages of Python that can be installed without a registry.
#![cfg(target_os = "linux")]

use std::process::Command;

/// Writes a wheel of one file with its standard library.
const WRITE: &str = r#"
import sys, zipfile
name, path, text, to = sys.argv[1:]
about = f"{name}-9.0.dist-info/"
with zipfile.ZipFile(to, "w") as wheel:
    wheel.writestr(path, text)
    wheel.writestr(about + "METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.0\n")
    wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(about + "RECORD", "")
"#;

/// The bytes of `<name>-9.0-py3-none-any.whl`, which holds one file with this text.
pub(crate) fn wheel(name: &str, path: &str, text: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("wheel");
    let mut python = Command::new("python3");
    let done = python.args(["-c", WRITE, name, path, text]).arg(&to).status().unwrap();
    assert!(done.success());
    std::fs::read(to).unwrap()
}
