use std::collections::BTreeMap;
use std::path::Path;

use crate::model::Postmortem;
use crate::render::{Embedded, LARGEST_ATTACHMENT};
use crate::store::{self, AttachmentError};
use crate::text::printable_line;

/// The files beside a document that its page holds, by their names in the document.
pub type Attached = BTreeMap<String, Embedded>;

/// Reads the files beside a document, and says which of them cannot be on its page, and why. A page for the
/// company links to those, as pages in Markdown do to all; one for the public has nothing of them.
pub fn attached(postmortem: &Postmortem, folder: &Path) -> (Attached, String) {
    let mut found = Attached::new();
    let mut said = String::new();
    for attachment in &postmortem.attachments {
        match embedded(folder, &attachment.file) {
            Ok(embedded) => {
                found.insert(attachment.file.clone(), embedded);
            }
            Err((why, help)) => said.push_str(&format!(
                "warning: `{}` {why}, so it is not on the page\n  help: {help}\n",
                printable_line(&attachment.file)
            )),
        }
    }
    (found, said)
}

fn embedded(folder: &Path, file: &str) -> Result<Embedded, (String, String)> {
    let bytes = store::attachment(folder, file, LARGEST_ATTACHMENT).map_err(|error| {
        let (why, help) = match error {
            AttachmentError::Missing => (
                "is not there",
                "its path counts from the document's folder; add the file, or take the entry out",
            ),
            AttachmentError::Outside => (
                "does not lie in the document's folder",
                "put it there, and give its path from there",
            ),
            AttachmentError::NoFile => ("is no file", "name a file"),
            AttachmentError::TooLarge => (
                "is larger than 2 MiB",
                "attach the part that matters, and link to the whole",
            ),
            AttachmentError::Unreadable(reason) => {
                return (
                    format!("cannot be read: {reason}"),
                    "look at its permissions".to_owned(),
                );
            }
        };
        (why.to_owned(), help.to_owned())
    })?;
    Embedded::of(&bytes).map_err(|unfit| (unfit.why, unfit.help.to_owned()))
}
