/// A character, and where what it stands for begins in the page.
pub type Letter = (char, usize);

/// How often one text may have been escaped over another.
const MOST_ROUNDS: usize = 4;

/// The characters that entities (`&#83;`, `&eacute;`), escapes of JSON (`\u0053`) and of
/// addresses (`%53`) stand for; again where one was escaped over another.
pub fn decoded(mut letters: Vec<Letter>) -> Vec<Letter> {
    for _ in 0..MOST_ROUNDS {
        if !letters.iter().any(|(c, _)| matches!(c, '&' | '%' | '\\')) {
            break;
        }
        let (next, changed) = once(&letters);
        letters = next;
        if !changed {
            break;
        }
    }
    letters
}

fn once(letters: &[Letter]) -> (Vec<Letter>, bool) {
    let mut decoded = Vec::with_capacity(letters.len());
    let mut changed = false;
    let mut rest = letters;
    while let Some(((c, at), behind)) = rest.split_first() {
        let found = match c {
            '&' => entity(behind),
            '%' => percent(rest),
            '\\' => escape(rest),
            _ => None,
        };
        match found {
            Some((text, length)) if length > 0 => {
                decoded.extend(text.chars().map(|c| (c, *at)));
                rest = rest.get(length..).unwrap_or_default();
                changed = true;
            }
            _ => {
                decoded.push((*c, *at));
                rest = behind;
            }
        }
    }
    (decoded, changed)
}

/// What the entity behind a `&` stands for, and how many characters it has with the `&`.
fn entity(behind: &[Letter]) -> Option<(String, usize)> {
    let name: String = behind
        .iter()
        .map(|(c, _)| *c)
        .take(32)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
        .collect();
    let closed = usize::from(behind.get(name.len()).is_some_and(|(c, _)| *c == ';'));
    let length = 1 + name.len() + closed;
    let Some(number) = name.strip_prefix('#') else {
        let text = named(&name).filter(|_| closed == 1)?;
        return Some((text, length));
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // Where no `;` closes it, the number ends at its last digit.
    let count = digits.chars().take_while(|c| c.is_digit(radix)).count();
    let c = char::from_u32(u32::from_str_radix(digits.get(..count)?, radix).ok()?)?;
    let length = if count == digits.len() {
        length
    } else {
        1 + name.len() - (digits.len() - count)
    };
    Some((c.to_string(), length))
}

fn named(name: &str) -> Option<String> {
    let fixed = match name {
        "amp" | "AMP" => "&",
        "lt" | "LT" => "<",
        "gt" | "GT" => ">",
        "quot" | "apos" | "nbsp" | "ensp" | "emsp" | "thinsp" | "ndash" | "mdash" | "lsquo"
        | "rsquo" | "ldquo" | "rdquo" | "hellip" | "middot" | "bull" | "period" | "comma"
        | "lowbar" | "UnderBar" | "hyphen" | "dash" | "sol" | "colon" | "semi" | "Tab"
        | "NewLine" | "lpar" | "rpar" | "num" | "excl" | "quest" | "ast" | "grave" | "vert" => " ",
        "commat" => "@",
        "percnt" => "%",
        "bsol" => "\\",
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" => "",
        "szlig" => "ß",
        "aelig" | "AElig" => "æ",
        "oelig" | "OElig" => "œ",
        "eth" | "ETH" => "ð",
        "thorn" | "THORN" => "þ",
        "inodot" | "imath" => "ı",
        _ => return accented(name),
    };
    Some(fixed.to_owned())
}

/// The letter of a name such as `eacute`, with a mark behind it.
fn accented(name: &str) -> Option<String> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    match &name[1..] {
        "uml" => Some(format!("{letter}\u{308}")),
        "slash" => Some(if letter == 'O' { "Ø" } else { "ø" }.to_owned()),
        "strok" if letter.eq_ignore_ascii_case(&'l') => Some("ł".to_owned()),
        "acute" | "grave" | "circ" | "tilde" | "cedil" | "ring" | "caron" | "breve" | "macr"
        | "ogon" | "dot" | "dblac" => Some(letter.to_string()),
        _ => None,
    }
}

/// The text that `%53%61` stands for, and how many characters it has.
fn percent(letters: &[Letter]) -> Option<(String, usize)> {
    let bytes: Vec<u8> = letters
        .chunks_exact(3)
        .map_while(|three| match three {
            [('%', _), (high, _), (low, _)] => byte(*high, *low),
            _ => None,
        })
        .collect();
    let whole = String::from_utf8_lossy(&bytes).into_owned();
    Some((whole, bytes.len() * 3))
}

fn byte(high: char, low: char) -> Option<u8> {
    let value = high.to_digit(16)? * 16 + low.to_digit(16)?;
    u8::try_from(value).ok()
}

/// What an escape behind a `\` stands for: `\u0053`, `\u{53}`, `\x53`.
fn escape(letters: &[Letter]) -> Option<(String, usize)> {
    let at = |index: usize| letters.get(index).map(|(c, _)| *c);
    let hex = |from: usize, most: usize| -> Vec<char> {
        (from..from + most)
            .map_while(at)
            .take_while(char::is_ascii_hexdigit)
            .collect()
    };
    let value = |digits: &[char]| {
        let digits: String = digits.iter().collect();
        u32::from_str_radix(&digits, 16).ok()
    };
    let letter = |number: u32| char::from_u32(number).map(|c| c.to_string());
    match at(1)? {
        'u' if at(2) == Some('{') => {
            let digits = hex(3, 6);
            let closed = at(3 + digits.len()) == Some('}');
            let text = letter(value(&digits)?).filter(|_| closed)?;
            Some((text, 4 + digits.len()))
        }
        'u' => {
            let digits = hex(2, 4);
            let first = value(&digits).filter(|_| digits.len() == 4)?;
            // Letters beyond U+FFFF are written as two.
            if (0xd800..0xdc00).contains(&first) && at(6) == Some('\\') && at(7) == Some('u') {
                let second = value(&hex(8, 4))?.checked_sub(0xdc00)?;
                return Some((letter(0x10000 + ((first - 0xd800) << 10) + second)?, 12));
            }
            Some((letter(first)?, 6))
        }
        'x' => {
            let digits = hex(2, 2);
            let text = letter(value(&digits)?).filter(|_| digits.len() == 2)?;
            Some((text, 4))
        }
        // Markdown, and escapes that were escaped.
        c if c.is_ascii_punctuation() => Some((c.to_string(), 2)),
        _ => None,
    }
}
