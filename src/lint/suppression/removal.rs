use crate::text::{Replacement, Span};

use super::comment::Written;

/// Takes a comment out: with its line where it stands alone, else with the space before it.
pub fn of_comment(text: &str, comment: &Span) -> Replacement {
    let before = text.get(..comment.start).unwrap_or("");
    let words = before.trim_end_matches([' ', '\t']).len();
    let is_alone = before
        .get(..words)
        .is_none_or(|rest| rest.is_empty() || rest.ends_with('\n'));
    let after = text.get(comment.end..).unwrap_or("");
    let to_break = after.find('\n').map_or(after.len(), |at| at + 1);
    let span = match is_alone {
        true => words..comment.end + to_break,
        false => words..comment.end,
    };
    let text = String::new();
    Replacement { span, text }
}

/// Takes names out of the list of a suppression that keeps others.
pub fn of_names(text: &str, written: &Written, gone: &[&Span]) -> Replacement {
    let kept = written.names.iter().filter(|name| !gone.contains(name));
    let kept: Vec<&str> = kept.filter_map(|name| text.get(name.clone())).collect();
    Replacement {
        span: written.list.clone(),
        text: kept.join(", "),
    }
}
