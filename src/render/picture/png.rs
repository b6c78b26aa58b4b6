use super::Copied;
use super::reader::{Reader, big};

pub const BEGIN: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that make the picture; all others say something beside it.
const NEEDED: [&[u8]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"acTL",
    b"fcTL", b"fdAT",
];

pub fn copy(file: &mut Reader<'_>) -> Option<Copied> {
    let mut copied = Copied::default();
    copied.bytes.extend(file.take(BEGIN.len())?);
    loop {
        let begin = file.take(8)?;
        let (length, name) = begin.split_at(4);
        let data = file.take(usize::try_from(big(length)).ok()?)?;
        let sum = file.take(4)?;
        let is_end = name == b"IEND";
        if name == b"IHDR" {
            copied.width = big(data.get(..4)?);
            copied.height = big(data.get(4..8)?);
        }
        if is_end || NEEDED.contains(&name) {
            copied.bytes.extend([begin, data, sum].concat());
        }
        if is_end {
            return Some(copied);
        }
    }
}
