//! Pictures from outside: uploads, images of posts, profile pictures, and what only looks like one.

mod attach;
mod bucket;
mod hostile;
pub(crate) mod purge;
mod serve;
mod uploads;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use madang_harness::{Client, Person, Response};
use serde_json::{Value, json};
use std::io::Cursor;

/// One field of a form: its name, perhaps a file name and type, its bytes.
pub(crate) struct Part<'a>(pub(crate) &'a str, pub(crate) Option<(&'a str, &'a str)>, pub(crate) &'a [u8]);

/// A picture of noise that differs by `seed`.
pub(crate) fn picture(width: u32, height: u32, seed: u8) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x % 251) as u8 ^ seed, (y % 241) as u8, ((x * y) % 239) as u8])
    }))
}

pub(crate) fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A small photograph.
pub(crate) fn photo(seed: u8) -> Vec<u8> {
    written(&picture(64, 48, seed), ImageFormat::Jpeg)
}

/// The form of these parts.
pub(crate) fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for Part(name, file, bytes) in parts {
        body.extend_from_slice(
            format!("--frame\r\ncontent-disposition: form-data; name=\"{name}\"").as_bytes(),
        );
        if let Some((file, kind)) = file {
            body.extend_from_slice(format!("; filename=\"{file}\"\r\ncontent-type: {kind}").as_bytes());
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frame--\r\n");
    body
}

pub(crate) const FORM: &str = "multipart/form-data; boundary=frame";

/// The answer to an upload of these parts.
pub(crate) fn send(client: &Client, parts: &[Part<'_>]) -> Response {
    client.call("POST", "/uploads").body(FORM, form(parts)).send()
}

/// The answer to an upload of `bytes` for `purpose`.
pub(crate) fn try_upload(client: &Client, purpose: &str, bytes: &[u8]) -> Response {
    let file = Part("file", Some(("holiday.jpg", "image/jpeg")), bytes);
    send(client, &[file, Part("purpose", None, purpose.as_bytes())])
}

/// A new upload for a post; its id.
pub(crate) fn upload(person: &Person, seed: u8) -> String {
    try_upload(&person.client, "post", &photo(seed)).expect(201).string("/id")
}

/// What `POST /boards/{id}/posts` takes with these images.
pub(crate) fn post_body(title: &str, images: &Value) -> Value {
    json!({ "title": title, "contents": format!("About {title}."), "images": images })
}

/// A new post with these uploads; its id.
pub(crate) fn post_with(person: &Person, board: &str, title: &str, uploads: &[&str]) -> String {
    let images: Vec<_> = uploads.iter().map(|id| json!({ "upload_id": id })).collect();
    let body = post_body(title, &json!(images));
    person.client.post(&format!("/boards/{board}/posts"), body).expect(201).string("/id")
}
