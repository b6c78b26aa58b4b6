//! Pictures that lie beside a document: known by their first bytes, and without what cameras and programs
//! write into them beside the picture.

mod gif;
mod jpeg;
mod orientation;
mod png;
mod reader;
mod webp;

use reader::Reader;

/// A picture that a page can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its type, `image/png`.
    pub media_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The picture itself: no place, no author, no comment, no profile of colours, nothing behind its end.
    pub bytes: Vec<u8>,
}

/// Why a file that begins like a picture is none that a page can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It ends before the picture does, or is put together as no picture is.
    Broken,
    /// More pixels than a reader's device should be asked to unpack.
    TooManyPixels,
}

/// More than this unpacks to hundreds of megabytes.
const MOST_PIXELS: u64 = 50_000_000;

impl Picture {
    /// Reads a file; nothing where it begins like no picture.
    pub fn of(file: &[u8]) -> Option<Result<Self, Unreadable>> {
        type Read = fn(&mut Reader<'_>) -> Option<Copied>;
        let (media_type, read): (_, Read) = if file.starts_with(png::BEGIN) {
            ("image/png", png::copy)
        } else if file.starts_with(jpeg::BEGIN) {
            ("image/jpeg", jpeg::copy)
        } else if file.starts_with(b"GIF87a") || file.starts_with(b"GIF89a") {
            ("image/gif", gif::copy)
        } else if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
            ("image/webp", webp::copy)
        } else {
            return None;
        };
        let Some(copied) = read(&mut Reader::new(file)) else {
            return Some(Err(Unreadable::Broken));
        };
        let pixels = u64::from(copied.width) * u64::from(copied.height);
        Some(match pixels {
            0 => Err(Unreadable::Broken),
            1..=MOST_PIXELS => Ok(Self {
                media_type,
                width: copied.width,
                height: copied.height,
                bytes: copied.bytes,
            }),
            _ => Err(Unreadable::TooManyPixels),
        })
    }
}

/// A picture that was copied piece by piece, without the pieces that are not needed to see it.
#[derive(Debug, Default)]
struct Copied {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

#[cfg(test)]
mod tests;
