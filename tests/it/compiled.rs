//! The built-in templates are made into Rust when the program is built; what they mean is what Tera makes of them.

use postmortem::config::{self, Config};
use postmortem::model::Postmortem;
use postmortem::redact;
use postmortem::render::{
    BUILT_IN, Brand, BuiltIn, Embedded, Format, Page, Readers, Renderer, UserTemplate,
};

use crate::edits::models;
use crate::templates::documents;

/// Each page of each built-in template: in Rust, and as Tera understands the same files.
fn both() -> Vec<(&'static BuiltIn, Format, Renderer, Renderer)> {
    let mut both = Vec::new();
    for template in &BUILT_IN {
        for format in template.formats() {
            let files = template.files().into_iter();
            let files = files.map(|(name, text)| (name, text.to_owned())).collect();
            let folder = UserTemplate::folder(template.name, files, format);
            let interpreted = Renderer::with(format, folder).expect("Tera compiles it");
            let compiled = Renderer::of(template, format).expect("it is there");
            both.push((template, format, compiled, interpreted));
        }
    }
    both
}

#[track_caller]
fn compare(name: &str, pages: &[Page]) {
    thread_local! {
        static BOTH: Vec<(&'static BuiltIn, Format, Renderer, Renderer)> = both();
    }
    BOTH.with(|both| {
        for (template, format, compiled, interpreted) in both {
            for page in pages {
                let ours = compiled.render(page).expect("a page");
                let teras = interpreted.render(page).expect("a page");
                assert!(
                    ours == teras,
                    "{name}, {} as {}:\n{}",
                    template.name,
                    format.spoken(),
                    first_difference(&ours, &teras)
                );
            }
        }
    });
}

fn first_difference(ours: &str, teras: &str) -> String {
    let pairs = ours.lines().zip(teras.lines());
    match pairs.enumerate().find(|(_, (ours, teras))| ours != teras) {
        Some((at, (ours, teras))) => format!("line {}\nours:  {ours}\nTera's: {teras}", at + 1),
        None => format!(
            "{} lines and {}",
            ours.lines().count(),
            teras.lines().count()
        ),
    }
}

/// What both readers see of a document: plain, and with all that does not stand in it, which is a brand, files beside
/// it, and a day that counts as today.
fn pages(document: &Postmortem) -> Vec<Page> {
    let config = Config::default();
    let public = redact::public(document, &config);
    let mut dressed = Page::of(document, &config, Readers::Internal);
    dressed.set_as_of(document, "2026-11-22".parse().expect("a day"));
    dressed.wear(brand());
    for index in 0..document.attachments.len() {
        let file: &[u8] = if index % 2 == 0 { PICTURE } else { b"a < b\n" };
        dressed.embed(index, Embedded::of(file).expect("it fits"));
    }
    vec![
        Page::of(document, &config, Readers::Internal),
        Page::of(&public, &config, Readers::Public),
        Page::of(document, &config, Readers::Public),
        dressed,
    ]
}

const PICTURE: &[u8] = include_bytes!("../documents/graphs/locks.png");

fn brand() -> Brand {
    let config = config::Brand {
        name: Some("Cats & Dogs".to_owned()),
        accent: Some("#0b6b3a".parse().expect("a colour")),
        ..config::Brand::default()
    };
    let brand = Brand::of(&config, Some(PICTURE)).expect("it can be shown");
    brand.expect("a brand")
}

#[test]
fn documents_that_are_kept_look_as_tera_makes_them() {
    for (name, document) in documents() {
        compare(&name, &pages(&document));
    }
}

#[test]
fn any_document_looks_as_tera_makes_it() {
    for (at, document) in models(7, 60).iter().enumerate() {
        compare(&format!("document {at}"), &pages(document));
    }
}

#[test]
fn what_a_template_does_not_read_is_missed_by_none() {
    let config = Config::default();
    for (name, document) in documents() {
        for (template, format, compiled, _) in both() {
            let whole = Page::of(&document, &config, Readers::Internal);
            let part = compiled.view(&document, &config, Readers::Internal);
            assert_eq!(
                compiled.render(&part),
                compiled.render(&whole),
                "{name}, {} as {}",
                template.name,
                format.spoken()
            );
        }
    }
}
