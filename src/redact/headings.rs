/// Whether a text, as it is compared, is a heading or a label that pages print by themselves.
///
/// Notes for the company have such headings too, and say nothing by them.
pub fn is_heading(skeleton: &str) -> bool {
    HEADINGS.contains(&skeleton)
}

/// Those with twelve characters or more; shorter texts are not looked for.
const HEADINGS: &[&str] = &[
    "action items",
    "actions taken",
    "contributing factor",
    "contributing factors",
    "corrective actions",
    "customer update",
    "data was corrupted",
    "data was exposed",
    "data was lost",
    "effect unknown",
    "error budget",
    "how did we do",
    "how it was fixed",
    "how it was noticed and fixed",
    "internal notes",
    "lessons learned",
    "lessons learnt",
    "made it last longer",
    "not known whether data was affected",
    "public update",
    "related incidents",
    "root cause",
    "root causes",
    "root causes why and why again",
    "supporting information",
    "time unknown",
    "times are utc",
    "users affected",
    "users affected for",
    "users told",
    "what changes",
    "what happened",
    "what is done about it",
    "what it depends on",
    "what users met",
    "what was learnt",
    "what was said while it lasted",
    "what we do about it",
    "what will change",
    "where luck helped",
    "who was affected",
    "why it happened",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::skeleton::{Skeleton, View};

    #[test]
    fn every_heading_of_a_template_is_known() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut count = 0;
        for template in std::fs::read_dir(folder).expect("templates") {
            let page = template.expect("an entry").path().join("page.md");
            let text = std::fs::read_to_string(page).unwrap_or_default();
            for heading in text.lines().filter_map(|line| line.strip_prefix("## ")) {
                let plain = Skeleton::of(heading, View::Whole).text().to_owned();
                if heading.contains('{') || plain.chars().count() < 12 {
                    continue;
                }
                assert!(is_heading(&plain), "{heading}");
                count += 1;
            }
        }
        assert!(count > 15, "{count}");
    }
}
