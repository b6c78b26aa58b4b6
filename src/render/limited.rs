use std::io;

/// More than this is no page but a template that does not stop.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Takes bytes until there are too many for a page.
pub struct Limited {
    taken: Vec<u8>,
}

impl Limited {
    /// Has room for a page of this many bytes; larger ones find more.
    pub fn with_room_for(bytes: usize) -> Self {
        Self {
            taken: Vec::with_capacity(bytes),
        }
    }

    /// What was taken.
    pub fn taken(self) -> Vec<u8> {
        self.taken
    }
}

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.taken.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.taken.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
