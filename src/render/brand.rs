use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::{self, Colour};

use super::clean;
use super::logo::{Logo, LogoError};

/// What text needs to be read on a page, by the Web Content Accessibility Guidelines, level AA.
const LEAST_CONTRAST: f64 = 4.5;

/// What accents stand on in the light: the page, and the tint behind what is marked.
const LIGHT: [Colour; 2] = [Colour::WHITE, Colour::new(0xf5, 0xf7, 0xf9)];

/// The same in the dark.
const DARK: [Colour; 2] = [Colour::new(0x10, 0x14, 0x18), Colour::new(0x17, 0x1d, 0x23)];

/// Whose page it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Brand {
    /// What stands above the page.
    pub(crate) name: Option<String>,
    /// The address that holds the logo, for `src`: `data:image/png;base64,…`. It needs no escape.
    pub(crate) logo: Option<String>,
    /// The accent colour in light, dark and print, for a `<style>`. It needs no escape.
    pub(crate) style: Option<String>,
}

/// Why a brand cannot be shown.
#[derive(Debug, Clone, PartialEq)]
pub enum BrandError {
    /// The logo is none.
    Logo(LogoError),
    /// A colour cannot be read by everybody.
    Contrast {
        /// The key in the configuration.
        key: &'static str,
        /// What it says.
        colour: Colour,
        /// The contrast that it has.
        contrast: f64,
        /// What it stands on: `light` or `dark`.
        on: &'static str,
        /// The nearest shade with enough contrast.
        instead: Colour,
    },
}

impl BrandError {
    /// What is wrong, in a line.
    pub fn what(&self) -> String {
        match self {
            Self::Logo(error) => error.what().to_owned(),
            Self::Contrast {
                key,
                colour,
                contrast,
                on,
                ..
            } => {
                // Never rounded up to what is needed.
                let contrast = (contrast * 10.0).floor() / 10.0;
                format!(
                    "`brand.{key}` is {colour}, which has a contrast of {contrast:.1} to 1 on a {on} page; text needs 4.5 to 1"
                )
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Logo(error) => error.help().to_owned(),
            Self::Contrast { instead, .. } => {
                format!("the nearest shade that everybody can read is {instead}")
            }
        }
    }
}

impl Brand {
    /// The brand of a configuration; nothing where it has none. `logo` is what the file of the logo holds.
    pub fn of(config: &config::Brand, logo: Option<&[u8]>) -> Result<Option<Self>, BrandError> {
        if *config == config::Brand::default() {
            return Ok(None);
        }
        let logo = logo.map(Logo::of).transpose().map_err(BrandError::Logo)?;
        Ok(Some(Self {
            name: config.name.as_deref().map(clean::line),
            logo: logo.map(|logo| logo.address()),
            style: config
                .accent
                .map(|accent| style(accent, config.accent_dark))
                .transpose()?,
        }))
    }

    /// A page without its logo, whose letters are no words. Everything else stays at its place.
    pub fn without_logo<'a>(&self, page: &'a str) -> Cow<'a, str> {
        match &self.logo {
            Some(logo) if page.contains(logo.as_str()) => {
                Cow::Owned(page.replace(logo.as_str(), &"-".repeat(logo.len())))
            }
            _ => Cow::Borrowed(page),
        }
    }
}

fn style(accent: Colour, dark: Option<Colour>) -> Result<String, BrandError> {
    let readable = |key, colour: Colour, on, grounds: &[Colour; 2], towards| {
        let contrast = least(colour, grounds);
        if contrast >= LEAST_CONTRAST {
            return Ok(colour);
        }
        let instead = shade(colour, grounds, towards);
        Err(BrandError::Contrast {
            key,
            colour,
            contrast,
            on,
            instead,
        })
    };
    let light = readable("accent", accent, "light", &LIGHT, Colour::BLACK)?;
    let dark = match dark {
        Some(dark) => readable("accent_dark", dark, "dark", &DARK, Colour::WHITE)?,
        None => shade(accent, &DARK, Colour::WHITE),
    };
    Ok(format!(
        ":root{{--accent:{light}}}@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}@media print{{:root{{--accent:{light}}}}}"
    ))
}

fn least(colour: Colour, grounds: &[Colour; 2]) -> f64 {
    let contrasts = grounds.iter().map(|ground| colour.contrast(*ground));
    contrasts.fold(f64::INFINITY, f64::min)
}

/// The nearest colour on the way to another that can be read.
fn shade(colour: Colour, grounds: &[Colour; 2], towards: Colour) -> Colour {
    (0..=100)
        .map(|steps| colour.towards(towards, steps))
        .find(|shade| least(*shade, grounds) >= LEAST_CONTRAST)
        .unwrap_or(towards)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::BuiltIn;

    fn made(accent: &str, dark: Option<&str>) -> Result<String, BrandError> {
        let colour = |text: &str| text.parse().expect("a colour");
        style(colour(accent), dark.map(colour))
    }

    #[test]
    fn the_grounds_are_those_of_the_page() {
        let files = BuiltIn::FULL.files();
        let style = files.iter().find(|(name, _)| name == "style.css");
        let (_, style) = style.expect("it is there");
        let dark = style
            .find("prefers-color-scheme:dark")
            .expect("a dark page");
        for (grounds, style) in [(LIGHT, &style[..dark]), (DARK, &style[dark..])] {
            let [page, tint] = grounds.map(|colour| colour.to_string().replace("#ffffff", "#fff"));
            assert!(style.contains(&format!("--page:{page};")), "{page}");
            assert!(style.contains(&format!("--tint:{tint};")), "{tint}");
        }
    }

    #[test]
    fn a_dark_page_gets_a_lighter_shade() {
        let style = made("#0b5cad", None).expect("readable");
        assert!(style.starts_with(":root{--accent:#0b5cad}"), "{style}");
        let dark = style
            .split("--accent:")
            .nth(2)
            .and_then(|rest| rest.get(..7));
        let dark: Colour = dark.and_then(|dark| dark.parse().ok()).expect("a colour");
        assert!(least(dark, &DARK) >= LEAST_CONTRAST, "{dark}");
        let style = made("#0b5cad", Some("#7ab8f5")).expect("readable");
        assert!(style.contains("dark){:root{--accent:#7ab8f5}}"), "{style}");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_shade_that_can() {
        let error = made("#ffcc00", None).expect_err("yellow on white");
        assert!(
            error
                .what()
                .starts_with("`brand.accent` is #ffcc00, which has a contrast of 1."),
            "{}",
            error.what()
        );
        let BrandError::Contrast { instead, .. } = &error else {
            panic!("{error:?}")
        };
        assert!(made(&instead.to_string(), None).is_ok(), "{instead}");
        assert!(made(&instead.towards(Colour::WHITE, 3).to_string(), None).is_err());
        let error = made("#0b5cad", Some("#0b5cad")).expect_err("dark on dark");
        assert!(error.what().contains("accent_dark") && error.what().contains("dark page"));
        // Whatever the colour, there is a shade.
        for colour in [
            "#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#808080",
        ] {
            match made(colour, None) {
                Ok(_) => {}
                Err(BrandError::Contrast { instead, .. }) => {
                    assert!(made(&instead.to_string(), None).is_ok(), "{colour}");
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}
