use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::secrets;
use crate::text;

use super::base64::base64;
use super::picture::{Picture, Unreadable};
use super::spoken::grouped;

/// The largest picture that a page holds, in bytes.
const LARGEST_PICTURE: usize = 2 * 1024 * 1024;

/// The largest text that a page holds, in bytes.
const LARGEST_TEXT: usize = 256 * 1024;

/// No file is larger than this that any page holds; what is larger need not be read.
pub const LARGEST_ATTACHMENT: u64 = 2 * 1024 * 1024;

/// A picture inside the page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PictureView {
    /// The address that holds it, for `src`: `data:image/png;base64,…`. It needs no escape.
    pub(crate) data: String,
    /// In pixels.
    pub(crate) width: String,
    /// In pixels.
    pub(crate) height: String,
}

/// A text inside the page: a log, an excerpt, a table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TextView {
    /// All of it, without colours and other marks for terminals.
    pub(crate) text: String,
    /// How many lines it has, `1,204 lines`.
    pub(crate) lines: String,
}

/// What a file beside the document is to a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Embedded {
    /// It is shown.
    Picture(PictureView),
    /// It is shown, folded.
    Text(TextView),
}

/// Why a file is not on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// What is wrong with it, behind its name: `is cut off`.
    pub why: String,
    /// What to do.
    pub help: &'static str,
}

impl Unfit {
    fn new(why: impl Into<String>, help: &'static str) -> Self {
        Self {
            why: why.into(),
            help,
        }
    }
}

impl Embedded {
    /// A finished page in which this picture is blotted out, byte for byte: its code is no word, and would be taken
    /// for one by chance.
    pub fn blotted_out_of(&self, page: &str) -> String {
        match self {
            Self::Picture(picture) => page.replace(&picture.data, &"-".repeat(picture.data.len())),
            Self::Text(_) => page.to_owned(),
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Picture(_) => None,
            Self::Text(text) => Some(&text.text),
        }
    }

    /// Looks at a file. What it is its bytes say, whatever it is called.
    pub fn of(file: &[u8]) -> Result<Self, Unfit> {
        match Picture::of(file) {
            Some(Ok(_)) if file.len() > LARGEST_PICTURE => Err(too_large()),
            Some(Ok(picture)) => Ok(Self::Picture(PictureView {
                data: format!(
                    "data:{};base64,{}",
                    picture.media_type,
                    base64(&picture.bytes)
                ),
                width: picture.width.to_string(),
                height: picture.height.to_string(),
            })),
            Some(Err(Unreadable::Broken)) => Err(Unfit::new(
                "begins like a picture and is none",
                "export it again: it may have been cut off",
            )),
            Some(Err(Unreadable::TooManyPixels)) => Err(Unfit::new(
                "has more than 50 million pixels",
                "make it smaller",
            )),
            None => of_text(file).map(Self::Text),
        }
    }
}

fn too_large() -> Unfit {
    Unfit::new(
        "is too large for a page: a picture may have 2 MiB, a text 256 KiB",
        "attach the part that matters, and link to the whole",
    )
}

fn of_text(file: &[u8]) -> Result<TextView, Unfit> {
    let is_text = |text: &&str| !text.contains('\0');
    let Some(text) = std::str::from_utf8(file).ok().filter(is_text) else {
        return Err(Unfit::new(
            "is neither a picture (PNG, JPEG, GIF, WebP) nor text",
            "export what matters as a picture or a text, and attach that",
        ));
    };
    if file.len() > LARGEST_TEXT {
        return Err(too_large());
    }
    let text = text::plain(text);
    let text = text.trim_start_matches('\u{feff}').trim_end();
    // As a text it is no picture, and as a picture it may hold words that nobody sees and scripts.
    if text.starts_with('<') && text.contains("<svg") {
        return Err(Unfit::new(
            "is an SVG, which may hold scripts and words that nobody sees",
            "export it as PNG",
        ));
    }
    if let Some(secret) = secrets(text).first() {
        let line = text
            .get(..secret.span.start)
            .map_or(1, |before| before.matches('\n').count() + 1);
        return Err(Unfit::new(
            format!("holds {} in line {line}", secret.what),
            "take it out, and replace it: whoever has the file has it",
        ));
    }
    let count = text.lines().count();
    Ok(TextView {
        lines: match count {
            0 => "empty".to_owned(),
            1 => "1 line".to_owned(),
            _ => format!("{} lines", grouped(&count.to_string())),
        },
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(file: &[u8]) -> String {
        match Embedded::of(file) {
            Err(unfit) => unfit.why,
            Ok(embedded) => panic!("{embedded:?}"),
        }
    }

    #[test]
    fn a_text_is_shown_without_its_colours() {
        let log = Embedded::of(b"\xef\xbb\xbfone\r\n\x1b[31mtwo\x1b[0m <b>\r\n\r\n");
        let expected = TextView {
            text: "one\ntwo <b>".to_owned(),
            lines: "2 lines".to_owned(),
        };
        assert_eq!(log, Ok(Embedded::Text(expected)));
        match Embedded::of("x\n".repeat(1_204).as_bytes()) {
            Ok(Embedded::Text(text)) => assert_eq!(text.lines, "1,204 lines"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_page_cannot_hold_says_why() {
        assert!(why(b"%PDF-1.7\0").contains("neither a picture"));
        assert!(why(b"caf\xe9").contains("neither a picture"));
        assert!(why(b"\x89PNG\r\n\x1a\n....").contains("is none"));
        assert!(why(b" <?xml version='1.0'?>\n<svg onload='x'/>".trim_ascii()).contains("SVG"));
        assert!(why("x".repeat(LARGEST_TEXT + 1).as_bytes()).contains("too large"));
        let key = format!("a\nb AKIA{}\n", "QWERTYUIOPASDFGH");
        assert_eq!(why(key.as_bytes()), "holds an AWS access key in line 2");
    }
}
