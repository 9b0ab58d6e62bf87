//! What becomes of pictures, and of what only looks like one. All of them are made here.

use super::*;
use image::{GrayImage, ImageEncoder, Luma, Rgba};

const LIMITS: ImageLimits = ImageLimits { max_bytes: 1 << 20, max_side: 2000 };

/// A picture whose upper left corner is red and the rest blue.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 { Rgb([230, 20, 20]) } else { Rgb([20, 20, 230]) }
    })
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn take(bytes: &[u8]) -> Result<Encoded, TakeInError> {
    encode(bytes, Purpose::Post, LIMITS)
}

/// An EXIF block that says how the camera was held, and where.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x02\0".to_vec();
    block.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    block.extend_from_slice(&[0x0f, 0x01, 2, 0, 8, 0, 0, 0, 38, 0, 0, 0]);
    block.extend_from_slice(&[0, 0, 0, 0]);
    block.extend_from_slice(b"GPS37.5\0");
    block
}

#[test]
fn med_1_every_kind_that_is_taken_becomes_jpeg_or_png() {
    let opaque = DynamicImage::ImageRgb8(picture(64, 48));
    let sheer = DynamicImage::ImageRgba8(RgbaImage::from_pixel(64, 48, Rgba([9, 9, 9, 128])));
    let gray = DynamicImage::ImageLuma8(GrayImage::from_pixel(64, 48, Luma([77])));
    for (image, format, kind) in [
        (&opaque, ImageFormat::Jpeg, ImageKind::Jpeg),
        (&gray, ImageFormat::Jpeg, ImageKind::Jpeg),
        (&opaque, ImageFormat::Png, ImageKind::Png),
        (&sheer, ImageFormat::Png, ImageKind::Png),
        (&gray, ImageFormat::Png, ImageKind::Png),
        (&DynamicImage::ImageRgb16(opaque.to_rgb16()), ImageFormat::Png, ImageKind::Png),
        (&opaque, ImageFormat::Gif, ImageKind::Png),
        (&opaque, ImageFormat::WebP, ImageKind::Jpeg),
        (&sheer, ImageFormat::WebP, ImageKind::Png),
    ] {
        let encoded = take(&written(image, format)).unwrap();
        let ImageFacts { kind: found, width, height, bytes } = encoded.facts;
        assert_eq!((found, width, height), (kind, 64, 48), "{format:?}");
        assert_eq!(bytes, encoded.full.len() as u64);
        for (variant, bytes) in encoded.into_variants() {
            let expected = if kind == ImageKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
            assert_eq!(image::guess_format(&bytes).unwrap(), expected, "{format:?} {variant:?}");
            assert!(image::load_from_memory(&bytes).is_ok());
        }
    }
}

#[test]
fn med_1_a_picture_is_turned_upright_and_loses_its_metadata() {
    let mut original = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut original, 95);
    encoder.set_exif_metadata(exif(6)).unwrap();
    picture(80, 40).write_with_encoder(encoder).unwrap();
    original.extend_from_slice(b"<script>alert(1)</script>");
    assert!(original.windows(3).any(|part| part == b"GPS"));
    let encoded = take(&original).unwrap();
    assert_eq!((encoded.facts.width, encoded.facts.height), (40, 80));
    for part in [&b"GPS"[..], b"Exif", b"<script"] {
        assert!(!encoded.full.windows(part.len()).any(|found| found == part), "{part:?}");
    }
    // Held on its side, the corner is now the upper right one.
    let upright = image::load_from_memory(&encoded.full).unwrap().into_rgb8();
    assert!(upright.get_pixel(30, 10).0[0] > 150 && upright.get_pixel(10, 10).0[0] < 100);
}

#[test]
fn med_1_profile_pictures_and_thumbnails_are_small() {
    let large = written(&DynamicImage::ImageRgb8(picture(1500, 900)), ImageFormat::Jpeg);
    let sides = |bytes: &[u8]| {
        let image = image::load_from_memory(bytes).unwrap();
        (image.width(), image.height())
    };
    let profile = encode(&large, Purpose::Profile, LIMITS).unwrap();
    assert_eq!((profile.facts.width, profile.facts.height), (512, 307));
    assert_eq!(sides(&profile.full), (512, 307));
    let post = take(&large).unwrap();
    assert_eq!((sides(&post.full), sides(&post.thumb)), ((1500, 900), (400, 240)));
}

#[test]
fn med_1_sides_and_size_have_limits() {
    let wide = written(&DynamicImage::ImageRgb8(picture(2001, 3)), ImageFormat::Png);
    assert!(matches!(take(&wide), Err(TakeInError::Invalid)));
    let tall = written(&DynamicImage::ImageRgb8(picture(3, 2000)), ImageFormat::Png);
    assert_eq!(take(&tall).unwrap().facts.height, 2000);
    let mut heavy = written(&DynamicImage::ImageRgb8(picture(10, 10)), ImageFormat::Png);
    heavy.resize(LIMITS.max_bytes + 1, 0);
    assert!(matches!(take(&heavy), Err(TakeInError::TooLarge)));
}

/// A PNG that claims to be so large and holds next to nothing.
fn png_bomb(side: u32) -> Vec<u8> {
    let mut bomb = written(&DynamicImage::ImageRgb8(picture(4, 4)), ImageFormat::Png);
    bomb[16..20].copy_from_slice(&side.to_be_bytes());
    bomb[20..24].copy_from_slice(&side.to_be_bytes());
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    bomb
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}

#[test]
fn bombs_are_refused_before_a_pixel_is_read() {
    let limits = ImageLimits { max_side: 12_000, ..LIMITS };
    for side in [12_000, 12_001, 65_535, i32::MAX.unsigned_abs()] {
        let bomb = png_bomb(side);
        assert!(matches!(encode(&bomb, Purpose::Post, limits), Err(TakeInError::Invalid)), "{side}");
    }
    let mut gif = written(&DynamicImage::ImageRgb8(picture(4, 4)), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(matches!(encode(&gif, Purpose::Post, limits), Err(TakeInError::Invalid)));
}

#[test]
fn damaged_pictures_are_refused_and_nothing_panics() {
    let image = DynamicImage::ImageRgb8(picture(120, 90));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let whole = written(&image, format);
        for length in (0..whole.len()).step_by(7) {
            // Some decoders show what there is of a picture that breaks off; then it is whole again.
            if let Ok(encoded) = take(&whole[..length]) {
                assert!(image::load_from_memory(&encoded.full).is_ok());
            }
        }
        assert!(take(&whole[..whole.len() / 4]).is_err(), "{format:?}");
        for at in (12..whole.len()).step_by(11) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5a;
            let _ = take(&damaged);
        }
    }
}

#[test]
fn noise_that_would_swell_as_png_is_kept_as_jpeg() {
    let mut seed = 1_u32;
    let noise = RgbaImage::from_fn(600, 600, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgba(seed.to_be_bytes())
    });
    let bytes = written(&DynamicImage::ImageRgba8(noise), ImageFormat::WebP);
    let limits = ImageLimits { max_bytes: bytes.len().max(1), ..LIMITS };
    let small = ImageLimits { max_bytes: 700_000, ..limits };
    assert!(matches!(encode(&bytes, Purpose::Post, small), Err(TakeInError::TooLarge)));
    let encoded = encode(&bytes, Purpose::Post, limits).unwrap();
    assert!(encoded.full.len() <= limits.max_bytes);
}

#[test]
fn med_1_text_beside_the_pixels_goes_too() {
    let mut plain = Vec::new();
    let image = picture(8, 8);
    PngEncoder::new(&mut plain).write_image(image.as_raw(), 8, 8, image::ExtendedColorType::Rgb8).unwrap();
    let text = b"tEXtAuthor\0haneul";
    let mut chunk = u32::to_be_bytes(13).to_vec();
    chunk.extend_from_slice(text);
    chunk.extend_from_slice(&crc(text).to_be_bytes());
    let mut spoken = plain[..33].to_vec();
    spoken.extend_from_slice(&chunk);
    spoken.extend_from_slice(&plain[33..]);
    let encoded = take(&spoken).unwrap();
    assert!(!encoded.full.windows(6).any(|part| part == b"haneul"));
}
