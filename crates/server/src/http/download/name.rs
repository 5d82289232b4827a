//! What a downloaded file is called, and what kind of file it is.

use models::text::visible;
use std::fmt::Write as _;

/// The header `Content-Disposition` for a file of this name: always to be saved, never to be shown.
pub(super) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => character,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in visible(name).bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// The media type of a file: one that a browser cannot run, or else plain bytes.
pub(super) fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "log" | "md" | "csv" | "tsv" | "json" | "jsonl" | "yaml" | "yml" | "toml" | "py" => {
            "text/plain; charset=utf-8"
        }
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ if name == "MLmodel" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header_or_turn_around() {
        let header = disposition("a\"\r\nb\u{202E}fdp.exe");
        assert_eq!(header, "attachment; filename=\"a___b_fdp.exe\"; filename*=UTF-8''a%22bfdp.exe");
        assert_eq!(disposition("é.txt"), "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A9.txt");
    }

    #[test]
    fn what_a_browser_could_run_is_plain_bytes() {
        for name in ["x.html", "x.xhtml", "x.js", "x.pdf", "x.ipynb", "x.xml", "x"] {
            assert_eq!(media_type(name), "application/octet-stream", "{name}");
        }
        assert_eq!(media_type("PLOT.PNG"), "image/png");
    }
}
