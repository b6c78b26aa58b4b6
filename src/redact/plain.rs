use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// The plain letters of a character, in lower case: without accents, width and form.
pub fn plain(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    // A figure above the line is a mark at the word before it.
    if matches!(
        c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}' | '\u{2074}'..='\u{2089}'
    ) {
        return take(' ');
    }
    let normalizer = const { DecomposingNormalizerBorrowed::new_nfkd() };
    for part in normalizer.normalize_iter(c.to_lowercase()) {
        match base(part) {
            Some(letters) => letters.chars().for_each(&mut take),
            // Letters such as the mathematical ones have their case inside.
            None => part.to_lowercase().for_each(&mut take),
        }
    }
}

/// Letters that have no parts, as people without them on their keyboard write them.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// A text, and the other ways to write its letters with plain ones: `Jörg` and `Joerg`. What drops
/// accents alone is no other way: [`plain`] does.
pub fn spellings(text: &str) -> Vec<Cow<'_, str>> {
    let mut spellings = vec![Cow::Borrowed(text)];
    if text.is_ascii() {
        return spellings;
    }
    let composed = const { ComposingNormalizerBorrowed::new_nfc() };
    let composed: String = composed.normalize_iter(text.chars()).collect();
    for table in [LONG, SHORT] {
        let mut changed = String::with_capacity(composed.len());
        for c in composed.chars() {
            let small = c.to_lowercase().next().unwrap_or(c);
            match table.iter().find(|(letter, _)| *letter == small) {
                Some((_, letters)) if c != small => {
                    let mut letters = letters.chars();
                    changed.extend(letters.next().map(|first| first.to_ascii_uppercase()));
                    changed.extend(letters);
                }
                Some((_, letters)) => changed.push_str(letters),
                None => changed.push(c),
            }
        }
        if changed != composed && !spellings.contains(&Cow::Borrowed(&*changed)) {
            spellings.push(Cow::Owned(changed));
        }
    }
    spellings
}

/// Letters that some write as two.
const LONG: &[(char, &str)] = &[
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ø', "oe"),
    ('å', "aa"),
    ('ð', "dh"),
    ('đ', "dj"),
];

/// The same in file names and ids, and letters that some write as one.
const SHORT: &[(char, &str)] = &[
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ø', "oe"),
    ('þ', "t"),
    ('æ', "a"),
    ('œ', "o"),
    ('ə', "a"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_text(text: &str) -> String {
        let mut letters = String::new();
        for c in text.chars() {
            plain(c, |c| letters.push(c));
        }
        let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
        letters.replace(is_mark, "")
    }

    #[test]
    fn every_letter_has_a_plain_form() {
        for (text, wanted) in [
            ("Jörg Öztürk", "jorg ozturk"),
            ("Bjørn Łukasz Đỗ", "bjorn lukasz do"),
            ("Nguyễn Thị Ánh", "nguyen thi anh"),
            ("ΝΊΚΟΣ Νίκος", "νικοσ νικοσ"),
            ("Ёлкин Андрей", "елкин андреи"),
            ("İnci Işık ẞ", "inci isik ss"),
            ("Þór Æ Œ", "thor ae oe"),
            ("Ｓａｍ 𝐉ane¹ ﬁn", "sam jane  fin"),
            ("김", "김"),
        ] {
            let wanted: String = DecomposingNormalizerBorrowed::new_nfkd()
                .normalize_iter(wanted.chars())
                .collect();
            assert_eq!(plain_text(text), wanted, "{text}");
        }
    }

    #[test]
    fn two_letters_stand_for_one() {
        assert_eq!(spellings("Jane"), ["Jane"]);
        assert_eq!(spellings("Jo\u{308}rg"), ["Jo\u{308}rg", "Joerg"]);
        assert_eq!(spellings("Ågot"), ["Ågot", "Aagot"]);
        assert_eq!(spellings("Þór"), ["Þór", "Tór"]);
        assert_eq!(spellings("Nguyễn"), ["Nguyễn"]);
    }
}
