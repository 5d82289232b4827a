//! Makes the console's code smaller: by wasm-opt, or else by leaving out the names of its functions.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::command;

/// What the compiler uses of WebAssembly beyond its first version; a part of a split program does not say so itself.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
const MAGIC_AND_VERSION: usize = 8;
const CUSTOM_SECTION: u8 = 0;

/// Shrinks the file in place.
pub(super) fn shrink(shell: &Shell, file: &Path, wasm_opt: Option<&Path>) -> Result<()> {
    if let Some(program) = wasm_opt {
        return command::run(cmd!(shell, "{program} -Oz {FEATURES...} {file} -o {file}"));
    }
    let module = std::fs::read(file)?;
    let shorter =
        without_names(&module).with_context(|| format!("{} is not a wasm module", file.display()))?;
    std::fs::write(file, shorter)?;
    Ok(())
}

/// The module without its `name` section, which is 40 % of it and only debuggers read.
fn without_names(module: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(MAGIC_AND_VERSION)?;
    let mut kept = head.to_vec();
    while let Some((&id, after_id)) = rest.split_first() {
        let (length, body) = unsigned(after_id)?;
        let (body, next) = body.split_at_checked(length)?;
        if id != CUSTOM_SECTION || section_name(body)? != b"name" {
            kept.extend_from_slice(rest.get(..rest.len() - next.len())?);
        }
        rest = next;
    }
    Some(kept)
}

fn section_name(body: &[u8]) -> Option<&[u8]> {
    let (length, rest) = unsigned(body)?;
    rest.get(..length)
}

/// Reads a number in LEB128 and returns it with what follows.
fn unsigned(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{unsigned, without_names};

    #[test]
    fn only_the_names_are_left_out() {
        let head = b"\0asm\x01\0\0\0";
        let code = [10, 2, 1, 2];
        let names = [0, 6, 4, b'n', b'a', b'm', b'e', 9];
        let other = [0, 3, 1, b'x', 7];
        let module = [head.as_slice(), &code, &names, &other].concat();
        assert_eq!(without_names(&module), Some([head.as_slice(), &code, &other].concat()));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        assert_eq!(without_names(b"\0asm\x01\0\0\0\x0a\x05\x01"), None);
        assert_eq!(without_names(b"\0as"), None);
    }

    #[test]
    fn numbers_of_two_bytes_are_read() {
        assert_eq!(unsigned(&[0xac, 0x02, 9]), Some((300, [9].as_slice())));
    }
}
