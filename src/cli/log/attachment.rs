use std::path::Path;

use crate::cli::CommandError;
use crate::cli::record::Record;
use crate::model::{Attachment, Event, Postmortem};
use crate::store;

/// The largest file that is copied, in bytes.
const LARGEST: u64 = 20 * 1024 * 1024;

/// How many files of one name are looked at for a free one.
const MOST_OF_A_NAME: u32 = 1_000;

/// Copies a file into a folder beside the document that is called as the document is.
///
/// A file of that name and content is not copied again; one of another content gets another name.
pub fn copied(
    record: &Record<'_>,
    given: &Path,
    event: &Event,
    alt: Option<&str>,
) -> Result<Attachment, CommandError> {
    let from = record.surroundings.folder.join(given);
    let failed = |what: &str| {
        CommandError::new(format!("`{}` {what}", given.display())).typed(event.what.as_str())
    };
    let about = std::fs::metadata(&from)
        .map_err(|error| failed(&format!("cannot be read: {}", store::reason(&error))))?;
    if !about.is_file() {
        return Err(failed("is no file"));
    }
    if about.len() > LARGEST {
        return Err(failed("is larger than 20 MiB").help(
            "put it where such files are kept, and name that: postmortem log --source URL TEXT",
        ));
    }
    let data = std::fs::read(&from)
        .map_err(|error| failed(&format!("cannot be read: {}", store::reason(&error))))?;
    let document = &record.chosen.file;
    let (Some(above), Some(name)) = (document.parent(), document.file_stem()) else {
        return Err(failed("has no document to lie beside"));
    };
    let folder = above.join(name);
    std::fs::create_dir_all(&folder).map_err(|error| {
        let shown = record.surroundings.shown(&folder);
        failed("was not copied").help(format!(
            "`{}` cannot be created: {}",
            shown.display(),
            store::reason(&error)
        ))
    })?;
    let file = from.file_name().unwrap_or_default().to_string_lossy();
    let file = file.replace(|c: char| c.is_control() || matches!(c, '\\' | ':'), "-");
    for number in 1..=MOST_OF_A_NAME {
        let numbered = numbered(&file, number);
        let to = folder.join(&numbered);
        let is_there = match store::create(&to, &data) {
            Ok(()) => true,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                std::fs::read(&to).is_ok_and(|there| there == data)
            }
            Err(error) => {
                return Err(failed(&format!(
                    "cannot be copied: {}",
                    store::reason(&error)
                )));
            }
        };
        if is_there {
            return Ok(Attachment {
                file: format!("{}/{numbered}", name.to_string_lossy()),
                caption: Some(event.what.clone()),
                alt: alt.map(str::to_owned),
                internal: event.internal,
            });
        }
    }
    Err(failed("has a name that is taken a thousand times"))
}

/// Takes what was attached with an event out of a document, and gives the file, which stays.
pub fn taken_out(
    record: &Record<'_>,
    postmortem: &mut Postmortem,
    event: &Event,
) -> Option<String> {
    let others = &postmortem.timeline;
    if others.iter().any(|other| other.what == event.what) {
        return None;
    }
    let folder = record
        .chosen
        .file
        .file_stem()?
        .to_string_lossy()
        .into_owned()
        + "/";
    let at = postmortem.attachments.iter().rposition(|attached| {
        attached.caption.as_deref() == Some(event.what.as_str())
            && attached.file.starts_with(&folder)
    })?;
    Some(postmortem.attachments.remove(at).file)
}

/// A file's name with a number before its ending, from the second on.
fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, ending))) if !stem.is_empty() => format!("{stem}-{number}.{ending}"),
        _ => format!("{name}-{number}"),
    }
}
