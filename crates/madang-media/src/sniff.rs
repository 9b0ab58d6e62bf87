//! What kind of file some bytes are, whatever they are called.

use image::ImageFormat;
use madang_domain::media::TakeInError;

/// How the brands of HEIF and AVIF files begin.
const HEIF_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif"];

/// The format of a picture that is taken.
///
/// # Errors
/// [`TakeInError::Heif`] for what telephones make, [`TakeInError::UnknownType`] for anything else.
pub(crate) fn sniff(bytes: &[u8]) -> Result<ImageFormat, TakeInError> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(ImageFormat::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if HEIF_BRANDS.iter().any(|known| brand.starts_with(known)) =>
        {
            Err(TakeInError::Heif)
        }
        _ => Err(TakeInError::UnknownType),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn med_1_the_type_is_in_the_bytes() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0").unwrap(), ImageFormat::Jpeg);
        assert_eq!(sniff(b"GIF89a;").unwrap(), ImageFormat::Gif);
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 ").unwrap(), ImageFormat::WebP);
        assert!(matches!(sniff(b"\0\0\0\x18ftypheic"), Err(TakeInError::Heif)));
        let others: [&[u8]; 7] =
            [b"", b"\xff", b"<svg xmlns=\"\"/>", b"<html>", b"BM\0\0", b"%PDF-1.7", b"\0\0\0\x18ftypmp42"];
        for other in others {
            assert!(matches!(sniff(other), Err(TakeInError::UnknownType)), "{other:?}");
        }
    }
}
