use crate::model::{MODELINE, Postmortem};
use crate::text::Source;
use crate::yaml;

use super::Document;

/// Writes a new document in the house style, with the schema's modeline on top.
///
/// The text is read back by both readers before it is given out. The error says what could not be
/// written; it names a limit of the format (64 levels, 100,000 values), since all else can be.
pub fn write(postmortem: &Postmortem) -> Result<String, String> {
    let text = format!("{MODELINE}\n{}", yaml::write(postmortem)?);
    let reading = Document::read(Source::new("the new document", text.as_str()));
    if let Some(finding) = reading
        .findings
        .iter()
        .find(|finding| finding.level == crate::diagnostic::Level::Error)
    {
        return Err(format!(
            "the document cannot be written: {}",
            finding.message
        ));
    }
    let ours = reading.document.map(|document| document.postmortem);
    let theirs: Postmortem = yaml::read_as_others_do(&text)?;
    if ours.as_ref() != Some(postmortem) || theirs != *postmortem {
        return Err("the document cannot be written: it does not read back the same".to_owned());
    }
    Ok(text)
}
