//! Pictures that nobody sent.

use image::RgbImage;
use image::codecs::png::PngEncoder;

/// The PNG file of these pixels: rows from the top, three bytes a pixel; `None` when they are not as many as the sides say.
pub fn png_of((width, height): (u32, u32), pixels: Vec<u8>) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    RgbImage::from_raw(width, height, pixels)?.write_with_encoder(PngEncoder::new(&mut file)).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_come_back_from_their_file() {
        let pixels: Vec<u8> = (0..18).map(|n| n * 14).collect();
        let file = png_of((3, 2), pixels.clone()).unwrap();
        assert_eq!(image::load_from_memory(&file).unwrap().into_rgb8().into_raw(), pixels);
        assert_eq!(png_of((3, 3), pixels), None);
    }
}
