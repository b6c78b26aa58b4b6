use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

/// Why a file beside a document is not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentError {
    /// There is none of this name.
    Missing,
    /// It lies elsewhere, by its path or behind a link.
    Outside,
    /// It is a folder, a device or something else that is no file.
    NoFile,
    /// It has more bytes than were asked for.
    TooLarge,
    /// The system says why.
    Unreadable(String),
}

/// Reads a file beside a document: by its path from the document's folder, which it does not leave, not through
/// links either; at most as many bytes as given.
pub fn attachment(folder: &Path, file: &str, most: u64) -> Result<Vec<u8>, AttachmentError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => AttachmentError::Missing,
        _ => AttachmentError::Unreadable(super::reason(&error)),
    };
    let below = Path::new(file);
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !below.components().all(stays) {
        return Err(AttachmentError::Outside);
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folder = fs::canonicalize(folder).map_err(unreadable)?;
    let target = fs::canonicalize(folder.join(below)).map_err(unreadable)?;
    if !target.starts_with(&folder) {
        return Err(AttachmentError::Outside);
    }
    // A pipe would wait for somebody to write.
    if !fs::metadata(&target).map_err(unreadable)?.is_file() {
        return Err(AttachmentError::NoFile);
    }
    let mut bytes = Vec::new();
    File::open(&target)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(AttachmentError::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_its_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("postmortems");
        fs::create_dir_all(folder.join("graphs")).expect("folders");
        fs::write(root.path().join("secret"), "secret").expect("a file");
        fs::write(folder.join("graphs/a.png"), "12345").expect("a file");
        let of = |file: &str| attachment(&folder, file, 5);
        assert_eq!(of("graphs/a.png"), Ok(b"12345".to_vec()));
        assert_eq!(of("./graphs/a.png"), Ok(b"12345".to_vec()));
        assert_eq!(
            attachment(&folder, "graphs/a.png", 4),
            Err(AttachmentError::TooLarge)
        );
        let absolute = root.path().join("secret").display().to_string();
        for file in ["../secret", "graphs/../../secret", &absolute] {
            assert_eq!(of(file), Err(AttachmentError::Outside), "{file}");
        }
        for file in ["graphs/b.png", "graphs/a.png/x", ""] {
            assert_ne!(of(file).map(|_| ()), Ok(()), "{file}");
        }
        assert_eq!(of("graphs"), Err(AttachmentError::NoFile));
        assert_eq!(of("none"), Err(AttachmentError::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere_else() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("postmortems");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(root.path().join("secret"), "secret").expect("a file");
        fs::write(folder.join("a.txt"), "a").expect("a file");
        symlink("../secret", folder.join("out.png")).expect("a link");
        symlink("a.txt", folder.join("in.txt")).expect("a link");
        symlink("..", folder.join("up")).expect("a link");
        assert_eq!(
            attachment(&folder, "out.png", 9),
            Err(AttachmentError::Outside)
        );
        assert_eq!(
            attachment(&folder, "up/secret", 9),
            Err(AttachmentError::Outside)
        );
        assert_eq!(attachment(&folder, "in.txt", 9), Ok(b"a".to_vec()));
    }
}
