use crate::cli::record::Record;
use crate::cli::typed_time::TypedTime;
use crate::cli::{CommandError, shell};

/// A time and a text as they are meant: words that go on with the time stand in the time.
#[derive(Debug, PartialEq, Eq)]
pub struct Timed {
    /// The time, where one was typed.
    pub time: Option<String>,
    /// The words behind it.
    pub text: String,
}

/// Parts what was typed behind `-t` without quotes: `-t 5m ago it restarted` is `5m ago`, and a text.
///
/// `command` is what stands before the time, as in `log`, for the lines of an error. Behind `--` all
/// words are text.
pub fn timed(
    time: Option<&str>,
    words: &[String],
    command: &str,
    record: &Record<'_>,
) -> Result<Timed, CommandError> {
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(time) = time else {
        let text = all.join(" ");
        return Ok(Timed { time: None, text });
    };
    let taken = match record.surroundings.are_words(words.len()) {
        true => 0,
        false => TypedTime::continued(time, &all, record.now, record.zone).map_err(|error| {
            let text = all.join(" ");
            CommandError::new(error.message)
                .help(error.help)
                .help(format!(
                    "if all of it is text: postmortem {command} -t {} -- {}",
                    shell::quoted(time),
                    shell::line(all.iter().copied())
                ))
                .typed(text)
        })?,
    };
    let (more, text) = all.split_at(taken);
    let time = [time].into_iter().chain(more.iter().copied());
    Ok(Timed {
        time: Some(time.collect::<Vec<_>>().join(" ")),
        text: text.join(" "),
    })
}

/// A line that begins with a time behind `@`, as `10:05 PM the database is down`.
pub fn timed_line<'l>(
    line: &'l str,
    record: &Record<'_>,
) -> Result<(String, &'l str), CommandError> {
    let (time, mut rest) = first_word(line);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let taken = TypedTime::continued(time, &words, record.now, record.zone)
        .map_err(|error| CommandError::new(error.message).help(error.help))?;
    let mut time = time.to_owned();
    for _ in 0..taken {
        let (word, behind) = first_word(rest);
        time.push(' ');
        time.push_str(word);
        rest = behind;
    }
    Ok((time, rest))
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}
