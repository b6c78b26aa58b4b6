use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::model::{EventKind, Kinds};
use crate::store::lock::tests::taken;
use crate::store::tests::Folder;

fn event(what: &str) -> Event {
    let at = "2024-12-11T15:16-08:00".parse().expect("a time");
    Event::new(at, EventKind::Action, what)
}

fn document(folder: &Folder) -> PathBuf {
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, "old").expect("written");
    file
}

fn append(file: &Path, what: &str) {
    let journal = Journal::of(file).expect("a journal");
    assert_eq!(journal.append(&event(what), "jane"), Ok(()));
}

fn claim(file: &Path) -> Claimed {
    Journal::claim(&taken(file)).expect("claimed")
}

impl Claimed {
    /// The lines that are no events.
    fn unreadable(&self) -> Vec<String> {
        let texts = self.files.iter().map(|(_, text)| text);
        let lines = texts.flat_map(|text| lines(text));
        lines
            .filter(|line| Line::read(line).is_none())
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect()
    }
}

fn words(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.what.as_str()).collect()
}

#[test]
fn what_is_appended_is_claimed_in_order_and_once() {
    let folder = Folder::new();
    let file = document(&folder);
    let journal = Journal::of(&file).expect("a journal");
    assert_eq!(journal.waiting(), []);
    assert!(claim(&file).events.is_empty());
    let mut full = event("one\nwith lines, \"quotes\" and 🔥");
    full.by = Some("jane".parse().expect("a key"));
    full.kind = Kinds::new(EventKind::Detected, [EventKind::Acknowledged]);
    full.detail = Some("a\n\n\tb\r\n".to_owned());
    journal.append(&full, "sam").expect("appended");
    append(&file, "two");
    assert_eq!(words(&journal.waiting())[1..], ["two"]);
    let claimed = claim(&file);
    assert_eq!(claimed.events, [full, event("two")]);
    assert_eq!(claimed.authors, ["sam", "jane"]);
    assert_eq!(claimed.unreadable(), Vec::<String>::new());
    assert_eq!(journal.waiting().len(), 2, "until it is cleared");
    assert_eq!(claimed.clear(), Ok(None));
    assert_eq!(journal.waiting(), []);
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
}

#[test]
fn a_crash_before_the_clearing_doubles_nothing() {
    let folder = Folder::new();
    let file = document(&folder);
    let mut timeline = vec![event("before")];
    append(&file, "one");
    append(&file, "two");
    // The document is written, and then the process dies.
    let claimed = claim(&file);
    timeline.extend(missing(claimed.events, &timeline));
    append(&file, "three");
    let claimed = claim(&file);
    assert_eq!(words(&claimed.events), ["one", "two", "three"]);
    let new = missing(claimed.events.clone(), &timeline);
    assert_eq!(words(&new), ["three"]);
    timeline.extend(new);
    assert_eq!(
        folder.names_in("."),
        [
            ".a.yaml.journal.1",
            ".a.yaml.journal.2",
            ".a.yaml.lock",
            "a.yaml"
        ]
    );
    assert_eq!(claimed.clear(), Ok(None));
    let claimed = claim(&file);
    assert_eq!(missing(claimed.events, &timeline), []);
    assert_eq!(words(&timeline), ["before", "one", "two", "three"]);
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
}

#[test]
fn a_crash_before_the_document_is_written_loses_nothing() {
    let folder = Folder::new();
    let file = document(&folder);
    append(&file, "one");
    drop(claim(&file));
    append(&file, "two");
    drop(claim(&file));
    append(&file, "three");
    assert_eq!(words(&claim(&file).events), ["one", "two", "three"]);
    let journal = Journal::of(&file).expect("a journal");
    assert_eq!(words(&journal.waiting()), ["one", "two", "three"]);
}

#[test]
fn a_torn_line_swallows_nothing_and_is_kept() {
    let folder = Folder::new();
    let file = document(&folder);
    let journal = Journal::of(&file).expect("a journal");
    append(&file, "whole");
    let whole = std::fs::read(journal.path()).expect("read");
    let torn = &whole[..whole.len() - 5];
    std::fs::write(journal.path(), [&whole, torn].concat()).expect("torn");
    append(&file, "after");
    let mut text = std::fs::read(journal.path()).expect("read");
    text.extend_from_slice(
        b"somebody's\n\xff\xfe\n{\"at\":\"2024-12-11\",\"what\":\"x\",\"new\":1}",
    );
    std::fs::write(journal.path(), text).expect("written");
    assert_eq!(words(&journal.waiting()), ["whole", "after"]);
    let claimed = claim(&file);
    assert_eq!(words(&claimed.events), ["whole", "after"]);
    let torn = String::from_utf8_lossy(torn).trim().to_owned();
    let foreign = "{\"at\":\"2024-12-11\",\"what\":\"x\",\"new\":1}";
    assert_eq!(
        claimed.unreadable(),
        [&torn, "somebody's", "\u{fffd}\u{fffd}", foreign]
    );
    let again = claim(&file);
    let kept = folder.path().join(".a.yaml.journal.unreadable");
    assert_eq!(claimed.clear(), Ok(Some(kept.clone())));
    let bytes = format!("\n{torn}\n\nsomebody's\n\n");
    let expected = [bytes.as_bytes(), b"\xff\xfe\n\n", foreign.as_bytes(), b"\n"].concat();
    assert_eq!(std::fs::read(&kept).expect("read"), expected);
    // Whoever comes second finds it done.
    assert_eq!(again.clear(), Ok(None));
    assert!(claim(&file).unreadable().is_empty());
    assert_eq!(std::fs::read(&kept).expect("read"), expected);
}

#[test]
fn a_crash_between_keeping_and_deleting_doubles_no_line() {
    let folder = Folder::new();
    let file = document(&folder);
    let taken_away = folder.path().join(".a.yaml.journal.1");
    let kept = folder.path().join(".a.yaml.journal.unreadable");
    for _ in 0..2 {
        std::fs::write(&taken_away, "torn").expect("written");
        assert_eq!(claim(&file).clear(), Ok(Some(kept.clone())));
        assert_eq!(std::fs::read(&kept).expect("read"), b"\ntorn\n");
    }
}

#[test]
fn a_journal_that_grows_while_it_is_claimed_stays() {
    let folder = Folder::new();
    let file = document(&folder);
    append(&file, "one");
    let claimed = claim(&file);
    let taken_away = folder.path().join(".a.yaml.journal.1");
    let one = std::fs::read(&taken_away).expect("read");
    // Somebody had opened it before it was taken away, and died before writing again.
    let late = String::from_utf8(one).expect("text").replace("one", "late");
    let late = late.replace("\"line\":\"", "\"line\":\"late-");
    let mut file_of_the_dead = OpenOptions::new()
        .append(true)
        .open(&taken_away)
        .expect("open");
    file_of_the_dead
        .write_all(late.as_bytes())
        .expect("written");
    assert_eq!(claimed.clear(), Ok(None));
    let claimed = claim(&file);
    assert_eq!(words(&claimed.events), ["one", "late"]);
    assert_eq!(claimed.clear(), Ok(None));
    assert!(claim(&file).events.is_empty());
}

#[test]
fn a_line_in_a_journal_that_was_taken_away_is_not_there() {
    let folder = Folder::new();
    let journal = Journal::of(&document(&folder)).expect("a journal");
    assert!(!journal.has(b"\none\n").expect("looked"));
    std::fs::write(journal.path(), "\ntwo\n").expect("written");
    assert!(!journal.has(b"\none\n").expect("looked"));
    std::fs::write(journal.path(), "\none and two\n\none\n").expect("written");
    assert!(journal.has(b"\none\n").expect("looked"));
}

#[test]
fn names_that_are_not_ours_are_left_alone() {
    let folder = Folder::new();
    let file = document(&folder);
    append(&file, "one");
    let theirs = [
        ".a.yaml.journal.bak",
        ".a.yaml.journal.-1",
        ".a.yaml.journal.1.swp",
        ".a.yaml.journal.01",
        ".b.yaml.journal",
        ".b.yaml.journal.1",
        "a.yaml.journal.1",
    ];
    for name in theirs {
        std::fs::write(folder.path().join(name), "theirs").expect("written");
    }
    std::fs::create_dir(folder.path().join(".a.yaml.journal.1")).expect("made");
    let claimed = claim(&file);
    assert_eq!(words(&claimed.events), ["one"]);
    assert!(
        claimed.unreadable().is_empty(),
        "{:?}",
        claimed.unreadable()
    );
    assert!(folder.path().join(".a.yaml.journal.2").exists());
    assert_eq!(claimed.clear(), Ok(None));
    let left = folder.names_in(".");
    assert!(
        theirs.iter().all(|name| left.contains(&(*name).to_owned())),
        "{left:?}"
    );
    assert_eq!(left.len(), theirs.len() + 3, "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_journal_of_its_file_and_none_is_followed_in_its_place() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let file = document(&folder);
    let link = folder.path().join("link.yaml");
    symlink("a.yaml", &link).expect("linked");
    append(&link, "one");
    let claimed = claim(&file);
    assert_eq!(words(&claimed.events), ["one"]);
    assert_eq!(claimed.clear(), Ok(None));
    let theirs = folder.path().join("theirs");
    std::fs::write(&theirs, "").expect("written");
    let journal = Journal::of(&file).expect("a journal");
    symlink(&theirs, journal.path()).expect("linked");
    let error = journal.append(&event("two"), "jane").expect_err("a link");
    assert_eq!(error.why, "cannot be written: it is no plain file");
    assert_eq!(std::fs::read(&theirs).expect("read"), b"");
    assert!(claim(&file).events.is_empty());
}

#[test]
fn what_cannot_be_appended_is_said() {
    let folder = Folder::new();
    let journal = Journal::of(&folder.path().join("nowhere/a.yaml")).expect("a journal");
    let error = journal.append(&event("x"), "jane").expect_err("no folder");
    assert!(error.why.starts_with("cannot be written: "), "{error}");
    assert!(!error.is_done);
    assert_eq!(journal.waiting(), []);
    #[cfg(target_os = "linux")]
    {
        let journal = Journal::of(Path::new("/proc/version")).expect("a journal");
        assert!(
            journal.append(&event("x"), "jane").is_err(),
            "nothing can be made there"
        );
    }
}

#[test]
fn an_event_is_there_where_one_says_all_that_it_says() {
    let one = event("one");
    let change = |change: &dyn Fn(&mut Event)| {
        let mut other = one.clone();
        change(&mut other);
        missing(vec![other], std::slice::from_ref(&one)).len()
    };
    assert_eq!(change(&|_| {}), 0);
    assert_eq!(change(&|event| event.what.push('!')), 1);
    assert_eq!(change(&|event| event.kind = Kinds::default()), 1);
    assert_eq!(change(&|event| event.by = "jane".parse().ok()), 1);
    assert_eq!(change(&|event| event.at = At::Unknown), 1);
    let at = |text: &'static str| move |event: &mut Event| event.at = text.parse().expect("a time");
    assert_eq!(change(&at("2024-12-11T23:16:00Z")), 0, "the same instant");
    assert_eq!(change(&at("2024-12-11T15:16Z")), 1);
    assert_eq!(
        change(&at("2024-12-11T15:16")),
        1,
        "in a zone that is not told"
    );
    // Somebody added a note to it in the document.
    let noted = Event {
        note: Some("one says 15:12".to_owned()),
        ..one.clone()
    };
    assert_eq!(missing(vec![one.clone()], &[noted]), []);
    // What it says more is not lost, and each there stands for one.
    assert_eq!(
        change(&|event| event.detail = Some("the output".to_owned())),
        1
    );
    assert_eq!(change(&|event| event.services.push("api".to_owned())), 1);
    let twice = vec![event("two"), event("two"), one.clone(), one.clone()];
    assert_eq!(words(&missing(twice, &[one])), ["two", "two", "one"]);
}

#[test]
fn nothing_is_lost_while_many_append_and_one_claims() {
    const THREADS: usize = 8;
    const EACH: usize = 200;
    let folder = Folder::new();
    let file = document(&folder);
    let is_over = AtomicBool::new(false);
    let mut timeline: Vec<Event> = Vec::new();
    let mut rounds = 0;
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..THREADS)
            .map(|thread| {
                let file = &file;
                scope.spawn(move || {
                    for number in 0..EACH {
                        append(file, &format!("{thread} {number}"));
                    }
                })
            })
            .collect();
        let _ = scope.spawn(|| {
            for writer in writers {
                let _ = writer.join();
            }
            is_over.store(true, Ordering::Release);
        });
        loop {
            let is_last = is_over.load(Ordering::Acquire);
            rounds += 1;
            let lock = taken(&file);
            let claimed = Journal::claim(&lock).expect("claimed");
            // A crash here and there: before the document is written, and after.
            if rounds % 5 != 1 || is_last {
                timeline.extend(missing(claimed.events.clone(), &timeline));
                if rounds % 5 != 2 || is_last {
                    let _ = claimed.clear().expect("cleared");
                }
            }
            if is_last {
                break;
            }
        }
    });
    let waiting = Journal::of(&file).expect("a journal").waiting();
    assert_eq!(missing(waiting, &timeline), []);
    assert_eq!(timeline.len(), THREADS * EACH);
    for thread in 0..THREADS {
        let mine = timeline.iter().filter_map(|event| {
            let (by, number) = event.what.split_once(' ')?;
            (by == thread.to_string()).then(|| number.parse().expect("a number"))
        });
        let mine: Vec<usize> = mine.collect();
        assert_eq!(
            mine,
            (0..EACH).collect::<Vec<_>>(),
            "in the order of thread {thread}"
        );
    }
    assert!(rounds > 2, "there was a race");
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_stopped_holder_of_the_lock_is_not_waited_for() {
    use crate::store::lock::tests::processes::Holder;
    let folder = Folder::new();
    let holder = Holder::of(&folder);
    holder.stop();
    let file = folder.path().join("held.yaml");
    append(&file, "one");
    holder.kill();
    assert_eq!(words(&claim(&file).events), ["one"]);
}

/// What a process on a full disk says at its end, with how many events it was told are saved.
#[cfg(target_os = "linux")]
const SAVED: &str = "events are saved, and then: ";

/// The process itself; without `full.yaml` in the folder there is nothing to do.
#[cfg(target_os = "linux")]
#[test]
fn a_writer_on_a_full_disk() {
    let file = Path::new("full.yaml");
    if !file.exists() {
        return;
    }
    let journal = Journal::of(file).expect("a journal");
    let mut number = 0;
    let error = loop {
        match journal.append(&event(&format!("{number} and more")), "jane") {
            Ok(()) => number += 1,
            Err(error) => break error,
        }
    };
    let mut said = OpenOptions::new()
        .write(true)
        .open("/dev/stdout")
        .expect("open");
    writeln!(said, "{number} {SAVED}{}", error.why).expect("said");
}

#[cfg(target_os = "linux")]
#[test]
fn what_does_not_fit_is_not_said_to_be_saved() {
    let folder = Folder::new();
    let file = folder.path().join("full.yaml");
    std::fs::write(&file, "").expect("written");
    let name = "store::journal::tests::a_writer_on_a_full_disk";
    // No file may grow beyond a block: writes are cut short, and then fail, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" --exact {name} --nocapture");
    let this = std::fs::read_link("/proc/self/exe").expect("a program");
    let ran = std::process::Command::new("sh")
        .args(["-c", &script])
        .arg(this)
        .current_dir(folder.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let line = said.lines().find(|line| line.contains(SAVED));
    let (before, why) = line
        .and_then(|line| line.split_once(SAVED))
        .expect("it ended");
    assert!(why.starts_with("cannot be written: "), "{why}");
    let saved: usize = before
        .rsplit("... ")
        .next()
        .and_then(|n| n.trim().parse().ok())
        .expect(before);
    assert!(saved > 1, "{before}");
    append(&file, "room again");
    let claimed = claim(&file);
    assert_eq!(claimed.events.len(), saved + 1);
    assert_eq!(claimed.unreadable().len(), 1, "{:?}", claimed.unreadable());
    assert_eq!(words(&claimed.events).last(), Some(&"room again"));
}
