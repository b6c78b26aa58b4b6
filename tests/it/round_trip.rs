//! What the model can hold is written, and read back the same by both readers.

use postmortem::document::{Document, write};
use postmortem::model::Postmortem;
use postmortem::text::Source;
use postmortem::yaml::read_as_others_do;
use proptest::prelude::*;

use crate::arbitrary::postmortem;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn both_readers_read_what_was_written(document in postmortem()) {
        let text = match write(&document) {
            Ok(text) => text,
            Err(error) => return Err(TestCaseError::fail(format!("{error}\n{}", postmortem::yaml::write(&document).unwrap_or_default()))),
        };
        let reading = Document::read(Source::new("x.yaml", text.as_str()));
        prop_assert!(reading.findings.is_empty(), "{:?}\n{text}", reading.findings);
        let ours = reading.document.expect("a document");
        prop_assert_eq!(ours.postmortem(), &document, "{}", text);
        let theirs: Postmortem = read_as_others_do(&text).expect("others read it");
        prop_assert_eq!(&theirs, &document, "{}", text);
        // What is written is settled: writing it again changes no byte.
        prop_assert_eq!(write(ours.postmortem()).expect("it is written"), text);
    }
}
