use serde_json::json;

use super::*;
use crate::store::tests::Folder;
use crate::store::{Store, StoreError};

const BRIEF: Duration = Duration::from_millis(30);
const LONG: Duration = Duration::from_secs(60);

pub fn taken(file: &Path) -> Lock {
    let lock = Lock::take(file, LONG, &mut || {}).expect("it can be locked");
    lock.expect("it is free")
}

fn is_free(file: &Path) -> bool {
    let lock = Lock::take(file, Duration::ZERO, &mut || {});
    lock.expect("it can be locked").is_some()
}

fn document(folder: &Folder) -> PathBuf {
    let file = folder.path().join("a.yaml");
    std::fs::write(&file, "old").expect("written");
    file
}

#[test]
fn one_at_a_time_and_the_lock_file_stays() {
    let folder = Folder::new();
    let file = document(&folder);
    let lock = taken(&file);
    let other = Lock::take(&file, BRIEF, &mut || {}).expect("asked");
    assert!(other.is_none(), "{other:?}");
    drop(lock);
    assert!(is_free(&file));
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
    assert_eq!(std::fs::read(&file).expect("read"), b"old");
}

/// Adds one to the number in a document, 25 times.
fn count(file: &Path) {
    for _ in 0..25 {
        let lock = taken(file);
        let old = Store::read(file).expect("read");
        let new = old.parse::<u32>().expect("a number") + 1;
        assert_eq!(lock.exchange(&old, &new.to_string()), Ok(true));
    }
}

#[test]
fn threads_take_turns() {
    let folder = Folder::new();
    let file = document(&folder);
    std::fs::write(&file, "0").expect("written");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let _ = scope.spawn(|| count(&file));
        }
    });
    assert_eq!(Store::read(&file).as_deref(), Ok("100"));
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
}

#[test]
fn who_waits_long_is_told_once() {
    let folder = Folder::new();
    let file = document(&folder);
    let lock = taken(&file);
    let mut told = 0;
    let other = Lock::take(&file, NOTICED + 10 * BRIEF, &mut || told += 1).expect("asked");
    assert_eq!((other.is_none(), told), (true, 1));
    let other = Lock::take(&file, BRIEF, &mut || told += 1).expect("asked");
    assert_eq!((other.is_none(), told), (true, 1));
    drop(lock);
    let _ = taken(&file);
    assert_eq!(told, 1);
}

#[test]
fn a_lock_file_that_was_deleted_is_no_lock() {
    let folder = Folder::new();
    let file = document(&folder);
    let lock = taken(&file);
    let mut told = 0;
    // Whoever waits has the old file open when it goes; the holder of the old one is no holder.
    let second = Lock::take(&file, LONG, &mut || {
        told += 1;
        std::fs::remove_file(folder.path().join(".a.yaml.lock")).expect("removed");
        assert!(is_free(&file), "the new file is free");
        lock.handle.unlock().expect("unlocked");
    });
    let second = second.expect("asked");
    assert!(second.is_some());
    assert_eq!(told, 1);
    let third = Lock::take(&file, BRIEF, &mut || {}).expect("asked");
    assert!(third.is_none(), "the second one holds what others see");
}

#[test]
fn what_cannot_be_locked_is_said() {
    let folder = Folder::new();
    let take = |file: &Path| Lock::take(file, BRIEF, &mut || {});
    let gone = take(&folder.path().join("nowhere/a.yaml")).expect_err("no folder");
    assert_eq!(gone.path, folder.path().join("nowhere/.a.yaml.lock"));
    assert!(gone.why.starts_with("cannot be opened: "), "{gone}");
    // A name that just fits leaves no room for another beside it.
    let long = folder.path().join(format!("{}.yaml", "x".repeat(250)));
    std::fs::write(&long, "").expect("written");
    assert!(take(&long).is_err());
    assert!(take(Path::new("/")).is_err());
    // Not even root may make a file here, as in a folder that is read-only.
    #[cfg(target_os = "linux")]
    {
        let refused = take(Path::new("/proc/version")).expect_err("nothing can be made there");
        assert_eq!(refused.path, Path::new("/proc/.version.lock"));
        assert!(!refused.is_done);
    }
    // What came with a clone in place of the lock file.
    let file = document(&folder);
    std::fs::create_dir(folder.path().join(".a.yaml.lock")).expect("made");
    let error = take(&file).expect_err("a folder");
    assert_eq!(error.why, "cannot be opened: it is no plain file");
    assert!(
        unlockable(&file, &io::ErrorKind::Unsupported.into())
            .why
            .ends_with("no locks")
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_in_place_of_the_lock() {
    let folder = Folder::new();
    let file = document(&folder);
    let theirs = folder.path().join("theirs");
    std::fs::write(&theirs, "theirs").expect("written");
    std::os::unix::fs::symlink(&theirs, folder.path().join(".a.yaml.lock")).expect("linked");
    assert!(Lock::take(&file, BRIEF, &mut || {}).is_err());
    assert_eq!(std::fs::read(&theirs).expect("read"), b"theirs");
}

#[cfg(unix)]
#[test]
fn two_names_of_one_file_share_a_lock() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let file = document(&folder);
    let links = folder.path().join("links");
    std::fs::create_dir(&links).expect("made");
    let link = links.join("b.yaml");
    symlink("../a.yaml", &link).expect("linked");
    let lock = taken(&link);
    assert_eq!(lock.target(), file);
    assert!(!is_free(&file));
    assert_eq!(lock.exchange("old", "new"), Ok(true));
    assert!(link.is_symlink());
    assert_eq!(Store::read(&file).as_deref(), Ok("new"));
    assert_eq!(folder.names_in("links"), ["b.yaml"]);
    drop(lock);
    // An editor that keeps a copy moves the file away for a moment.
    std::fs::remove_file(&file).expect("removed");
    let lock = taken(&link);
    assert!(!is_free(&file));
    assert_eq!(lock.exchange("new", "newer"), Ok(false));
    assert!(!file.exists());
}

#[test]
fn what_an_editor_saved_is_never_written_over() {
    let folder = Folder::new();
    let file = document(&folder);
    let lock = taken(&file);
    assert_eq!(lock.exchange("other", "new"), Ok(false));
    // To the byte: a mark at the front and line ends count.
    std::fs::write(&file, "\u{feff}a\r\n").expect("written");
    assert_eq!(lock.exchange("a\n", "new"), Ok(false));
    assert_eq!(lock.exchange("\u{feff}a\r\n", "\u{feff}b\r\n"), Ok(true));
    assert_eq!(std::fs::read(&file).expect("read"), b"\xef\xbb\xbfb\r\n");
    std::fs::write(&file, b"\xff").expect("written");
    assert_eq!(lock.exchange("?", "new"), Ok(false));
    assert_eq!(folder.names_in("."), [".a.yaml.lock", "a.yaml"]);
    std::fs::remove_file(&file).expect("removed");
    std::fs::create_dir(&file).expect("made");
    let error = lock.exchange("?", "new").expect_err("a folder");
    assert_eq!(error.why, "cannot be written: it is no plain file");
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let folder = Folder::new();
    let file = document(&folder);
    let is_root = chown(&file, Some(12), Some(34)).is_ok();
    for mode in [0o600, 0o444, 0o664, 0o666] {
        std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).expect("set");
        let _ = std::fs::remove_file(folder.path().join(".a.yaml.lock"));
        let lock = taken(&file);
        assert_eq!(lock.exchange("old", "new"), Ok(true));
        assert_eq!(lock.exchange("new", "old"), Ok(true));
        let about = std::fs::metadata(&file).expect("there");
        assert_eq!(about.mode() & 0o7777, mode);
        let beside = std::fs::metadata(folder.path().join(".a.yaml.lock")).expect("there");
        assert_eq!(
            beside.mode() & 0o7777,
            mode | 0o600,
            "whoever may write may lock"
        );
        if is_root {
            assert_eq!((about.uid(), about.gid()), (12, 34));
            assert_eq!((beside.uid(), beside.gid()), (12, 34));
        }
    }
}

#[test]
fn an_error_after_the_rename_does_not_say_that_nothing_was_done() {
    let file = Path::new("a.yaml");
    let lost = || io::Error::from(io::ErrorKind::StorageFull);
    let before = StoreError::new(file, "written", &lost());
    assert!(!before.is_done);
    assert!(before.why.starts_with("cannot be written: "), "{before}");
    let unsettled = write_aside::Unsettled::after(lost());
    let after = StoreError::new(file, "written", &unsettled);
    assert!(after.is_done);
    assert!(
        after
            .why
            .starts_with("cannot be made to last: it is in its place, "),
        "{after}"
    );
}

fn remembered(number: usize) -> Remembered {
    Remembered {
        who: "jane".to_owned(),
        event: json!({ "at": "2024-12-11T15:16Z", "what": format!("{number}\nlines") }),
    }
}

#[test]
fn the_last_events_are_remembered() {
    let folder = Folder::new();
    let file = document(&folder);
    assert_eq!(taken(&file).memory(), []);
    for number in 0..60 {
        taken(&file).remember(remembered(number));
    }
    let mut lock = taken(&file);
    let last: Vec<Remembered> = (10..60).map(remembered).collect();
    assert_eq!(lock.memory(), last);
    assert!(lock.forget(&remembered(59)));
    assert!(lock.forget(&remembered(20)));
    assert!(!lock.forget(&remembered(59)));
    drop(lock);
    let mut lock = taken(&file);
    assert_eq!(lock.memory().len(), 48);
    assert_eq!(lock.memory().last(), Some(&remembered(58)));
}

#[test]
fn garbage_in_the_memory_is_passed_over() {
    let folder = Folder::new();
    let file = document(&folder);
    taken(&file).remember(remembered(1));
    let beside = folder.path().join(".a.yaml.lock");
    let good = std::fs::read(&beside).expect("read");
    let deep = "[".repeat(100_000);
    for garbage in [
        &b"\xff\x00\n"[..],
        b"{\"who\":\"jane\"}\n",
        deep.as_bytes(),
        b"\n\n",
    ] {
        // Before and behind; the last line torn.
        let text = [garbage, b"\n", &good, &good[..good.len() / 2]].concat();
        std::fs::write(&beside, text).expect("written");
        let mut lock = taken(&file);
        assert_eq!(lock.memory(), [remembered(1)]);
        lock.remember(remembered(2));
        assert_eq!(lock.memory(), [remembered(1), remembered(2)]);
    }
}

#[test]
fn the_memory_does_not_grow_for_ever() {
    let folder = Folder::new();
    let file = document(&folder);
    let large = |number: usize| Remembered {
        who: number.to_string(),
        event: json!("x".repeat(400_000)),
    };
    let mut lock = taken(&file);
    for number in 0..5 {
        lock.remember(large(number));
    }
    assert_eq!(lock.memory(), [large(3), large(4)]);
}

/// Processes of their own, which are run from this very test binary.
#[cfg(target_os = "linux")]
pub mod processes {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// A process that holds the lock of `held.yaml` in a folder.
    #[derive(Debug)]
    pub struct Holder(Child);

    /// What the process says when it has the lock.
    const HELD: &str = "the lock is held";

    impl Holder {
        pub fn of(folder: &Folder) -> Self {
            std::fs::write(folder.path().join("held.yaml"), "").expect("written");
            let mut child = this("a_holder", folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("it runs");
            let said = BufReader::new(child.stdout.take().expect("a pipe"));
            let mut lines = said.lines().map(|line| line.expect("a line"));
            assert!(lines.any(|line| line.contains(HELD)), "it has the lock");
            Self(child)
        }

        pub fn stop(&self) {
            self.signal("-STOP");
        }

        pub fn kill(mut self) {
            self.0.kill().expect("killed");
            let _ = self.0.wait().expect("ended");
        }

        fn signal(&self, signal: &str) {
            let process = self.0.id().to_string();
            let ran = Command::new("sh")
                .args(["-c", "kill \"$0\" \"$1\"", signal, &process])
                .status();
            assert!(ran.expect("it runs").success());
        }
    }

    impl Drop for Holder {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// One test of this binary as a process of its own, in a folder.
    fn this(test: &str, folder: &Folder) -> Command {
        let name = format!("store::lock::tests::processes::{test}");
        let mut command = Command::new("/proc/self/exe");
        let _ = command.args(["--exact", &name, "--nocapture"]);
        let _ = command.current_dir(folder.path());
        command
    }

    /// The process itself; without `held.yaml` in the folder there is nothing to do.
    #[test]
    fn a_holder() {
        let file = Path::new("held.yaml");
        if !file.exists() {
            return;
        }
        let _lock = taken(file);
        let mut said = OpenOptions::new()
            .write(true)
            .open("/dev/stdout")
            .expect("open");
        writeln!(said, "{HELD}").expect("said");
        let mut until_killed = File::open("/dev/stdin").expect("open");
        let _ = until_killed.read_to_end(&mut Vec::new());
    }

    #[test]
    fn a_killed_holder_frees_the_lock() {
        let folder = Folder::new();
        let holder = Holder::of(&folder);
        let file = folder.path().join("held.yaml");
        assert!(!is_free(&file));
        holder.kill();
        assert!(is_free(&file));
    }

    #[test]
    fn a_stopped_holder_keeps_the_lock_and_nobody_waits_for_ever() {
        let folder = Folder::new();
        let holder = Holder::of(&folder);
        holder.stop();
        let file = folder.path().join("held.yaml");
        let lock = Lock::take(&file, BRIEF, &mut || {}).expect("asked");
        assert!(lock.is_none());
        holder.kill();
        assert!(is_free(&file));
    }

    /// A process that counts; without `counted.yaml` in the folder there is nothing to do.
    #[test]
    fn a_counter() {
        let file = Path::new("counted.yaml");
        if file.exists() {
            count(file);
        }
    }

    #[test]
    fn processes_take_turns() {
        let folder = Folder::new();
        let file = folder.path().join("counted.yaml");
        std::fs::write(&file, "0").expect("written");
        let run = || this("a_counter", &folder).stdout(Stdio::null()).spawn();
        let children: Vec<Child> = (0..4).map(|_| run().expect("it runs")).collect();
        for mut child in children {
            assert!(child.wait().expect("ended").success());
        }
        assert_eq!(Store::read(&file).as_deref(), Ok("100"));
        assert_eq!(folder.names_in("."), [".counted.yaml.lock", "counted.yaml"]);
    }
}
