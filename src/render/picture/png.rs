use super::Copied;
use super::reader::{Reader, big};

pub const BEGIN: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that make the picture; all others say something beside it.
const NEEDED: [&[u8]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"acTL",
    b"fcTL", b"fdAT",
];

/// The last chunk, which holds nothing.
const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";

pub fn copy(file: &mut Reader<'_>) -> Option<Copied> {
    let mut copied = Copied::default();
    copied.bytes.extend(file.take(BEGIN.len())?);
    let mut has_own_colours = false;
    loop {
        let begin = file.take(8)?;
        let (length, name) = begin.split_at(4);
        let data = file.take(usize::try_from(big(length)).ok()?)?;
        let sum = file.take(4)?;
        let is_end = name == b"IEND";
        if name == b"IHDR" {
            copied.width = big(data.get(..4)?);
            copied.height = big(data.get(4..8)?);
            has_own_colours = data.get(9).is_some_and(|kind| *kind != 3);
        }
        // Only pictures in indexed colours need a list of them; elsewhere it could hold anything.
        let is_idle = name == b"PLTE" && has_own_colours;
        if is_end {
            copied.bytes.extend(END);
            return Some(copied);
        }
        if NEEDED.contains(&name) && !is_idle {
            copied.bytes.extend([begin, data, sum].concat());
        }
    }
}
