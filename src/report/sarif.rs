use serde_json::{Value, json};

use crate::diagnostic::{Fix, Level};

use super::finding::{Finding, Region};
use super::{
    Entries, Entry, FileFindings, Format, Run, all, entries_with_suppressed_by, json_list, safe,
};

/// SARIF 2.1.0, for code scanning.
#[derive(Debug, Clone, Copy)]
pub struct Sarif;

/// GitHub takes no file with more results.
const MOST: usize = 25_000;

impl Format for Sarif {
    fn entries(&self, file: &FileFindings) -> Vec<Entry> {
        entries_with_suppressed_by(file, |finding| safe::json(&result(finding)))
    }

    fn whole(&self, run: &Run<'_>, files: &[Entries]) -> Vec<u8> {
        let entries: Vec<&Entry> = all(files).collect();
        let kept = worst(&entries);
        let mut invocation = json!({ "executionSuccessful": run.complete });
        if kept.len() < entries.len() {
            let text = format!(
                "{} of {} findings are in this file: the worst, as many as are read elsewhere",
                kept.len(),
                entries.len()
            );
            invocation["toolExecutionNotifications"] =
                json!([{ "level": "warning", "message": { "text": text } }]);
        }
        let rules: Vec<Value> = run
            .rules
            .iter()
            .map(|rule| {
                let mut descriptor = json!({
                    "id": rule.name,
                    "shortDescription": { "text": rule.summary },
                    "help": { "text": rule.markdown, "markdown": rule.markdown },
                });
                descriptor["defaultConfiguration"] = match rule.level {
                    Some(level) => json!({ "level": level_word(level) }),
                    None => json!({ "enabled": false }),
                };
                descriptor
            })
            .collect();
        let driver = json!({
            "name": "postmortem",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        format!(
            "{{\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\"tool\": {{\"driver\": {}}},\n\
             \"columnKind\": \"unicodeCodePoints\",\n\
             \"newlineSequences\": [\"\\r\\n\", \"\\n\", \"\\r\"],\n\
             \"invocations\": [{}],\n\"results\": {}\n}}]\n}}\n",
            safe::json(&driver),
            safe::json(&invocation),
            json_list(kept.iter().map(|entry| entry.text.as_str())),
        )
        .into_bytes()
    }
}

/// As many as may be, the worst of them, in their order.
fn worst<'a>(entries: &[&'a Entry]) -> Vec<&'a Entry> {
    let mut room = MOST;
    let mut kept: Vec<(usize, &Entry)> = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Info] {
        let of_level = entries.iter().copied().enumerate();
        let of_level = of_level.filter(|(_, entry)| entry.level == level);
        kept.extend(of_level.take(room));
        room = MOST - kept.len();
    }
    kept.sort_by_key(|(index, _)| *index);
    kept.into_iter().map(|(_, entry)| entry).collect()
}

fn result(finding: &Finding<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule(),
        "level": level_word(finding.level()),
        "message": { "text": finding.message_and_help() },
        "locations": [{ "physicalLocation": place(finding, &finding.region()) }],
        "partialFingerprints": { "ruleAndLine/v1": finding.fingerprint() },
    });
    let others = finding.others().enumerate();
    let others: Vec<Value> = others
        .map(|(index, (region, words))| {
            json!({
                "id": index + 1,
                "physicalLocation": place(finding, &region),
                "message": { "text": words },
            })
        })
        .collect();
    if !others.is_empty() {
        result["relatedLocations"] = Value::Array(others);
    }
    if let Some(fix) = finding.fix() {
        result["fixes"] = json!([fixed(finding, fix)]);
    }
    if let Some(reason) = finding.suppressed() {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

fn fixed(finding: &Finding<'_>, fix: &Fix) -> Value {
    let changes = fix.replacements.iter().map(|change| {
        let mut value = json!({ "deletedRegion": region(&finding.region_of(&change.span)) });
        if !change.text.is_empty() {
            value["insertedContent"] = json!({ "text": change.text });
        }
        value
    });
    json!({
        "description": { "text": safe::line(&fix.what) },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&finding.file.path_raw()) },
            "replacements": changes.collect::<Vec<_>>(),
        }],
    })
}

fn place(finding: &Finding<'_>, at: &Region) -> Value {
    let mut region = region(at);
    if let Some(text) = finding.snippet(at) {
        region["snippet"] = json!({ "text": text });
    }
    json!({
        "artifactLocation": { "uri": uri(&finding.file.path_raw()) },
        "region": region,
    })
}

fn region(at: &Region) -> Value {
    json!({
        "startLine": at.start.line,
        "startColumn": at.start.column,
        "endLine": at.end.line,
        "endColumn": at.end.column,
        "byteOffset": at.bytes.start,
        "byteLength": at.bytes.len(),
    })
}

/// A path as a URI: relative, or with `file://` where it begins at the root.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("a b/ü#?:%.yaml"), "a%20b/%C3%BC%23%3F%3A%25.yaml");
        assert_eq!(uri("../x\u{1b}.yaml"), "../x%1B.yaml");
        assert_eq!(uri("/tmp/x.yaml"), "file:///tmp/x.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }

    #[test]
    fn too_many_results_are_cut_to_the_worst() {
        let entry = |level, text: &str| Entry {
            level,
            text: text.to_owned(),
        };
        let mut entries = vec![entry(Level::Info, "first"); 3];
        entries.extend(vec![entry(Level::Warning, "w"); MOST - 2]);
        entries.push(entry(Level::Error, "last"));
        let entries: Vec<&Entry> = entries.iter().collect();
        let kept = worst(&entries);
        assert_eq!(kept.len(), MOST);
        let infos = kept.iter().filter(|entry| entry.level == Level::Info);
        assert_eq!(infos.count(), 1);
        assert_eq!((&*kept[0].text, &*kept[MOST - 1].text), ("first", "last"));
    }
}
