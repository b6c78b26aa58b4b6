use super::reader::{Reader, big, little};

/// How a camera was held, of which a picture in JPEG says only in its metadata: 1 is upright, 2 to 8 are turned
/// or mirrored; nothing where the part of a file says nothing of it.
pub fn read(part: &[u8]) -> Option<u8> {
    let tiff = part.strip_prefix(b"Exif\0\0")?;
    let number = match tiff.get(..4)? {
        b"MM\0*" => big,
        b"II*\0" => little,
        _ => return None,
    };
    let entries = usize::try_from(number(tiff.get(4..8)?)).ok()?;
    let mut rest = Reader::new(tiff.get(entries..)?);
    let count = number(rest.take(2)?);
    for _ in 0..count {
        let entry = rest.take(12)?;
        if number(entry.get(..2)?) == ORIENTATION {
            let value = u8::try_from(number(entry.get(8..10)?)).ok()?;
            return (2..=8).contains(&value).then_some(value);
        }
    }
    None
}

/// A part of a file that says how the camera was held, and nothing else.
pub fn write(orientation: u8) -> Vec<u8> {
    let mut part = vec![0xff, 0xe1, 0, 34];
    part.extend(b"Exif\0\0MM\0*\0\0\0\x08");
    part.extend(b"\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    part.extend([orientation, 0, 0, 0, 0, 0, 0]);
    part
}

const ORIENTATION: u32 = 0x112;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_cut_off_is_not() {
        for orientation in 2..=8 {
            let part = write(orientation);
            assert_eq!(part.len(), 2 + 34);
            assert_eq!(read(&part[4..]), Some(orientation));
        }
        assert_eq!(read(&write(1)[4..]), None);
        let part = write(6);
        for end in 4..part.len() - 8 {
            assert_eq!(read(&part[4..end]), None, "{end}");
        }
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let part = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x07\0\0\0\0\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(read(part), Some(6));
    }
}
