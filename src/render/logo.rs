use super::base64::base64;

/// The largest logo, in bytes: it is in every page.
const LARGEST: usize = 256 * 1024;

/// No logo is larger than this; what is larger need not be read.
pub const LARGEST_LOGO: u64 = LARGEST as u64;

/// A picture that stands in every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Why a file is no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoError {
    /// It is too large.
    TooLarge,
    /// It is none of the kinds that every browser shows, or it is cut off.
    NoPicture,
    /// It is an SVG with more than shapes in it: this.
    Active(&'static str),
}

impl LogoError {
    /// What is wrong, behind the name of the file.
    pub fn what(self) -> &'static str {
        match self {
            Self::TooLarge => "is larger than 256 KiB, and would be in every page",
            Self::NoPicture => "is no PNG, JPEG or SVG, whatever it is called",
            Self::Active(_) => "is an SVG with more than shapes in it",
        }
    }

    /// What to do.
    pub fn help(self) -> &'static str {
        match self {
            Self::TooLarge => "a logo is shown some 30 pixels high: make it smaller",
            Self::NoPicture => "export it again, as SVG or PNG",
            Self::Active(what) => what,
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_END: &[u8] = b"IEND\xaeB`\x82";
const JPEG: &[u8] = b"\xff\xd8\xff";
const JPEG_END: &[u8] = b"\xff\xd9";

/// What an SVG may not have. A browser that shows it as an image runs no script and loads nothing; but a
/// picture can be opened by itself, too.
const ACTIVE: [(&str, &str); 9] = [
    ("<script", "take out its `<script>`"),
    ("<foreignobject", "take out its `<foreignObject>`"),
    ("<iframe", "take out its `<iframe>`"),
    ("<!doctype", "take out its `<!DOCTYPE>`"),
    ("<!entity", "take out its `<!ENTITY>`"),
    (
        "<?xml-stylesheet",
        "take out its style sheet, or export it as PNG",
    ),
    ("@import", "take out its `@import`, or export it as PNG"),
    ("javascript:", "take out its links"),
    ("<image", "it holds another picture: export it as PNG"),
];

impl Logo {
    /// Looks at a file. What it is its bytes say, whatever it is called.
    pub fn of(file: &[u8]) -> Result<Self, LogoError> {
        if file.len() > LARGEST {
            return Err(LogoError::TooLarge);
        }
        let ends = |end: &[u8]| file.trim_ascii_end().ends_with(end) || file.ends_with(end);
        let media_type = if file.starts_with(PNG) && ends(PNG_END) {
            "image/png"
        } else if file.starts_with(JPEG) && ends(JPEG_END) {
            "image/jpeg"
        } else {
            let text = std::str::from_utf8(file).map_err(|_| LogoError::NoPicture)?;
            svg(text)?;
            "image/svg+xml"
        };
        Ok(Self {
            media_type,
            bytes: file.to_owned(),
        })
    }

    /// The address that holds all of it.
    pub fn address(&self) -> String {
        format!("data:{};base64,{}", self.media_type, base64(&self.bytes))
    }
}

/// Looks whether a text is an SVG that only draws.
fn svg(text: &str) -> Result<(), LogoError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let begins = text.starts_with("<svg") || text.starts_with("<?xml") || text.starts_with("<!--");
    if !begins || !text.contains("<svg") || !text.ends_with("</svg>") {
        return Err(LogoError::NoPicture);
    }
    let small = text.to_ascii_lowercase();
    if let Some((_, help)) = ACTIVE.iter().find(|(what, _)| small.contains(what)) {
        return Err(LogoError::Active(help));
    }
    // References lead to parts of the picture itself.
    for reference in ["href", "url("] {
        for (at, _) in small.match_indices(reference) {
            let rest = small.get(at + reference.len()..).unwrap_or("");
            let target = rest.trim_start_matches([' ', '\t', '\r', '\n', '=', '"', '\'']);
            if !target.starts_with('#') {
                return Err(LogoError::Active(
                    "it refers to something outside: export it as PNG",
                ));
            }
        }
    }
    let mut words =
        small.split(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/' | '<'));
    let is_handler = |word: &str| {
        let name = word.split('=').next().unwrap_or("");
        name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase())
    };
    if words.any(|word| word.contains('=') && is_handler(word)) {
        return Err(LogoError::Active("take out its `on…` attributes"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg_with(inner: &str) -> Result<Logo, LogoError> {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inner}</svg>\n"
        );
        Logo::of(text.as_bytes())
    }

    #[test]
    fn a_picture_is_told_by_its_bytes() {
        let png = [PNG, b"\0\0\0\0", PNG_END].concat();
        let address = Logo::of(&png).map(|logo| logo.address());
        assert_eq!(
            address.as_deref(),
            Ok("data:image/png;base64,iVBORw0KGgoAAAAASUVORK5CYII=")
        );
        let jpeg = [JPEG, b"\xe0..", JPEG_END].concat();
        assert!(Logo::of(&jpeg).is_ok_and(|logo| logo.media_type == "image/jpeg"));
        for file in [
            &b""[..],
            b"GIF89a",
            b"<html></html>",
            &png[..19],
            b"\x89PNG",
            b"<svg",
            b"\xff\xfe",
        ] {
            assert_eq!(Logo::of(file), Err(LogoError::NoPicture), "{file:?}");
        }
        let large = [PNG, &vec![0; LARGEST][..], PNG_END].concat();
        assert_eq!(Logo::of(&large), Err(LogoError::TooLarge));
    }

    #[test]
    fn an_svg_only_draws() {
        for inner in [
            "",
            "<path d=\"M0 0h1\" fill=\"url(#a)\"/>",
            "<use href=\"#a\"/><use xlink:href='#b'/><title>one=two on time</title>",
        ] {
            assert!(
                svg_with(inner).is_ok_and(|logo| logo.media_type == "image/svg+xml"),
                "{inner}"
            );
        }
        for inner in [
            "<script>x</script>",
            "<SCRIPT/>",
            "<path onload=\"x\"/>",
            "<path\nonClick = 'x'/>".replace(" = ", "=").as_str(),
            "<path/onload=x/>",
            "<foreignObject/>",
            "<image href=\"#a\"/>",
            "<a href=\"https://example.com/\"/>",
            "<use xlink:href = \"a.svg#b\"/>",
            "<style>@import 'x'</style>",
            "<path fill=\"url(https://example.com/)\"/>",
            "<path fill=\"url( 'x')\"/>",
        ] {
            assert!(
                matches!(svg_with(inner), Err(LogoError::Active(_))),
                "{inner}"
            );
        }
        let entity = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg></svg>";
        assert!(Logo::of(entity.as_bytes()).is_err());
    }
}
