//! The terminal while questions are asked: what is typed between two questions is neither echoed
//! nor cut into lines, and can be looked at before the next question is shown.

#[cfg(unix)]
pub use unix::TerminalMode;

#[cfg(not(unix))]
pub use other::TerminalMode;

#[cfg(unix)]
mod unix {
    use std::io;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
    };

    /// Holds the terminal for questions, and gives it back as it was.
    #[derive(Debug)]
    pub struct TerminalMode {
        before: Termios,
    }

    /// A paste arrives in pieces; a pause this long is its end.
    const PAUSE: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 40_000_000,
    };

    impl TerminalMode {
        /// Takes the terminal at stdin.
        pub fn hold() -> io::Result<Self> {
            let before = tcgetattr(rustix::stdio::stdin())?;
            let mut held = before.clone();
            // Keys are drawn where they belong, and Ctrl-C is a byte, so that it waits for the next
            // question while nobody reads.
            held.local_modes
                .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
            held.special_codes[SpecialCodeIndex::VMIN] = 1;
            held.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, &held)?;
            Ok(Self { before })
        }

        /// What has been typed or pasted and not been read yet. To be sure of the end of a paste it
        /// waits for a pause of a few hundredths of a second.
        pub fn typed_ahead(&self) -> io::Result<Vec<u8>> {
            let mut typed = Vec::new();
            let mut piece = [0; 4096];
            while is_waiting()? {
                match rustix::io::read(rustix::stdio::stdin(), &mut piece)? {
                    0 => break,
                    read => typed.extend_from_slice(piece.get(..read).unwrap_or_default()),
                }
            }
            Ok(typed)
        }
    }

    impl TerminalMode {
        /// Waits for keys, and gives what one read brings: a key, or a piece of a paste. Nothing where the
        /// terminal is gone.
        pub fn first_keys(&self) -> io::Result<Vec<u8>> {
            let mut piece = [0; 4096];
            let stdin = rustix::stdio::stdin();
            // A signal ends the waiting, whether or not it would end a read.
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            poll(&mut fds, None)?;
            let read = rustix::io::read(stdin, &mut piece)?;
            Ok(piece.get(..read).unwrap_or_default().to_vec())
        }
    }

    fn is_waiting() -> io::Result<bool> {
        let stdin = rustix::stdio::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        Ok(poll(&mut fds, Some(&PAUSE))? > 0 && fds[0].revents().contains(PollFlags::IN))
    }

    impl Drop for TerminalMode {
        fn drop(&mut self) {
            // A terminal that is gone needs no mode.
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, &self.before);
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    use dialoguer::console::{Key, Term};

    /// Elsewhere the terminal library reads the keys, one by one.
    #[derive(Debug)]
    pub struct TerminalMode;

    impl TerminalMode {
        pub fn hold() -> io::Result<Self> {
            Ok(Self)
        }

        pub fn typed_ahead(&self) -> io::Result<Vec<u8>> {
            Ok(Vec::new())
        }

        /// A key, as the bytes that stand for it elsewhere.
        pub fn first_keys(&self) -> io::Result<Vec<u8>> {
            let bytes: &[u8] = match Term::stderr().read_key_raw()? {
                Key::Char(c) => return Ok(c.to_string().into_bytes()),
                Key::Enter => b"\n",
                Key::Tab => b"\t",
                Key::Backspace => b"\x7f",
                Key::Del => b"\x1b[3~",
                Key::ArrowLeft => b"\x1b[D",
                Key::ArrowRight => b"\x1b[C",
                Key::ArrowUp => b"\x1b[A",
                Key::ArrowDown => b"\x1b[B",
                Key::Home => b"\x1b[H",
                Key::End => b"\x1b[F",
                Key::Escape => b"\x1b",
                Key::CtrlC => b"\x03",
                _ => b"\0",
            };
            Ok(bytes.to_vec())
        }
    }
}
