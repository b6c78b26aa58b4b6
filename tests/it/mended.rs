//! Slips of the hand, in documents in every hand: what was meant is there after `--fix`, with all comments.

use std::ops::Range;

use postmortem::config::Config;
use postmortem::diagnostic::{Diagnostic, secrets};
use postmortem::document::{Document, Reading};
use postmortem::lint::fix::{Fixed, Fixes, fix};
use postmortem::lint::{Levels, lint};
use postmortem::model::Postmortem;
use postmortem::report::diff;
use postmortem::text::{Source, printable_line};
use postmortem::yaml::read_as_others_do;

use crate::dice::{Dice, seed};
use crate::edits::{cases, models, report, said, some_of};
use crate::hand::{self, Habits};
use crate::said::Said;
use crate::sandbox::{Sandbox, project};

fn look(source: Source) -> (Reading, Vec<Diagnostic>) {
    let reading = Document::read(source);
    let findings = lint(&reading, &Config::default(), &Levels::default(), None);
    (reading, findings)
}

fn mended(text: &str, which: Fixes) -> Fixed {
    let (reading, findings) = look(Source::new("x.yaml", text));
    fix(reading, findings, which, &look)
}

/// Keys as they are mistyped, where nothing else can be meant.
const KEYS: [(&str, &str); 6] = [
    ("title", "titel"),
    ("summary", "sumary"),
    ("timeline", "timelin"),
    ("background", "Background"),
    ("internal_notes", "internal-notes"),
    ("dependencies", "dependancies"),
];

/// Where words stand of which there are only some.
const WORDS: [(&str, &str); 9] = [
    ("", "status"),
    ("", "stage"),
    ("causes", "state"),
    ("causes", "role"),
    ("timeline", "kind"),
    ("timeline", "audience"),
    ("actions", "kind"),
    ("actions", "status"),
    ("recovery", "method"),
];

const SWITCHES: [(&str, &str); 6] = [
    ("timeline", "internal"),
    ("timeline", "key"),
    ("timeline", "about"),
    ("causes", "internal"),
    ("actions", "internal"),
    ("recovery", "permanent"),
];

/// Makes slips in what a document says; gives how many.
fn slip(name: &str, said: &mut Said, dice: &mut Dice) -> usize {
    match said {
        Said::Map(entries) => {
            let mut count = 0;
            for (key, value) in entries {
                let is_among = |all: &[(&str, &str)]| {
                    all.iter()
                        .any(|(holder, known)| *holder == name && known == key)
                };
                if is_among(&WORDS) && dice.in_hundred(20) {
                    count += capital(value);
                } else if is_among(&SWITCHES) && *value == Said::Bare("true".to_owned()) {
                    *value = Said::Bare("yes".to_owned());
                    count += 1;
                } else if name == "timeline" && key == "at" && dice.in_hundred(20) {
                    count += in_slashes(value);
                } else if name.is_empty() && key == "tags" {
                    count += without_brackets(value);
                } else if name.is_empty() {
                    count += slip(key, value, dice);
                }
                if name.is_empty()
                    && dice.in_hundred(10)
                    && let Some((_, wrong)) = KEYS.iter().find(|(right, _)| right == key)
                {
                    *key = (*wrong).to_owned();
                    count += 1;
                }
            }
            count
        }
        Said::List(items) => items.iter_mut().map(|item| slip(name, item, dice)).sum(),
        _ => 0,
    }
}

fn capital(value: &mut Said) -> usize {
    let Said::Text(word) = value else { return 0 };
    let first: String = word.chars().take(1).collect();
    *word = first.to_uppercase() + &word[first.len()..];
    1
}

fn in_slashes(value: &mut Said) -> usize {
    let Said::Text(time) = value else { return 0 };
    let Some((day, clock)) = time.strip_suffix('Z').and_then(|time| time.split_once('T')) else {
        return 0;
    };
    *time = format!("{} {clock} UTC", day.replace('-', "/"));
    1
}

fn without_brackets(value: &mut Said) -> usize {
    let alone = match value {
        Said::List(items) if items.len() == 1 => items[0].clone(),
        _ => return 0,
    };
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    match alone {
        Said::Text(word) if is_word(&word) => {
            *value = Said::Text(word);
            1
        }
        _ => 0,
    }
}

/// The comments of the hand, in the order in which they stand.
fn comments(text: &str) -> Vec<String> {
    let marks = text.split("# ‹").skip(1);
    marks
        .filter_map(|rest| rest.split_once('›'))
        .map(|(number, _)| number.to_owned())
        .collect()
}

/// The same document with its events in one order, whichever they had.
fn in_any_order(postmortem: &Postmortem) -> (Postmortem, Vec<String>) {
    let mut rest = postmortem.clone();
    let events = std::mem::take(&mut rest.timeline);
    let mut events: Vec<String> = events.iter().map(|event| format!("{event:?}")).collect();
    events.sort_unstable();
    (rest, events)
}

/// What must be so whatever was mended.
fn checked(text: &str, which: Fixes) -> Result<Fixed, String> {
    let fixed = mended(text, which);
    let new = fixed.reading.source.text();
    let wrong = |why: &str| format!("{why}\n--- new\n{new}");
    if mended(new, which).reading.source.text() != new {
        return Err(wrong("a second time it changes again"));
    }
    let (mut before, mut after) = (comments(text), comments(new));
    let read = |text: &str| Document::read(Source::new("x.yaml", text)).document;
    let order = |text: &str| read(text).map(|document| document.postmortem().timeline.clone());
    // Comments change places with the events that they belong to, and in no other case.
    if order(text).is_none_or(|old| Some(old) != order(new)) {
        before.sort_unstable();
        after.sort_unstable();
    }
    if before != after {
        return Err(wrong("comments are lost, doubled or elsewhere"));
    }
    let is_harmless =
        |c: char| "\r\n\t".contains(c) || printable_line(&c.to_string()) == c.to_string();
    let shown = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_shown = shown.chars().all(is_harmless) && secrets(text).is_empty();
    if is_shown && patched(text, &diff("x.yaml", text, new))? != new {
        return Err(wrong("the diff makes something else of it"));
    }
    Ok(fixed)
}

/// A unified diff carried out to the letter.
fn patched(old: &str, diff: &str) -> Result<String, String> {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let (mut new, mut at) = (String::new(), 0);
    let mut diff = diff.split_inclusive('\n').skip(2).peekable();
    while let Some(line) = diff.next() {
        let (mark, words) = line.split_at(1);
        let lacks_break = diff.peek().is_some_and(|next| next.starts_with('\\'));
        let words = if lacks_break {
            &words[..words.len() - 1]
        } else {
            words
        };
        match mark {
            "@" => {
                let Range { start, .. } = hunk(words).ok_or("no hunk")?;
                new.extend(lines[at..start].iter().copied());
                at = start;
            }
            "+" => new.push_str(words),
            " " | "-" => {
                if lines.get(at) != Some(&words) {
                    return Err(format!("the diff expects {words:?} at line {at}\n{diff:?}"));
                }
                if mark == " " {
                    new.push_str(words);
                }
                at += 1;
            }
            _ => {}
        }
    }
    new.extend(lines[at..].iter().copied());
    Ok(new)
}

/// The old lines of `@ -3,7 +3,8 @@`, from 0.
fn hunk(words: &str) -> Option<Range<usize>> {
    let old = words
        .split(['-', ' '])
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let (start, count) = old.split_once(',').unwrap_or((old, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    let start = if count == 0 { start } else { start - 1 };
    Some(start..start + count)
}

fn check(seeds: impl Iterator<Item = u64>, models: &[Postmortem]) {
    let (mut count, mut slips, mut whole) = (0, 0, 0);
    let mut failures = Vec::new();
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let mut model = some_of(dice.one_of(models), &mut dice);
        if dice.in_hundred(30) {
            dice.shuffle(&mut model.timeline);
        }
        let mut wrong = said(&model);
        let made = slip("", &mut wrong, &mut dice);
        let habits = Habits::any(&mut dice);
        let text = hand::written(&wrong, habits, &mut dice);
        let safe = checked(&text, Fixes::Safe).and_then(|fixed| {
            let new = fixed.reading.source.text().to_owned();
            let Some(document) = fixed
                .reading
                .document
                .filter(|_| fixed.reading.findings.is_empty())
            else {
                return Ok(false);
            };
            let read = document.postmortem();
            let other = read_as_others_do::<Postmortem>(&new);
            if in_any_order(read) != in_any_order(&model) {
                return Err(format!("it says something else\n--- new\n{new}"));
            }
            match other.as_ref() == Ok(read) {
                true => Ok(true),
                false => Err(format!("others read something else\n--- new\n{new}")),
            }
        });
        count += 1;
        slips += usize::from(made > 0);
        match safe.and_then(|is_whole| checked(&text, Fixes::All).map(|_| is_whole)) {
            Ok(is_whole) => whole += usize::from(is_whole),
            Err(why) => failures.push(format!("seed {seed}: {why}\n--- old\n{text}")),
        }
    }
    report(&failures);
    assert!(slips * 2 > count, "{slips} of {count} documents have slips");
    assert!(
        whole * 10 > count * 9,
        "{whole} of {count} documents are mended"
    );
}

#[test]
fn what_was_meant_is_there_after_fixing() {
    let seed = seed(5_000);
    check(seed..seed + cases() / 2, &models(3, 40));
}

/// Documents as they stand in the repository, with slips that need no generator.
#[test]
fn the_program_patch_makes_the_same_bytes() {
    let sandbox = Sandbox::new();
    let mut count = 0;
    for folder in ["examples", "tests/documents", "tests/documents/good"] {
        for entry in std::fs::read_dir(project().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|ending| ending != "yaml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a text");
            let slips = text
                .replace("\ntitle:", "\ntitel:")
                .replace("\nstatus: r", "\nstatus: R")
                .replace("\nsummary:", "\nSummary:");
            for text in [
                slips.clone(),
                slips.replace('\n', "\r\n"),
                slips.trim_end().to_owned(),
            ] {
                sandbox.write("x.yaml", &text);
                let shown = sandbox.run(["lint", "--diff", "x.yaml"]).exits(1).stdout;
                let run = sandbox.call(["lint", "--fix", "-"]).stdin(&text).run();
                let patch = sandbox
                    .program("patch")
                    .args(["--binary", "-p0"])
                    .stdin(&shown);
                let _ = patch.run().succeeds();
                assert!(run.stdout != text, "{}", path.display());
                assert_eq!(
                    sandbox.read("x.yaml"),
                    run.stdout,
                    "{}\n{shown}",
                    path.display()
                );
                count += 1;
            }
        }
    }
    assert!(count > 60, "only {count}");
}
