use super::Copied;
use super::reader::{Reader, little};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;

pub fn copy(file: &mut Reader<'_>) -> Option<Copied> {
    let mut copied = Copied::default();
    let head = file.take(13)?;
    copied.width = little(head.get(6..8)?);
    copied.height = little(head.get(8..10)?);
    copied.bytes.extend(head);
    copied.bytes.extend(colours(file, *head.get(10)?)?);
    loop {
        match file.byte()? {
            END => {
                copied.bytes.push(END);
                return Some(copied);
            }
            IMAGE => {
                let place = file.take(9)?;
                copied.bytes.push(IMAGE);
                copied.bytes.extend(place);
                copied.bytes.extend(colours(file, *place.get(8)?)?);
                copied.bytes.push(file.byte()?);
                copied.bytes.extend(blocks(file)?);
            }
            EXTENSION => {
                let kind = file.byte()?;
                let data = blocks(file)?;
                // How long a picture stands, and how often all are shown; no comment, no text.
                let is_needed =
                    kind == 0xf9 || (kind == 0xff && data.starts_with(b"\x0bNETSCAPE2.0"));
                if is_needed {
                    copied.bytes.extend([EXTENSION, kind]);
                    copied.bytes.extend(data);
                }
            }
            _ => return None,
        }
    }
}

/// A table of colours, where the flags say that there is one.
fn colours<'a>(file: &mut Reader<'a>, flags: u8) -> Option<&'a [u8]> {
    let length = if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    };
    file.take(length)
}

/// Blocks, each with its length before it, up to the empty one.
fn blocks(file: &mut Reader<'_>) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let length = file.byte()?;
        data.push(length);
        data.extend(file.take(usize::from(length))?);
        if length == 0 {
            return Some(data);
        }
    }
}
