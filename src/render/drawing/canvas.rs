use std::fmt::Write;

use super::super::entities::push_escaped;
use super::tenths::Tenths;

/// How a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG in the making: what lies behind, and what stands before it.
#[derive(Debug, Default)]
pub struct Canvas {
    behind: String,
    front: String,
    links: String,
}

impl Canvas {
    /// A box with a class.
    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let radius = 3.0_f64.min(width / 2.0);
        let [x, y, width, height, radius] = [x, y, width, height, radius].map(Tenths);
        let _ = write!(
            self.front,
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>"#
        );
    }

    /// A line in front.
    pub fn line(&mut self, class: &str, x1: f64, y1: f64, x2: f64, y2: f64) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Tenths);
        let _ = write!(
            self.front,
            r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        );
    }

    /// A line behind everything.
    pub fn line_behind(&mut self, class: &str, x1: f64, y1: f64, x2: f64, y2: f64) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Tenths);
        let _ = write!(
            self.behind,
            r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        );
    }

    /// A text; hostile characters are escaped.
    pub fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        let [x, y] = [x, y].map(Tenths);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let _ = write!(
            self.front,
            r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{}</text>"#,
            escaped(text)
        );
    }

    /// A diamond around a point.
    pub fn diamond(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let _ = write!(
            self.front,
            r#"<path class="{class}" d="M{} {}l{radius} {radius}l-{radius} {radius}l-{radius} -{radius}z"/>"#,
            Tenths(x),
            Tenths(y - radius)
        );
    }

    /// A numbered disc that leads to an event of the page.
    pub fn disc(&mut self, x: f64, y: f64, number: usize, fragment: &str, label: &str) {
        let below = Tenths(y + 3.8);
        let [x, y] = [x, y].map(Tenths);
        let _ = write!(
            self.links,
            r##"<a href="#{}"><title>{}</title><circle class="disc" cx="{x}" cy="{y}" r="9"/><text class="number" x="{x}" y="{below}" text-anchor="middle">{number}</text></a>"##,
            escaped(fragment),
            escaped(label)
        );
    }

    /// The finished drawing. Its title and its description are read aloud; the rest is for the eye, and
    /// the page's tables say it in words.
    pub fn finish(
        self,
        name: &str,
        width: f64,
        height: f64,
        title: &str,
        description: &str,
    ) -> String {
        format!(
            r#"<svg class="drawing {name}" viewBox="0 0 {width:.0} {height:.0}" role="group" aria-labelledby="drawing-{name}" aria-describedby="drawing-{name}-text"><title id="drawing-{name}">{}</title><desc id="drawing-{name}-text">{}</desc><defs><linearGradient id="fade-{name}"><stop class="fade-from" offset="0"/><stop class="fade-to" offset="1"/></linearGradient></defs><g aria-hidden="true">{}{}</g>{}</svg>"#,
            escaped(title),
            escaped(description),
            self.behind,
            self.front,
            self.links,
        )
    }

    /// Lets what goes on fade out towards the edge.
    pub fn fade(&mut self, name: &str, x: f64, y: f64, width: f64, height: f64) {
        let [x, y, width, height] = [x, y, width, height].map(Tenths);
        let _ = write!(
            self.front,
            r#"<rect fill="url(#fade-{name})" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        );
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    push_escaped(text, &mut safe);
    safe
}

/// About how wide a text is, in the size given. Fonts differ, so it is on the generous side.
pub fn width_of(text: &str, size: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '('
            | ')' | ' ' => 0.36,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.93,
            'A'..='Z' | '0'..='9' => 0.68,
            c if u32::from(c) >= 0x1100 => 1.05,
            _ => 0.59,
        })
        .sum();
    ems * size
}

/// The text, cut with an ellipsis where it is wider than there is room; nothing where even a few
/// letters do not fit.
pub fn fitted(text: &str, size: f64, room: f64) -> Option<String> {
    if width_of(text, size) <= room {
        return Some(text.to_owned());
    }
    let mut cut = String::new();
    for c in text.chars() {
        if width_of(&cut, size) + width_of("…", size) + width_of(&c.to_string(), size) > room {
            break;
        }
        cut.push(c);
    }
    let cut = cut.trim_end_matches([' ', ',', '.', ':']).to_owned();
    (cut.chars().count() >= 4).then(|| format!("{cut}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_its_room() {
        assert_eq!(fitted("Down", 12.0, 100.0).as_deref(), Some("Down"));
        let cut =
            fitted("The agent is rolled out to all clusters", 12.0, 100.0).expect("a cut text");
        assert!(cut.ends_with('…') && width_of(&cut, 12.0) <= 101.0, "{cut}");
        assert_eq!(fitted("Degraded", 12.0, 10.0), None);
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let mut canvas = Canvas::default();
        canvas.text("row", Anchor::Start, 0.0, 0.0, "</text><script>");
        canvas.disc(0.0, 0.0, 1, "t1", "\"><script>");
        let svg = canvas.finish("wide", 10.0, 10.0, "</title>", "]]>");
        assert!(
            !svg.contains("<script>") && !svg.contains("\"><script"),
            "{svg}"
        );
    }
}
