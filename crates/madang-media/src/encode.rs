//! From the bytes of a picture to the variants that are kept.

use crate::sniff::sniff;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, RgbaImage};
use madang_domain::media::{ImageFacts, ImageKind, ImageLimits, Purpose, TakeInError, Variant};
use std::io::{Cursor, Error, Write};

/// What the pixels of one picture may take in memory while it is decoded.
const PIXEL_BYTES: u64 = 128 * 1024 * 1024;

/// The longer side of a profile picture.
const PROFILE_SIDE: u32 = 512;

/// The longer side of the small variant.
const THUMB_SIDE: u32 = 400;

/// The qualities at which a JPEG is tried, until it is small enough.
const QUALITIES: [u8; 3] = [86, 72, 50];

/// A picture in all variants.
pub(crate) struct Encoded {
    pub(crate) facts: ImageFacts,
    full: Vec<u8>,
    thumb: Vec<u8>,
}

impl Encoded {
    /// Each variant with its bytes.
    pub(crate) fn into_variants(self) -> [(Variant, Vec<u8>); 2] {
        [(Variant::Full, self.full), (Variant::Thumb, self.thumb)]
    }
}

/// Pixels of the two forms that are kept.
enum Pixels {
    Opaque(RgbImage),
    Transparent(RgbaImage),
}

/// Decodes `bytes` and encodes the picture anew (MED-1).
///
/// # Errors
/// Whatever is wrong with the picture.
pub(crate) fn encode(bytes: &[u8], purpose: Purpose, limits: ImageLimits) -> Result<Encoded, TakeInError> {
    if bytes.len() > limits.max_bytes {
        return Err(TakeInError::TooLarge);
    }
    let format = sniff(bytes)?;
    let mut image = decode(bytes, format, limits.max_side).ok_or(TakeInError::Invalid)?;
    if purpose == Purpose::Profile {
        image = shrink(image, PROFILE_SIDE);
    }
    let mut pixels = Pixels::of(image);
    // Drawings stay as sharp as they are.
    let is_drawing = matches!(format, ImageFormat::Png | ImageFormat::Gif);
    let png = if is_drawing || matches!(pixels, Pixels::Transparent(_)) {
        pixels.to_png(limits.max_bytes)
    } else {
        None
    };
    let (kind, full) = match png {
        Some(full) => (ImageKind::Png, full),
        None => {
            pixels = pixels.flattened();
            (ImageKind::Jpeg, pixels.to_jpeg(limits.max_bytes).ok_or(TakeInError::Invalid)?)
        }
    };
    let (width, height) = pixels.sides();
    let small = Pixels::of(shrink(pixels.into_image(), THUMB_SIDE));
    let thumb = match kind {
        ImageKind::Png => small.to_png(usize::MAX),
        ImageKind::Jpeg => small.to_jpeg(limits.max_bytes),
    };
    let thumb = thumb.ok_or(TakeInError::Invalid)?;
    Ok(Encoded { facts: ImageFacts { kind, width, height, bytes: full.len() as u64 }, full, thumb })
}

/// The picture, upright; `None` when it is too large or damaged. Its sides are judged before any pixel is read.
fn decode(bytes: &[u8], format: ImageFormat, max_side: u32) -> Option<DynamicImage> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(max_side);
    limits.max_image_height = Some(max_side);
    limits.max_alloc = Some(PIXEL_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || width.max(height) > max_side || decoder.total_bytes() > PIXEL_BYTES {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some(image)
}

/// The picture with its longer side at most `side`.
fn shrink(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side { image } else { image.thumbnail(side, side) }
}

impl Pixels {
    fn of(image: DynamicImage) -> Self {
        if !image.color().has_alpha() {
            return Self::Opaque(image.into_rgb8());
        }
        let pixels = image.into_rgba8();
        if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            Self::Opaque(DynamicImage::ImageRgba8(pixels).into_rgb8())
        } else {
            Self::Transparent(pixels)
        }
    }

    fn sides(&self) -> (u32, u32) {
        match self {
            Self::Opaque(pixels) => pixels.dimensions(),
            Self::Transparent(pixels) => pixels.dimensions(),
        }
    }

    fn into_image(self) -> DynamicImage {
        match self {
            Self::Opaque(pixels) => DynamicImage::ImageRgb8(pixels),
            Self::Transparent(pixels) => DynamicImage::ImageRgba8(pixels),
        }
    }

    /// The picture on white.
    fn flattened(self) -> Self {
        let Self::Transparent(pixels) = self else { return self };
        let (width, height) = pixels.dimensions();
        Self::Opaque(RgbImage::from_fn(width, height, |x, y| {
            let [red, green, blue, alpha] = pixels.get_pixel(x, y).0.map(u16::from);
            let on_white = |channel: u16| ((channel * alpha + 255 * (255 - alpha)) / 255) as u8;
            Rgb([red, green, blue].map(on_white))
        }))
    }

    /// The picture as PNG; `None` when that takes more than `max` bytes.
    fn to_png(&self, max: usize) -> Option<Vec<u8>> {
        let mut out = Bounded { bytes: Vec::new(), max };
        let encoder = PngEncoder::new(&mut out);
        match self {
            Self::Opaque(pixels) => pixels.write_with_encoder(encoder),
            Self::Transparent(pixels) => pixels.write_with_encoder(encoder),
        }
        .ok()?;
        Some(out.bytes)
    }

    /// The picture as JPEG, which knows no transparency, in the best quality that takes no more than `max` bytes.
    fn to_jpeg(&self, max: usize) -> Option<Vec<u8>> {
        let Self::Opaque(pixels) = self else { return None };
        QUALITIES.into_iter().find_map(|quality| {
            let mut out = Bounded { bytes: Vec::new(), max };
            pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality)).ok()?;
            Some(out.bytes)
        })
    }
}

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    max: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        if self.bytes.len() + bytes.len() > self.max {
            return Err(Error::other("too many bytes"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
