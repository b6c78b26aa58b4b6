use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Colour;

/// Whose pages these are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// What stands above every page.
    pub name: Option<String>,
    /// A picture before the name, from the folder of this file: PNG, JPEG or SVG, at most 256 KiB.
    pub logo: Option<PathBuf>,
    /// The colour of links and marks. On white it needs a contrast of 4.5 to 1.
    pub accent: Option<Colour>,
    /// The same on dark pages; a lighter shade of `accent` where it is absent.
    pub accent_dark: Option<Colour>,
}

impl Brand {
    /// What is wrong with it; nothing if it can be shown.
    pub(super) fn mistake(&self) -> Option<String> {
        let is_blank = |name: &String| name.trim().is_empty() || name.contains(char::is_control);
        if self.name.as_ref().is_some_and(is_blank) {
            return Some("`brand.name` is empty or holds a control character".to_owned());
        }
        if self.logo.is_some() && self.name.is_none() {
            return Some(
                "`brand.logo` has no `brand.name` beside it, which is read to who cannot see a picture"
                    .to_owned(),
            );
        }
        if self.accent_dark.is_some() && self.accent.is_none() {
            return Some("`brand.accent_dark` needs `brand.accent`, its light fellow".to_owned());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_brand_that_cannot_be_shown_is_an_error() {
        for wrong in [
            "name = \" \"",
            "name = \"a\\u001bb\"",
            "logo = \"a.png\"",
            "accent_dark = \"#fff\"",
            "accent = \"blue\"",
            "colour = \"#fff\"",
        ] {
            assert!(
                Config::parse(&format!("[brand]\n{wrong}\n")).is_err(),
                "{wrong}"
            );
        }
        let right = "[brand]\nname = \"A\"\nlogo = \"a.png\"\naccent = \"#0b5cad\"\n";
        assert!(Config::parse(right).is_ok());
    }
}
