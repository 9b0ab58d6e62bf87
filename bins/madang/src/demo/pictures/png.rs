//! Pixels as a PNG file, as plainly as the format allows: nothing is packed, for all of it is encoded anew.

/// Most bytes of a block that is not packed.
const BLOCK: usize = 0xffff;

/// The file of these pixels: rows from the top, three bytes a pixel.
pub(super) fn file((width, height): (u32, u32), pixels: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(13);
    head.extend_from_slice(&width.to_be_bytes());
    head.extend_from_slice(&height.to_be_bytes());
    // Eight bits a colour, three colours.
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut rows = Vec::with_capacity(pixels.len() + height as usize);
    for row in pixels.chunks((width * 3) as usize) {
        // Rows as they are, without prediction.
        rows.push(0);
        rows.extend_from_slice(row);
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"IDAT", &stored(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend_from_slice(&(data.len() as u32).to_be_bytes());
    file.extend_from_slice(kind);
    file.extend_from_slice(data);
    let sum = kind.iter().chain(data).fold(u32::MAX, |sum, byte| crc(sum, *byte));
    file.extend_from_slice(&(!sum).to_be_bytes());
}

fn crc(sum: u32, byte: u8) -> u32 {
    (0..8).fold(sum ^ u32::from(byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
}

/// A zlib stream of blocks that are not packed.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend_from_slice(&((high << 16) | low).to_be_bytes());
    stream
}
