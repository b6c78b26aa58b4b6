use std::fmt::Write;

use super::super::entities::push_escaped;
use super::tenths::{push_tenths, push_whole};

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

/// What a drawing is written of.
enum Piece<'a> {
    /// Markup, as it is.
    Mark(&'a str),
    /// Words of the document, in which hostile characters are escaped.
    Words(&'a str),
    /// A length, with one digit behind the point.
    Length(f64),
    /// A number.
    Count(usize),
}

use Piece::{Count, Length, Mark, Words};

/// Writes pieces one behind the other. There are thousands of them in a drawing.
fn push(to: &mut String, pieces: &[Piece<'_>]) {
    for piece in pieces {
        match *piece {
            Mark(text) => to.push_str(text),
            Words(text) => push_escaped(text, to),
            Length(length) => push_tenths(length, to),
            Count(count) => push_whole(count as u64, to),
        }
    }
}

/// Writes lengths as attributes of an element.
fn push_lengths(to: &mut String, lengths: &[(&str, f64)]) {
    for (name, length) in lengths {
        push(
            to,
            &[
                Mark(" "),
                Mark(name),
                Mark("=\""),
                Length(*length),
                Mark("\""),
            ],
        );
    }
}

/// A line between two points.
fn push_line(to: &mut String, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
    push(to, &[Mark("<line class=\""), Mark(class), Mark("\"")]);
    push_lengths(to, &[("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]);
    to.push_str("/>");
}

impl Canvas {
    /// A box with a class.
    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let to = &mut self.front;
        push(to, &[Mark("<rect class=\""), Mark(class), Mark("\"")]);
        let round = 3.0_f64.min(width / 2.0);
        push_lengths(
            to,
            &[
                ("x", x),
                ("y", y),
                ("width", width),
                ("height", height),
                ("rx", round),
            ],
        );
        to.push_str("/>");
    }

    /// A line in front.
    pub fn line(&mut self, class: &str, x1: f64, y1: f64, x2: f64, y2: f64) {
        push_line(&mut self.front, class, [x1, y1, x2, y2]);
    }

    /// A line behind everything.
    pub fn line_behind(&mut self, class: &str, x1: f64, y1: f64, x2: f64, y2: f64) {
        push_line(&mut self.behind, class, [x1, y1, x2, y2]);
    }

    /// A text; hostile characters are escaped.
    pub fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "\">",
            Anchor::Middle => "\" text-anchor=\"middle\">",
            Anchor::End => "\" text-anchor=\"end\">",
        };
        push(
            &mut self.front,
            &[
                Mark("<text class=\""),
                Mark(class),
                Mark("\" x=\""),
                Length(x),
                Mark("\" y=\""),
                Length(y),
                Mark(anchor),
                Words(text),
                Mark("</text>"),
            ],
        );
    }

    /// A diamond around a point.
    pub fn diamond(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let _ = write!(self.front, r#"<path class="{class}" d="M"#);
        push(&mut self.front, &[Length(x), Mark(" "), Length(y - radius)]);
        let _ = write!(
            self.front,
            r#"l{radius} {radius}l-{radius} {radius}l-{radius} -{radius}z"/>"#
        );
    }

    /// A numbered disc that leads to an event of the page.
    pub fn disc(&mut self, x: f64, y: f64, number: usize, fragment: &str, label: &str) {
        let class = match number {
            0..100 => "number",
            // Three digits are as wide as a disc.
            _ => "number small",
        };
        push(
            &mut self.links,
            &[
                Mark("<a href=\"#"),
                Words(fragment),
                Mark("\"><title>"),
                Words(label),
                Mark("</title><circle class=\"disc\" cx=\""),
                Length(x),
                Mark("\" cy=\""),
                Length(y),
                Mark("\" r=\"9\"/><text class=\""),
                Mark(class),
                Mark("\" x=\""),
                Length(x),
                Mark("\" y=\""),
                Length(y + 3.8),
                Mark("\" text-anchor=\"middle\">"),
                Count(number),
                Mark("</text></a>"),
            ],
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
        let parts = [&self.behind, &self.front, &self.links, title, description];
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut svg = String::with_capacity(length + 512);
        let _ = write!(
            svg,
            r#"<svg class="drawing {name}" viewBox="0 0 {width:.0} {height:.0}" role="group" aria-labelledby="drawing-{name}" aria-describedby="drawing-{name}-text">"#
        );
        push(
            &mut svg,
            &[
                Mark("<title id=\"drawing-"),
                Mark(name),
                Mark("\">"),
                Words(title),
                Mark("</title><desc id=\"drawing-"),
                Mark(name),
                Mark("-text\">"),
                Words(description),
                Mark("</desc><defs><linearGradient id=\"fade-"),
                Mark(name),
                Mark(
                    r#""><stop class="fade-from" offset="0"/><stop class="fade-to" offset="1"/></linearGradient></defs><g aria-hidden="true">"#,
                ),
                Mark(&self.behind),
                Mark(&self.front),
                Mark("</g>"),
                Mark(&self.links),
                Mark("</svg>"),
            ],
        );
        svg
    }

    /// Lets what goes on fade out towards the edge.
    pub fn fade(&mut self, name: &str, x: f64, y: f64, width: f64, height: f64) {
        let to = &mut self.front;
        push(
            to,
            &[Mark("<rect fill=\"url(#fade-"), Mark(name), Mark(")\"")],
        );
        push_lengths(
            to,
            &[("x", x), ("y", y), ("width", width), ("height", height)],
        );
        to.push_str("/>");
    }
}

/// About how wide a text is, in the size given. Fonts differ, so it is on the generous side.
pub fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * size
}

/// The width of a character, in sizes of its font.
fn ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '('
        | ')' | ' ' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.93,
        'A'..='Z' | '0'..='9' => 0.68,
        c if u32::from(c) >= 0x1100 => 1.05,
        _ => 0.59,
    }
}

/// The text, cut with an ellipsis where it is wider than there is room; nothing where even a few
/// letters do not fit.
pub fn fitted(text: &str, size: f64, room: f64) -> Option<String> {
    if width_of(text, size) <= room {
        return Some(text.to_owned());
    }
    let mut cut = String::new();
    let mut taken = 0.0;
    for c in text.chars() {
        if taken * size + width_of("…", size) + ems(c) * size > room {
            break;
        }
        taken += ems(c);
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
