/// Longest slug in characters; a file name of the archive is a date and this.
const LONGEST: usize = 48;

/// Turns a title into the words of an id: lower-case letters, digits and single dashes.
///
/// Accents of Latin letters are dropped (`é` is `e`); other letters have no spelling in a portable
/// file name and are left out. Cut at a word where it is too long; `incident` where nothing remains.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        match unaccented(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if c == '\'' || c == '’' => {}
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    if slug.len() > LONGEST {
        slug.truncate(LONGEST);
        if let Some(word_end) = slug.rfind('-') {
            slug.truncate(word_end);
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "incident".to_owned()
    } else {
        slug.to_owned()
    }
}

/// A lower-case Latin letter as it is spelt without its accent: `é` is `e`, `ö` is `oe`; nothing for others.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'þ' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        assert_eq!(slug("API answers with errors"), "api-answers-with-errors");
        assert_eq!(slug("  ../../etc/passwd "), "etc-passwd");
        assert_eq!(slug("Störung: Zahlungen — 50 %"), "stoerung-zahlungen-50");
        assert_eq!(slug("the customers' carts"), "the-customers-carts");
        assert_eq!(slug("障害"), "incident");
        assert_eq!(slug("word ".repeat(40).as_str()), ["word"; 9].join("-"));
    }
}
