use super::columns;

/// Breaks a text of one line between words, so that no line takes more columns.
///
/// A line breaks between the letters of scripts that are written without blanks as well. An address is
/// never broken, since a broken one leads nowhere; any other word is, where it fits on no line.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for (index, piece) in pieces(word, width).into_iter().enumerate() {
            let blank = usize::from(index == 0 && used > 0);
            let taken = columns(&piece);
            if used > 0 && used + blank + taken > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if blank == 1 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&piece);
            used += taken;
        }
    }
    lines.push(line);
    lines
}

/// The parts of a word that must not be broken.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let has_wide = || word.chars().any(is_wide);
    if word.contains("://") || (columns(word) <= width && !has_wide()) {
        return vec![word.to_owned()];
    }
    let must_break = !has_wide();
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    let mut flag_letters = 0;
    // How many columns the last piece fills.
    let mut filled = 0;
    for c in word.chars() {
        // Two letters make a flag.
        flag_letters = if is_flag_letter(c) {
            flag_letters + 1
        } else {
            0
        };
        let in_flag = flag_letters > 0 && flag_letters % 2 == 0;
        let may_break = !in_flag
            && before.is_some_and(|before| {
                let apart = is_wide(before) || is_wide(c) || is_flag_letter(c);
                apart && before != JOINER && !belongs_to_the_left(c)
            });
        let fills = columns(c.encode_utf8(&mut [0; 4]));
        match pieces.last_mut() {
            Some(piece) if !may_break && (!must_break || filled < width) => {
                piece.push(c);
                filled += fills;
            }
            _ => {
                pieces.push(c.to_string());
                filled = fills;
            }
        }
        before = Some(c);
    }
    pieces
}

/// Makes one sign of those on its sides.
const JOINER: char = '\u{200d}';

fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// What changes the sign before it, and what no line begins with.
fn belongs_to_the_left(c: char) -> bool {
    columns(c.encode_utf8(&mut [0; 4])) == 0
        || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
        || matches!(
            c,
            '。' | '、'
                | '，'
                | '．'
                | '！'
                | '？'
                | '」'
                | '』'
                | '）'
                | '】'
                | '：'
                | '；'
                | 'ー'
        )
        || c.is_ascii_punctuation()
}

fn is_wide(c: char) -> bool {
    columns(c.encode_utf8(&mut [0; 4])) == 2
}

/// Sets a text of several lines anew: a paragraph's lines are joined and broken again. Lists and quotes
/// keep their beginnings; tables, headings, indented lines and what is fenced stay as they are.
pub fn paragraphs(text: &str, width: usize) -> Vec<String> {
    let mut setting = Setting::default();
    let mut is_fenced = false;
    for line in text.lines() {
        let line = line.replace('\t', "    ");
        let trimmed = line.trim();
        let is_fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        if is_fence || is_fenced || trimmed.is_empty() || is_apart(&line) {
            setting.end_paragraph(width);
            is_fenced ^= is_fence;
            setting.lines.push(line.trim_end().to_owned());
            continue;
        }
        let (marker, rest) = trimmed.split_at(marker(trimmed));
        if !marker.is_empty() {
            setting.end_paragraph(width);
            setting.marker = marker.to_owned();
        }
        if !setting.paragraph.is_empty() {
            setting.paragraph.push(' ');
        }
        setting.paragraph.push_str(rest);
    }
    setting.end_paragraph(width);
    setting.lines
}

/// Lines that were set, and the paragraph that is being read.
#[derive(Default)]
struct Setting {
    lines: Vec<String>,
    marker: String,
    paragraph: String,
}

impl Setting {
    fn end_paragraph(&mut self, width: usize) {
        let marker = std::mem::take(&mut self.marker);
        let paragraph = std::mem::take(&mut self.paragraph);
        if marker.is_empty() && paragraph.is_empty() {
            return;
        }
        let room = width.saturating_sub(marker.len());
        for (index, line) in wrapped(&paragraph, room).into_iter().enumerate() {
            let further = " ".repeat(marker.len());
            let front = if index == 0 { &marker } else { &further };
            self.lines.push(format!("{front}{line}"));
        }
    }
}

/// Whether a line stands for itself: code, a table, a heading.
fn is_apart(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with(['|', '#'])
}

/// How many bytes of a line are the mark of a list's item or a quote.
fn marker(line: &str) -> usize {
    let marks = ["- ", "* ", "+ ", "> "];
    if marks.iter().any(|mark| line.starts_with(mark)) {
        return 2;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..4).contains(&digits) && line[digits..].starts_with(". ");
    if is_numbered { digits + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_count_columns() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("", 8), [""]);
        assert_eq!(wrapped("a  b", 8), ["a b"]);
        assert_eq!(
            wrapped("障害が発生しました。", 10),
            ["障害が発生", "しました。"]
        );
        assert_eq!(wrapped("🔥🔥🔥🔥🔥 x", 8), ["🔥🔥🔥🔥", "🔥 x"]);
        assert_eq!(wrapped("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
        let address = "see https://example.com/a/long/way here";
        assert_eq!(
            wrapped(address, 10),
            ["see", "https://example.com/a/long/way", "here"]
        );
    }

    #[test]
    fn what_belongs_together_is_not_broken() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let flag = "🇫🇷";
        let hand = "👍🏽";
        for whole in [family, flag, hand] {
            let lines = wrapped(&whole.repeat(6), 8);
            assert!(lines.len() > 1, "{lines:?}");
            for line in lines {
                assert_eq!(line.replace(whole, ""), "", "{line}");
            }
        }
    }

    #[test]
    fn paragraphs_are_set_anew_and_lists_stay_lists() {
        let text = "One two\nthree four.\n\n- first item that is long\n- second\n\n1. a b c d e f g h i\n\n    code  stays\n| a | b |\n```\nx   y\nz\n```\nend";
        assert_eq!(
            paragraphs(text, 16),
            [
                "One two three",
                "four.",
                "",
                "- first item",
                "  that is long",
                "- second",
                "",
                "1. a b c d e f g",
                "   h i",
                "",
                "    code  stays",
                "| a | b |",
                "```",
                "x   y",
                "z",
                "```",
                "end",
            ]
        );
    }
}
