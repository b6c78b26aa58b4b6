use super::Copied;
use super::reader::{Reader, little};

const NEEDED: [&[u8]; 6] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"];

/// What the flags say of metadata: a profile of colours, Exif and XMP.
const METADATA: u8 = 0b0010_1100;

pub fn copy(file: &mut Reader<'_>) -> Option<Copied> {
    let mut copied = Copied::default();
    let head = file.take(12)?;
    // What lies behind the end is not the picture's.
    let length = usize::try_from(little(head.get(4..8)?)).ok()?;
    let mut chunks = Reader::new(file.take(length.checked_sub(4)?)?);
    while !chunks.rest().is_empty() {
        let begin = chunks.take(8)?;
        let (name, length) = begin.split_at(4);
        let length = usize::try_from(little(length)).ok()?;
        let mut data = chunks.take(length)?.to_vec();
        if length % 2 == 1 {
            data.push(0);
            chunks.take(1.min(chunks.rest().len()))?;
        }
        if !NEEDED.contains(&name) {
            continue;
        }
        if copied.width == 0 {
            (copied.width, copied.height) = size(name, &data)?;
        }
        if name == b"VP8X" {
            *data.first_mut()? &= !METADATA;
        }
        copied.bytes.extend(begin);
        copied.bytes.append(&mut data);
    }
    let length = u32::try_from(copied.bytes.len() + 4).ok()?;
    let mut whole = b"RIFF".to_vec();
    whole.extend(length.to_le_bytes());
    whole.extend(b"WEBP");
    whole.append(&mut copied.bytes);
    copied.bytes = whole;
    Some(copied)
}

/// Width and height, as the first chunk tells them.
fn size(name: &[u8], data: &[u8]) -> Option<(u32, u32)> {
    match name {
        b"VP8X" => Some((little(data.get(4..7)?) + 1, little(data.get(7..10)?) + 1)),
        b"VP8 " => Some((
            little(data.get(6..8)?) & 0x3fff,
            little(data.get(8..10)?) & 0x3fff,
        )),
        b"VP8L" => {
            let bits = little(data.get(1..5)?);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        _ => None,
    }
}
