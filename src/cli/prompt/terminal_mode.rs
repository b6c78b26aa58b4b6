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
            // Between two reads of the prompt library keys would be echoed, and Ctrl-C would be a
            // signal while nobody reads: as a byte it waits for the next question.
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

    /// Elsewhere the prompt library alone sees to the terminal.
    #[derive(Debug)]
    pub struct TerminalMode;

    impl TerminalMode {
        pub fn hold() -> io::Result<Self> {
            Ok(Self)
        }

        pub fn typed_ahead(&self) -> io::Result<Vec<u8>> {
            Ok(Vec::new())
        }

        /// A line break would be an answer, and nothing the end: one that is left out is neither.
        pub fn first_keys(&self) -> io::Result<Vec<u8>> {
            Ok(vec![0])
        }
    }
}
