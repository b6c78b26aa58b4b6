use super::*;

/// A chunk of PNG; nobody here looks at its sum.
fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("a length");
    [&length.to_be_bytes()[..], name, data, b"sum!"].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let head = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes()[..],
        &[8, 2, 0, 0, 0],
    ]
    .concat();
    [
        png::BEGIN.to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"tEXt", b"Author\0Sam Lee"),
        chunk(b"PLTE", b"Sam Lee, x"),
        chunk(b"IDAT", b"data"),
        chunk(b"eXIf", b"a place"),
        chunk(b"IEND", b""),
        b"Sam Lee".to_vec(),
    ]
    .concat()
}

fn jpeg() -> Vec<u8> {
    let part = |marker: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).expect("a length");
        [&[0xff, marker][..], &length.to_be_bytes(), data].concat()
    };
    [
        vec![0xff, 0xd8],
        part(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01Sam Lee"),
        part(0xe0, b"JFXX\0\x13Sam Lee"),
        part(0xee, b"Adobe\0\x64\0\0\0\0\x01Sam Lee"),
        part(0xe1, b"Exif\0\0Sam Lee"),
        part(0xfe, b"Sam Lee"),
        part(0xc2, &[8, 0, 40, 0, 60, 3]),
        part(0xda, b"scan"),
        vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
        part(0xc4, b"table"),
        part(0xda, b"scan"),
        vec![5, 0xff, 0xd9],
        b"Sam Lee".to_vec(),
    ]
    .concat()
}

fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x03\0\x02\0\x80\0\0"[..],
        &[0; 6],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xfe\x07Sam Lee\0",
        b"\x21\xf9\x04\0\0\0\0\0",
        b"\x2c\0\0\0\0\x03\0\x02\0\0\x02\x02\x4c\x01\0",
        b"\x3bSam Lee",
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("a length");
        let padding = vec![0; data.len() % 2];
        [name, &length.to_le_bytes(), data, &padding].concat()
    };
    let chunks = [
        chunk(b"VP8X", &[0xff, 0, 0, 0, 59, 0, 0, 39, 0, 0]),
        chunk(b"VP8L", &[0x2f, 1, 2, 3, 4]),
        chunk(b"EXIF", b"Sam Lee"),
        chunk(b"XMP ", b"Sam Lee"),
    ]
    .concat();
    let length = u32::try_from(chunks.len() + 4).expect("a length");
    [
        b"RIFF",
        &length.to_le_bytes()[..],
        b"WEBP",
        &chunks,
        b"Sam Lee",
    ]
    .concat()
}

#[test]
fn pictures_lose_what_is_said_beside_them() {
    for (file, media_type, width, height) in [
        (png(60, 40), "image/png", 60, 40),
        (jpeg(), "image/jpeg", 60, 40),
        (gif(), "image/gif", 3, 2),
        (webp(), "image/webp", 60, 40),
    ] {
        let holds = |bytes: &[u8]| bytes.windows(7).any(|seven| seven == b"Sam Lee");
        assert!(holds(&file));
        let picture = Picture::of(&file).expect("a picture").expect("it is whole");
        assert_eq!(
            (picture.media_type, picture.width, picture.height),
            (media_type, width, height)
        );
        assert!(!holds(&picture.bytes), "{media_type}");
        // What is left is a picture like it, with nothing left to lose.
        let again = Picture::of(&picture.bytes);
        assert_eq!(again, Some(Ok(picture)));
    }
}

#[test]
fn what_is_needed_stays() {
    let bytes = |file: &[u8]| match Picture::of(file) {
        Some(Ok(picture)) => picture.bytes,
        other => panic!("{other:?}"),
    };
    let of_jpeg = bytes(&jpeg());
    assert!(of_jpeg.windows(5).any(|five| five == b"table"));
    assert_eq!(of_jpeg.windows(4).filter(|four| four == b"scan").count(), 2);
    let of_webp = bytes(&webp());
    assert_eq!(of_webp[20], !0b0010_1100);
    assert_eq!(little_length(&of_webp), of_webp.len() - 8);
    assert!(bytes(&gif()).windows(8).any(|eight| eight == b"NETSCAPE"));
}

fn little_length(file: &[u8]) -> usize {
    usize::try_from(reader::little(&file[4..8])).expect("a length")
}

#[test]
fn how_a_camera_was_held_stays() {
    let upright = jpeg();
    let (begin, rest) = upright.split_at(2);
    let turned = [begin, &orientation::write(6), rest].concat();
    let picture = match Picture::of(&turned) {
        Some(Ok(picture)) => picture,
        other => panic!("{other:?}"),
    };
    assert_eq!((picture.width, picture.height), (40, 60));
    let part = orientation::write(6);
    assert!(picture.bytes.windows(part.len()).any(|bytes| bytes == part));
    assert_eq!(Picture::of(&picture.bytes), Some(Ok(picture)));
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_broken() {
    for file in [png(60, 40), jpeg(), gif(), webp()] {
        let whole = file.len() - b"Sam Lee".len();
        for length in 12..whole {
            // Of WebP the length at its head says where it ends.
            assert_eq!(
                Picture::of(&file[..length]),
                Some(Err(Unreadable::Broken)),
                "{length} of {whole}"
            );
        }
    }
}

#[test]
fn what_begins_like_no_picture_is_none_and_what_is_huge_is_refused() {
    for file in [&b""[..], b"<svg/>", b"GIF", b"RIFF1234WAVE", b"%PDF-1.7"] {
        assert_eq!(Picture::of(file), None);
    }
    let huge = Picture::of(&png(100_000, 100_000));
    assert_eq!(huge, Some(Err(Unreadable::TooManyPixels)));
    assert_eq!(Picture::of(&png(0, 5)), Some(Err(Unreadable::Broken)));
}
