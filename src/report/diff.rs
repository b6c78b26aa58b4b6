use crate::diagnostic::secrets;
use crate::text::{Change, line_changes};

use super::safe;

/// How many lines that stay are shown around those that change.
const AROUND: usize = 3;

/// What changes in a file, as a unified diff; it says nothing where nothing changes. Secrets are starred
/// out in it, and what could harm a terminal is replaced. Where there is neither, `patch` makes the
/// new text of the old one with it, byte by byte.
pub fn diff(name: &str, old: &str, new: &str) -> String {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let changes = line_changes(&old_lines, &new_lines);
    if changes.is_empty() {
        return String::new();
    }
    let (old_shown, new_shown) = (shown(old), shown(new));
    let old_shown: Vec<&str> = old_shown.split_inclusive('\n').collect();
    let new_shown: Vec<&str> = new_shown.split_inclusive('\n').collect();
    let name = safe::line(name);
    let mut text = format!("--- {name}\n+++ {name}\n");
    let mut rest = changes.as_slice();
    while !rest.is_empty() {
        let near = rest
            .windows(2)
            .take_while(|pair| pair[1].old.start - pair[0].old.end <= 2 * AROUND)
            .count();
        let (hunk, after) = rest.split_at(near + 1);
        text.push_str(&written(hunk, &old_shown, &new_shown));
        rest = after;
    }
    text
}

/// A text as it may be shown. A byte-order mark on top does no harm there.
fn shown(text: &str) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => format!("\u{feff}{}", safe::source(rest, &secrets(rest))),
        None => safe::source(text, &secrets(text)),
    }
}

fn written(hunk: &[Change], old: &[&str], new: &[&str]) -> String {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return String::new();
    };
    let start = first.old.start.saturating_sub(AROUND);
    let end = (last.old.end + AROUND).min(old.len());
    let before = first.old.start - start;
    let new_start = first.new.start - before;
    let new_end = last.new.end + (end - last.old.end);
    let range = |start: usize, end: usize| match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    };
    let mut text = format!(
        "@@ -{} +{} @@\n",
        range(start, end),
        range(new_start, new_end)
    );
    let mut line = |mark: char, words: &str| {
        text.push(mark);
        let (inner, line_break) = match words.strip_suffix('\n') {
            Some(inner) => match inner.strip_suffix('\r') {
                Some(inner) => (inner, "\r\n"),
                None => (inner, "\n"),
            },
            None => (words, "\n"),
        };
        // A carriage return inside would have one half of the line written over the other.
        text.push_str(&inner.replace('\r', "?"));
        text.push_str(line_break);
        if !words.ends_with('\n') {
            text.push_str("\\ No newline at end of file\n");
        }
    };
    let mut done = start;
    for Change {
        old: gone,
        new: come,
    } in hunk
    {
        old[done..gone.start]
            .iter()
            .for_each(|words| line(' ', words));
        old[gone.clone()].iter().for_each(|words| line('-', words));
        new[come.clone()].iter().for_each(|words| line('+', words));
        done = gone.end;
    }
    old[done..end].iter().for_each(|words| line(' ', words));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_reads_as_usual() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        let new = "1\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12";
        let wanted = "--- a.yaml\n+++ a.yaml\n@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n\
            @@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+12\n\\ No newline at end of file\n";
        assert_eq!(diff("a.yaml", old, new), wanted);
        assert_eq!(diff("a.yaml", old, old), "");
        assert_eq!(diff("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
    }

    #[test]
    fn line_breaks_and_a_mark_on_top_are_those_of_the_file() {
        let diff = diff("a", "\u{feff}1\r\n2\r3\r\n", "\u{feff}1\r\n2\r4\r\n");
        let wanted = "@@ -1,2 +1,2 @@\n \u{feff}1\r\n-2?3\r\n+2?4\r\n";
        assert!(diff.ends_with(wanted), "{diff:?}");
    }

    #[test]
    fn a_diff_shows_no_secret() {
        let shown = diff(
            "a",
            "x: password=Tr1ckyHorse99\n",
            "y: password=Tr1ckyHorse99\u{1b}\n",
        );
        assert!(
            !shown.contains("Tr1cky") && !shown.contains('\u{1b}'),
            "{shown}"
        );
    }
}
