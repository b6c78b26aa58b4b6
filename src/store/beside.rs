//! The tool's own files beside a file: how they are called, opened and made to last.
//!
//! All are named `.NAME.SOMETHING`, so that one pattern keeps them out of git.

use std::ffi::OsString;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// The file that a path names in the end: links are followed, also to a file that is not there yet.
pub fn followed(file: &Path) -> io::Result<PathBuf> {
    match std::fs::canonicalize(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(end_of_links(file)),
        target => target,
    }
}

/// The file that a link would name if it were there; the path itself where it is no link.
fn end_of_links(file: &Path) -> PathBuf {
    let mut end = file.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = std::fs::read_link(&end) else {
            break;
        };
        end = end.with_file_name(next);
    }
    end
}

/// As many links in a row as Linux follows.
const MOST_LINKS: u32 = 40;

/// The path of `.NAME.ENDING` beside a file called NAME.
pub fn path(target: &Path, ending: &str) -> io::Result<PathBuf> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".");
    hidden.push(ending);
    Ok(target.with_file_name(hidden))
}

/// Opens one of the tool's own files, and makes it where it is missing, for whoever may use the
/// file it stands beside.
///
/// Never through a link: what is written here belongs beside the document and nowhere else, whatever
/// came with a clone. Never a pipe: it would be waited for.
pub fn open(path: &Path, options: &OpenOptions, target: &Path) -> io::Result<File> {
    for _ in 0..MOST_RACES {
        let opened = match std::fs::symlink_metadata(path) {
            Ok(about) if about.is_file() => options.open(path),
            Ok(_) => return Err(io::Error::other("it is no plain file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = options.clone().create_new(true).open(path);
                made.inspect(|file| {
                    if let Ok(about) = std::fs::metadata(target) {
                        make_alike(file, &about, OWN_ACCESS);
                    }
                })
            }
            Err(error) => return Err(error),
        };
        match opened {
            // Somebody was quicker, in one direction or the other.
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_there(path) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened,
        }
    }
    Err(io::Error::other("it comes and goes all the time"))
}

/// Whether the folder of a path is there.
fn is_there(path: &Path) -> bool {
    folder(path).is_dir()
}

/// How often a file may come or go while it is opened.
const MOST_RACES: u32 = 1_000;

/// The tool reads and writes its own files, even where the document is read-only.
const OWN_ACCESS: u32 = 0o600;

/// Gives a file the owner, where that is allowed, and the permissions of another, and `more`.
///
/// Where the system refuses, the file keeps what it has: it was made with no more than that.
#[cfg(unix)]
pub fn make_alike(file: &File, other: &Metadata, more: u32) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(about) = file.metadata() else {
        return;
    };
    let (user, group) = (other.uid(), other.gid());
    if (about.uid(), about.gid()) != (user, group) && fchown(file, Some(user), Some(group)).is_err()
    {
        let _ = fchown(file, None, Some(group));
    }
    // After the owner: a change of owner takes permissions away.
    let mode = (other.mode() | more) & 0o7777;
    let _ = file.set_permissions(PermissionsExt::from_mode(mode));
}

/// Gives a file the permissions of another.
#[cfg(not(unix))]
pub fn make_alike(_file: &File, _other: &Metadata, _more: u32) {}

/// Whether a path names this very file, and not a newer one of its name.
#[cfg(unix)]
pub fn names(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let there = match std::fs::symlink_metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let here = file.metadata()?;
    Ok((there.dev(), there.ino()) == (here.dev(), here.ino()))
}

/// Whether a path names a file at all: there is no way to tell which.
#[cfg(not(unix))]
pub fn names(path: &Path, _file: &File) -> io::Result<bool> {
    std::fs::exists(path)
}

/// The folder of a file.
pub fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The names in the folder of a file; what cannot be read is passed over.
pub fn siblings(file: &Path) -> io::Result<Vec<OsString>> {
    let entries = std::fs::read_dir(folder(file))?;
    Ok(entries
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect())
}

/// Makes new names in the folder of a file last; where folders cannot be synced there is nothing to do.
pub fn sync_folder(file: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder(file))?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}
