//! What a page may cost before its template is stopped: counted, not timed, so that the same template is
//! stopped at the same place on every machine.

#[cfg(test)]
mod tests;

use std::cell::Cell;

use tera::{Error, Kwargs, State, Tera, Value};

/// More turns than this in all loops of a page are loops in loops that would not end.
const MOST_TURNS: u64 = 1_000_000;

/// More bytes than this in one variable are no part of a page but something that doubles itself.
const MOST_KEPT: usize = 4 * 1024 * 1024;

/// So many bytes in a variable make every turn as dear as one more: what is done with them takes time.
const DEAR: u64 = 4 * 1024;

/// The function that is put around what a loop goes over.
pub const TURNS: &str = "__turns";

/// The function that is put around what a variable is set to, and the filter behind a captured one.
pub const KEPT: &str = "__kept";

/// The function that is called where a component begins.
pub const ENTERED: &str = "__entered";

thread_local! {
    // A page is made on one thread, and many pages at once on many.
    static LEFT: Cell<u64> = const { Cell::new(MOST_TURNS) };
    static LARGEST: Cell<usize> = const { Cell::new(0) };
}

/// Begins a page.
pub fn fill() {
    LEFT.set(MOST_TURNS);
    LARGEST.set(0);
}

/// Takes so many turns.
pub fn spend(turns: usize) -> Result<(), Error> {
    let dear = 1 + LARGEST.get() as u64 / DEAR;
    let cost = (turns as u64).saturating_mul(dear);
    match LEFT.get().checked_sub(cost) {
        Some(left) => {
            LEFT.set(left);
            Ok(())
        }
        None => Err(Error::message(match dear {
            1 => format!(
                "the loops of the page turn more than {MOST_TURNS} times; look for loops in loops"
            ),
            _ => "the loops of the page turn too often while a variable holds a long text; look for one that grows in a loop"
                .to_owned(),
        })),
    }
}

/// Gives the functions and filters that hold a template of somebody's own within its bounds.
pub fn register(tera: &mut Tera) {
    tera.register_function(TURNS, |arguments: Kwargs, _: &State| {
        let of = given(&arguments)?;
        spend(of.len().unwrap_or(0).max(1))?;
        Ok::<_, Error>(of)
    });
    tera.register_function(KEPT, |arguments: Kwargs, _: &State| {
        kept(given(&arguments)?)
    });
    tera.register_filter(KEPT, |value: &Value, _: Kwargs, _: &State| {
        kept(value.clone())
    });
    tera.register_function(ENTERED, |_: Kwargs, _: &State| {
        spend(1)?;
        Ok::<_, Error>(Value::safe_string(""))
    });
    // These give more than they are given; the others do not.
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
}

fn given(arguments: &Kwargs) -> Result<Value, Error> {
    Ok(arguments
        .get::<Value>("of")?
        .unwrap_or_else(Value::undefined))
}

/// A value that a variable may hold.
fn kept(value: Value) -> Result<Value, Error> {
    let mut left = MOST_KEPT;
    measure(&value, &mut left)?;
    let size = MOST_KEPT - left;
    spend(1)?;
    LARGEST.set(LARGEST.get().max(size));
    Ok(value)
}

/// Takes the size of a value from what is left. Lists that hold the same list twice count it twice, as a page
/// that prints them would.
fn measure(value: &Value, left: &mut usize) -> Result<(), Error> {
    let own = value.as_str().map_or(1, |text| text.len().max(1));
    *left = left.checked_sub(own).ok_or_else(too_long)?;
    if let Some(items) = value.as_array() {
        for item in items {
            measure(item, left)?;
        }
    }
    if let Some(fields) = value.as_map() {
        for item in fields.values() {
            measure(item, left)?;
        }
    }
    Ok(())
}

fn too_long() -> Error {
    Error::message(format!(
        "a variable would hold more than {} MiB; look for one that grows in a loop",
        MOST_KEPT / (1024 * 1024)
    ))
}

fn bounded(length: usize) -> Result<(), Error> {
    if length > MOST_KEPT {
        return Err(Error::message(format!(
            "the filter would give more than {} MiB",
            MOST_KEPT / (1024 * 1024)
        )));
    }
    Ok(())
}

/// The texts of two values as one text can hold them: both escaped where one of them is finished markup.
fn alike(one: &Value, other: &Value, state: &State) -> Result<(String, String, bool), Error> {
    let text = |value: &Value| {
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| {
            Error::message(format!(
                "a text is expected, and this is a {}",
                value.name()
            ))
        })
    };
    if state.autoescaping_enabled() && (one.is_safe() || other.is_safe()) {
        let (one, other) = (state.escape_if_needed(one)?, state.escape_if_needed(other)?);
        return Ok((one, other, true));
    }
    Ok((text(one)?, text(other)?, false))
}

fn made(text: String, is_safe: bool) -> Value {
    match is_safe {
        true => Value::safe_string(&text),
        false => Value::from(text),
    }
}

fn replace(value: &Value, arguments: Kwargs, state: &State) -> Result<Value, Error> {
    let from = arguments.must_get::<&str>("from")?;
    let to = arguments.must_get::<Value>("to")?;
    let (text, to, is_safe) = alike(value, &to, state)?;
    let count = text.matches(from).count();
    bounded(text.len().saturating_add(count.saturating_mul(to.len())))?;
    Ok(made(text.replace(from, &to), is_safe))
}

fn join(value: &[Value], arguments: Kwargs, state: &State) -> Result<Value, Error> {
    let between = arguments.get::<Value>("sep")?;
    let is_markup = |value: &Value| value.as_str().is_some() && value.is_safe();
    let is_safe = state.autoescaping_enabled()
        && (value.iter().any(is_markup) || between.as_ref().is_some_and(Value::is_safe));
    let text = |value: &Value| match is_safe {
        _ if value.is_undefined() => Ok(String::new()),
        true => state.escape_if_needed(value),
        false => Ok(value.to_string()),
    };
    let between = between.as_ref().map(text).transpose()?.unwrap_or_default();
    let mut whole = String::new();
    for (index, one) in value.iter().enumerate() {
        if index > 0 {
            whole.push_str(&between);
        }
        whole.push_str(&text(one)?);
        bounded(whole.len())?;
    }
    Ok(made(whole, is_safe))
}

fn indent(value: &Value, arguments: Kwargs, state: &State) -> Result<Value, Error> {
    let width = arguments.get::<usize>("width")?.unwrap_or(4).min(1_000);
    let mark = arguments
        .get::<Value>("indentation")?
        .unwrap_or_else(|| Value::from(" "));
    let first = arguments.get::<bool>("first")?.unwrap_or(false);
    let blank = arguments.get::<bool>("blank")?.unwrap_or(false);
    if mark.as_str().is_none_or(|mark| mark.chars().count() != 1) {
        return Err(Error::message(
            "the `indentation` of `indent` is one character",
        ));
    }
    let (text, mark, is_safe) = alike(value, &mark, state)?;
    let margin = mark.repeat(width);
    bounded(
        text.len()
            .saturating_add(text.lines().count().saturating_mul(margin.len())),
    )?;
    let mut whole = String::new();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            whole.push('\n');
        }
        if (index > 0 && (blank || !line.is_empty())) || (index == 0 && first) {
            whole.push_str(&margin);
        }
        whole.push_str(line);
    }
    if text.ends_with('\n') {
        whole.push('\n');
    }
    Ok(made(whole, is_safe))
}
