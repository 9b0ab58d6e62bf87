//! What only looks like a picture, or is too much of one: clear problems, and nothing stored.

use super::purge::files;
use super::{FORM, photo, picture, try_upload, written};
use image::ImageFormat;
use madang_harness::{Campus, Config, Kind};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const SVG: &[u8] =
    b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

#[test]
fn s_74_svg_html_and_other_files_are_refused_and_polyglots_lose_their_other_half() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    let heif = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 64]].concat();
    for (bytes, what) in [
        (SVG, "svg"),
        (&b"<!doctype html><script>alert(1)</script>"[..], "html"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04zip", "zip"),
        (b"BM\0\0\0\0", "bmp"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"just text", "text"),
        (&heif, "heif"),
    ] {
        let refused = try_upload(u1, "post", bytes).refused(415, "unsupported_media_type");
        assert!(refused.string("/detail").contains("JPEG"), "{what}: {}", refused.text());
    }
    // A GIF header before a script, and HTML behind a photograph.
    try_upload(u1, "post", b"GIF89a/*<script>*/=1;alert(1)").refused_field("file", "invalid_image");
    assert!(files(&campus.server).is_empty());
    let polyglot = [&photo(1)[..], b"<html><script>alert(1)</script></html>", b"PK\x03\x04"].concat();
    let made = try_upload(u1, "post", &polyglot).expect(201);
    let kept = u1.get(&format!("/media/{}/full", made.string("/id"))).expect(200);
    assert!(!kept.text().contains("script") && !kept.text().contains("PK\u{3}\u{4}"));
    assert_eq!(kept.header("content-type"), Some("image/jpeg"));
}

#[test]
fn truncated_pictures_and_bombs_are_invalid() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg] {
        let whole = written(&picture(300, 200, 3), format);
        try_upload(u1, "post", &whole[..40]).refused_field("file", "invalid_image");
    }
    // 65,535 pixels each way in a few bytes: 17 gigabytes if anybody believed it.
    let mut gif = written(&picture(4, 4, 1), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    try_upload(u1, "post", &gif).refused_field("file", "invalid_image");
    let mut jpeg = photo(1);
    let frame = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    try_upload(u1, "post", &jpeg).refused_field("file", "invalid_image");
    // Within the limit of the sides, but too much in all.
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x2e, 0xe0, 0x2e, 0xe0]);
    try_upload(u1, "post", &jpeg).refused_field("file", "invalid_image");
    let strip = written(&picture(12_001, 1, 1), ImageFormat::Png);
    try_upload(u1, "post", &strip).refused_field("file", "invalid_image");
    try_upload(u1, "post", &written(&picture(12_000, 1, 1), ImageFormat::Png)).expect(201);
    assert_eq!(files(&campus.server).len(), 2);
}

/// A chunk of a PNG; its checksum is right.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut check = flate2::Crc::new();
    check.update(kind);
    check.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &check.sum().to_be_bytes()].concat()
}

/// So many zeros, which take a thousandth of it.
fn deflated(zeros: usize) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1 << 20];
    (0..zeros >> 20).for_each(|_| out.write_all(&block).unwrap());
    out.finish().unwrap()
}

/// A PNG of these sides, 8 bits of gray, with `extra` before its pixels, which are `pixels`.
fn png(width: u32, height: u32, extra: &[u8], pixels: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let begin = b"\x89PNG\r\n\x1a\n".to_vec();
    [begin, chunk(b"IHDR", &head), extra.to_vec(), chunk(b"IDAT", pixels), chunk(b"IEND", b"")].concat()
}

#[test]
fn what_unpacks_to_hundreds_of_megabytes_is_not_unpacked() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    try_upload(u1, "post", &photo(1)).expect(201);
    let packed = deflated(512 << 20);
    assert!(packed.len() < 1 << 20);
    let named = |name: &[u8]| [name, &[0, 0], &packed].concat();
    let bombs = [
        // Far more pixels than the sides say, and sides that say as much.
        png(64, 64, b"", &packed),
        png(12_000, 12_000, b"", &packed),
        png(65_535, 65_535, b"", &packed),
        // In what stands beside the pixels.
        png(64, 64, &chunk(b"iCCP", &named(b"profile")), &deflated(1 << 20)),
        png(64, 64, &chunk(b"zTXt", &named(b"comment")), &deflated(1 << 20)),
    ];
    let Some(before) = resident() else { return };
    let mut peak = before;
    for bomb in &bombs {
        let answer = std::thread::scope(|scope| {
            let sent = scope.spawn(|| try_upload(u1, "post", bomb));
            while !sent.is_finished() {
                peak = peak.max(resident().unwrap_or_default());
                std::thread::sleep(Duration::from_millis(2));
            }
            sent.join().unwrap()
        });
        // Sixty-four pixels each way may well be shown; nothing else of it is kept.
        assert!(matches!(answer.status, 201 | 400), "{}", answer.text());
    }
    assert!(peak - before < 200 << 20, "{} MiB more", (peak - before) >> 20);
    assert!(files(&campus.server).iter().all(|file| file.metadata().unwrap().len() < 1 << 20));
}

#[test]
fn a_file_over_the_limit_is_too_large_whether_it_says_so_or_not() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("media.max_bytes", 200_000));
    let u1 = &campus.u1.client;
    let mut fits = photo(1);
    fits.resize(200_000, 0);
    try_upload(u1, "post", &fits).expect(201);
    fits.push(0);
    try_upload(u1, "post", &fits).refused(413, "payload_too_large");
    let huge = vec![0xff; 5_000_000];
    try_upload(u1, "post", &huge).refused(413, "payload_too_large");
    assert_eq!(files(&campus.server).len(), 2);
}

/// How much memory this process holds.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Sends 100 MB in chunks, which say nothing of the whole, as fast as they are taken; what the server answers.
fn flood(campus: &Campus) -> String {
    let mut stream = TcpStream::connect(campus.server.address()).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST /api/v1/uploads HTTP/1.1\r\nhost: madang.test\r\nauthorization: Bearer {}\r\ncontent-type: {FORM}\r\n\
         transfer-encoding: chunked\r\n\r\n",
        campus.u1.client.token().unwrap()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let begin =
        b"--frame\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff";
    let chunk = vec![0x41; 1 << 20];
    let mut send = |bytes: &[u8]| {
        let framed = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
        stream.write_all(&framed)
    };
    // The server may close at any point.
    let _ = send(begin).and_then(|()| (0..100).try_for_each(|_| send(&chunk)));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn bodies_of_100_megabytes_cost_no_more_memory_than_a_picture() {
    let campus = Campus::open(Kind::Sqlite);
    try_upload(&campus.u1.client, "post", &photo(1)).expect(201);
    let Some(before) = resident() else { return };
    let begun = Instant::now();
    let (answers, peak) = std::thread::scope(|scope| {
        let floods: Vec<_> = (0..4).map(|_| scope.spawn(|| flood(&campus))).collect();
        let mut peak = before;
        while floods.iter().any(|flood| !flood.is_finished()) {
            peak = peak.max(resident().unwrap_or_default());
            std::thread::sleep(Duration::from_millis(5));
        }
        (floods.into_iter().map(|flood| flood.join().unwrap()).collect::<Vec<_>>(), peak)
    });
    // Four pictures of 10 MiB are read at once; what is sent beside them is here too, as this is the client as well.
    assert!(peak - before < 120 << 20, "{} MiB more", (peak - before) >> 20);
    assert!(begun.elapsed() < Duration::from_secs(60));
    for answer in answers {
        // Whoever goes on sending may miss the answer.
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
    try_upload(&campus.u1.client, "post", &photo(2)).expect(201);
    assert_eq!(files(&campus.server).len(), 4);
}
