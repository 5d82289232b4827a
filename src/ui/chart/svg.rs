//! Pictures as text. Pure.

/// How texts are written.
const FONT: &str = "font-family=\"sans-serif\" font-size=\"11\" fill=\"#555\"";

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke<'a> {
    pub(super) colour: &'a str,
    pub(super) width: f64,
    pub(super) dash: &'a [f64],
    /// 0 to 1.
    pub(super) opacity: f64,
}

impl<'a> Stroke<'a> {
    /// An unbroken line.
    pub(super) fn whole(colour: &'a str, width: f64) -> Self {
        Self { colour, width, dash: &[], opacity: 1.0 }
    }
}

/// A picture on a white ground.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) width: f64,
    pub(super) height: f64,
    parts: Vec<String>,
}

impl Picture {
    /// An empty picture, in CSS pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        let ground = format!(r##"<rect width="{width}" height="{height}" fill="#fff"/>"##);
        Self { width, height, parts: vec![ground] }
    }

    /// A straight line behind the data.
    pub(super) fn grid(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), colour: &str) {
        self.parts.push(format!(
            r#"<line x1="{x1:.2}" y1="{y1:.2}" x2="{x2:.2}" y2="{y2:.2}" stroke="{colour}"/>"#
        ));
    }

    /// A text; `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: &str, text: &str) {
        let text = escaped(text);
        self.parts
            .push(format!(r#"<text x="{x:.2}" y="{y:.2}" text-anchor="{anchor}" {FONT}>{text}</text>"#));
    }

    /// A line along `path`, with its name.
    pub(super) fn line(&mut self, path: &str, stroke: Stroke<'_>, name: &str) {
        let Stroke { colour, width, dash, opacity } = stroke;
        let pieces: Vec<_> = dash.iter().map(f64::to_string).collect();
        let dash = if pieces.is_empty() {
            String::new()
        } else {
            format!(r#" stroke-dasharray="{}""#, pieces.join(" "))
        };
        let name = escaped(name);
        self.parts.push(format!(
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}" stroke-linejoin="round"{dash}><title>{name}</title></path>"#
        ));
    }

    /// A dot with its name.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, colour: &str, name: &str) {
        let name = escaped(name);
        self.parts.push(format!(
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius}" fill="{colour}"><title>{name}</title></circle>"#
        ));
    }

    /// Whatever is written so already.
    pub(super) fn part(&mut self, part: String) {
        self.parts.push(part);
    }

    /// The whole picture.
    pub(super) fn text_of(&self) -> String {
        let Self { width, height, parts } = self;
        let head = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">"#
        );
        format!("{head}\n{}\n</svg>\n", parts.join("\n"))
    }
}

/// A text inside an element.
pub(super) fn escaped(text: &str) -> String {
    // XML has no place for control characters, however they are written.
    let text: String = text.chars().filter(|char| !char.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_text_whatever_they_hold() {
        let mut picture = Picture::new(10.0, 20.0);
        picture.text((1.0, 2.0), "end", "a<b & \"c\"\u{7}");
        let text = picture.text_of();
        assert!(text.contains(">a&lt;b &amp; &quot;c&quot;</text>"), "{text}");
        assert!(text.starts_with("<svg xmlns=") && text.ends_with("</svg>\n"));
    }
}
