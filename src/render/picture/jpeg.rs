use super::Copied;
use super::orientation;
use super::reader::{Reader, big};

pub const BEGIN: &[u8] = b"\xff\xd8\xff";

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const METADATA: u8 = 0xe1;

pub fn copy(file: &mut Reader<'_>) -> Option<Copied> {
    let mut copied = Copied::default();
    copied.bytes.extend(file.take(2)?);
    let mut turned = None;
    loop {
        let marker = marker(file)?;
        if marker == END {
            copied.bytes.extend([0xff, marker]);
            if turned.is_some_and(|orientation| orientation >= 5) {
                (copied.width, copied.height) = (copied.height, copied.width);
            }
            return Some(copied);
        }
        let length = file.take(2)?;
        let data = file.take(usize::try_from(big(length)).ok()?.checked_sub(2)?)?;
        if is_frame(marker) {
            copied.height = big(data.get(1..3)?);
            copied.width = big(data.get(3..5)?);
        }
        // A picture of a whiteboard should not lie on its side.
        if marker == METADATA && turned.is_none() {
            turned = orientation::read(data);
            copied
                .bytes
                .extend(turned.map_or_else(Vec::new, orientation::write));
        }
        if let Some(header) = header(marker, data) {
            copied.bytes.extend(header);
        } else if is_needed(marker) {
            copied.bytes.extend([0xff, marker]);
            copied.bytes.extend(length);
            copied.bytes.extend(data);
        }
        if marker == SCAN {
            let length = scan_length(file.rest())?;
            copied.bytes.extend(file.take(length)?);
        }
    }
}

/// What the next part is; it may have filling before it.
fn marker(file: &mut Reader<'_>) -> Option<u8> {
    if file.byte()? != 0xff {
        return None;
    }
    loop {
        match file.byte()? {
            0xff => {}
            0x00 => return None,
            marker => return Some(marker),
        }
    }
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Tables, frames and scans; no comment, no place, no author.
fn is_needed(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf | 0xda..=0xdf)
}

/// The header of the format, without the small picture it may hold, and how colours are coded.
fn header(marker: u8, data: &[u8]) -> Option<Vec<u8>> {
    let (kept, filling): (&[u8], &[u8]) = match marker {
        0xe0 if data.starts_with(b"JFIF\0") => (data.get(..12)?, &[0, 0]),
        0xee if data.starts_with(b"Adobe") => (data.get(..12)?, &[]),
        _ => return None,
    };
    let length = u16::try_from(2 + kept.len() + filling.len()).ok()?;
    Some([&[0xff, marker], &length.to_be_bytes()[..], kept, filling].concat())
}

/// How long the coded picture is that begins here: up to a marker that is no part of it.
fn scan_length(rest: &[u8]) -> Option<usize> {
    rest.windows(2)
        .position(|pair| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff)))
}
