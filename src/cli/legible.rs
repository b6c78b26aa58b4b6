//! A document as far as it can be read, and what could not be.

use crate::diagnostic::{Diagnostic, Level, mask};
use crate::document::{Document, Reading};
use crate::text::printable_line;

use super::{CommandError, Surroundings};

/// More mistakes than these are counted, not told.
const MOST_TOLD: usize = 5;

/// The document that was read, as far as it goes. What could not be read is told on stderr.
pub fn document<'r>(
    reading: &'r Reading,
    surroundings: &Surroundings,
) -> Result<&'r Document, CommandError> {
    let name = printable_line(reading.source.name());
    let errors = || {
        reading
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
    };
    let Some(document) = &reading.document else {
        let error = CommandError::new(format!("`{name}` cannot be read"));
        let error = errors()
            .take(MOST_TOLD)
            .fold(error, |error, finding| error.help(told(reading, finding)));
        return Err(error.help(format!("see: postmortem lint {name}")));
    };
    let count = errors().count();
    if count > 0 {
        let mut text = format!("`{name}` cannot be read whole; what is wrong in it is left out:\n");
        for finding in errors().take(MOST_TOLD) {
            text.push_str(&format!("  {}\n", told(reading, finding)));
        }
        if count > MOST_TOLD {
            text.push_str(&format!("  and {} more\n", count - MOST_TOLD));
        }
        text.push_str(&format!("  help: postmortem lint {name}\n"));
        surroundings.say(text);
    }
    Ok(document)
}

/// A mistake in a line: its place and what it is.
fn told(reading: &Reading, finding: &Diagnostic) -> String {
    let place = reading.source.position(finding.place.span.start);
    let message = printable_line(&mask(&finding.message));
    format!("line {}: {message}", place.line)
}
