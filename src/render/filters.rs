use tera::{Kwargs, State, Tera, Value};

use super::flowing::flowing;
use super::prose::{output, prose};
use super::{Format, entities, fuel, markdown, plain, spoken};

/// More letters than this are no indentation and no line but a mistake.
const MOST_REPEATED: usize = 100_000;

/// More numbers than this in one `range` are a loop that prints nothing anybody reads.
const MOST_IN_RANGE: i64 = 10_000;

/// Gives templates of a format their filters, functions and escapes.
pub fn register(tera: &mut Tera, format: Format) {
    match format {
        // Tera's own writes byte by byte.
        Format::Html => tera.set_escape_fn(entities::escape),
        Format::Markdown => tera.set_escape_fn(markdown::escape),
        Format::Text => tera.set_escape_fn(plain::as_it_is),
    }
    tera.register_filter("prose", move |text: &Value, _: Kwargs, _: &State| {
        safe(text, |text| prose(format, text))
    });
    tera.register_filter("output", move |text: &Value, _: Kwargs, _: &State| {
        safe(text, |text| output(format, text))
    });
    tera.register_filter("repeat", |text: &str, arguments: Kwargs, _: &State| {
        let times = arguments.must_get::<i64>("times")?;
        let times = usize::try_from(times).unwrap_or(0);
        if text.len().saturating_mul(times) > MOST_REPEATED {
            return Err(tera::Error::message(format!(
                "`repeat` would give more than {MOST_REPEATED} letters"
            )));
        }
        Ok::<_, tera::Error>(Value::safe_string(&text.repeat(times)))
    });
    tera.register_filter("flowing", move |text: &Value, _: Kwargs, _: &State| {
        let Some(words) = text.as_str().filter(|_| format == Format::Markdown) else {
            return text.clone();
        };
        // What was not escaped yet is escaped behind this.
        match text.is_safe() {
            true => Value::safe_string(&flowing(words)),
            false => Value::normal_string(&flowing(words)),
        }
    });
    tera.register_filter("unbroken", |text: &str, _: Kwargs, _: &State| {
        spoken::unbroken(text)
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| range(&arguments));
}

/// So many letters of Markdown take as long to read as a turn of a loop.
const LETTERS_OF_A_TURN: usize = 64;

fn safe(text: &Value, made: impl Fn(&str) -> String) -> Result<Value, tera::Error> {
    let text = text.as_str().unwrap_or("");
    fuel::spend(text.len() / LETTERS_OF_A_TURN)?;
    Ok(Value::safe_string(&made(text)))
}

/// Tera's `range`, which stops where a loop would not.
fn range(arguments: &Kwargs) -> Result<Vec<i64>, tera::Error> {
    let start = arguments.get::<i64>("start")?.unwrap_or(0);
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let length = match (end.checked_sub(start), step.checked_abs()) {
        (_, Some(0)) => return Err(tera::Error::message("`range` needs a step other than 0")),
        (Some(span), Some(size)) if (span < 0) == (step < 0) => span
            .checked_abs()
            .map(|span| span / size + i64::from(span % size != 0)),
        (Some(0), Some(_)) => Some(0),
        (Some(_), Some(_)) if step < 0 => Some(0),
        (Some(_), Some(_)) => {
            return Err(tera::Error::message(
                "`range` needs an `end` that is not before its `start`",
            ));
        }
        _ => None,
    };
    let Some(length) = length.filter(|length| *length <= MOST_IN_RANGE) else {
        return Err(tera::Error::message(format!(
            "`range` would give more than {MOST_IN_RANGE} numbers"
        )));
    };
    fuel::spend(usize::try_from(length).unwrap_or(usize::MAX))?;
    Ok((0..length).map(|index| start + index * step).collect())
}
