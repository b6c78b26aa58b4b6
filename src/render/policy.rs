use std::borrow::Cow;
use std::cell::RefCell;

use sha2::{Digest, Sha256};

use super::base64::base64;

/// Stands in a template where the hash of the page's styles belongs.
pub const PLACEHOLDER: &str = "sha256-of-the-style";

/// How the page's policy begins.
const POLICY: &str = r#"<meta http-equiv="Content-Security-Policy" content=""#;

/// What a policy says of pictures.
const PICTURES: &str = " img-src data:;";

/// Puts the hashes of the styles of a page into its policy, so that a browser takes these styles and no
/// others.
///
/// Text of a document can bring neither a style nor a policy: `<` is escaped in it. Templates may bring more
/// than one style. The placeholder counts in a policy only; elsewhere it is words.
pub fn seal(mut page: String) -> String {
    let in_policy = || {
        let from = page.find(POLICY)? + POLICY.len();
        let until = from + page.get(from..)?.find('"')?;
        Some(from + page.get(from..until)?.find(PLACEHOLDER)?)
    };
    let Some(at) = in_policy() else {
        return page;
    };
    let hashes: Vec<Cow<'static, str>> = styles(&page).map(hash).collect();
    // The quotes stand in the template, around the placeholder.
    let sources = if hashes.is_empty() {
        "none".to_owned()
    } else {
        hashes.join("' '")
    };
    // From the back, so that what stands before stays where it is.
    let behind = at + PLACEHOLDER.len();
    let pictures = page[behind..].find(PICTURES).map(|found| behind + found);
    if let Some(pictures) = pictures {
        let end = pictures + PICTURES.len();
        // A page without pictures may not show any.
        if !page[behind..pictures].contains('>') && find(&page[end..], "data:").is_none() {
            page.replace_range(pictures..end, "");
        }
    }
    page.replace_range(at..behind, &sources);
    page
}

/// Where words stand in a whole page, which is long.
fn find(page: &str, words: &str) -> Option<usize> {
    memchr::memmem::find(page.as_bytes(), words.as_bytes())
}

fn styles(page: &str) -> impl Iterator<Item = &str> {
    const BEGIN: &str = "<style>";
    let mut rest = page;
    std::iter::from_fn(move || {
        rest = &rest[find(rest, BEGIN)? + BEGIN.len()..];
        let end = find(rest, "</style>")?;
        let style;
        (style, rest) = rest.split_at(end);
        Some(style)
    })
}

/// The style of the built-in pages, and its hash.
const STYLE: &str = include_str!("../../templates/full/style.css");
const STYLE_HASH: &str = env!("STYLE_HASH");

thread_local! {
    // The same style stands in page after page, and is most of what is hashed.
    static LAST: RefCell<(Cow<'static, str>, Cow<'static, str>)> =
        const { RefCell::new((Cow::Borrowed(STYLE), Cow::Borrowed(STYLE_HASH))) };
}

/// The shortest style that is worth remembering, in bytes.
const LONG: usize = 4096;

fn hash(style: &str) -> Cow<'static, str> {
    let known = LAST.with_borrow(|(known, hash)| (known == style).then(|| hash.clone()));
    if let Some(hash) = known {
        return hash;
    }
    let hash = hashed(style);
    if style.len() >= LONG {
        LAST.set((style.to_owned().into(), hash.clone().into()));
    }
    hash.into()
}

fn hashed(style: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(style.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_the_hash_of_each_style() {
        let page = seal(format!(
            "{PLACEHOLDER}{POLICY}'{PLACEHOLDER}'\">{PLACEHOLDER}<style>a</style><style></style>"
        ));
        let page = page.replace(POLICY, "");
        assert_eq!(
            page,
            "sha256-of-the-style'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='\">sha256-of-the-style<style>a</style><style></style>"
        );
    }

    #[test]
    fn the_hash_of_the_built_in_style_is_its_hash() {
        assert_eq!(STYLE_HASH, hashed(STYLE));
        assert_eq!(hash(STYLE), STYLE_HASH);
    }

    #[test]
    fn a_long_style_keeps_its_hash() {
        let (one, other) = ("a".repeat(LONG), "b".repeat(LONG));
        let first = hash(&one);
        assert_ne!(first, hash(&other));
        assert_eq!((hash(&one), hash(&one)), (first.clone(), first));
    }

    #[test]
    fn a_page_without_pictures_lets_none_in() {
        let page = |rest: &str| {
            seal(format!(
                "{POLICY}style-src '{PLACEHOLDER}'; img-src data:; base-uri 'none'\"><style></style>{rest}"
            ))
        };
        assert!(!page("<p>x</p>").contains("img-src"));
        assert!(page("<p>x</p>").contains("'; base-uri 'none'\">"));
        assert!(page("<img src=\"data:image/png;base64,AA==\">").contains(" img-src data:;"));
    }
}
