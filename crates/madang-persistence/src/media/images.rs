//! The images of a post as its row keeps them: a line of id, width, height, kind and caption for each.

use super::kind;
use madang_domain::media::PostImage;
use madang_domain::store::StoreError;
use std::fmt::Write;

/// The column of these images.
pub(crate) fn images_column(images: &[PostImage]) -> String {
    let mut column = String::new();
    for PostImage { id, kind, width, height, caption } in images {
        let caption = caption.as_deref().unwrap_or_default();
        // A String never refuses what is written to it.
        let _ = writeln!(column, "{id} {width} {height} {} {caption}", kind.as_str());
    }
    column
}

/// The images of a column.
pub(crate) fn images_of(column: &str) -> Result<Vec<PostImage>, StoreError> {
    let broken = || StoreError::internal("posts.images holds an unreadable line");
    // Captions are single lines, but may hold other line ends than the one that separates images.
    let lines = column.split_terminator('\n');
    lines
        .map(|line| {
            let mut parts = line.splitn(5, ' ');
            let mut next = || parts.next().ok_or_else(broken);
            Ok(PostImage {
                id: next()?.parse().map_err(|_| broken())?,
                width: next()?.parse().map_err(|_| broken())?,
                height: next()?.parse().map_err(|_| broken())?,
                kind: kind(next()?)?,
                caption: Some(next()?).filter(|caption| !caption.is_empty()).map(str::to_owned),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use madang_domain::ids::MediaId;
    use madang_domain::media::ImageKind;
    use uuid::Uuid;

    #[test]
    fn images_come_back_in_order_with_their_captions() {
        let image = |n, caption: Option<&str>| PostImage {
            id: MediaId(Uuid::from_u128(n)),
            kind: ImageKind::ALL[usize::try_from(n).unwrap() % 2],
            width: 640,
            height: 12_000,
            caption: caption.map(str::to_owned),
        };
        for images in [
            vec![],
            vec![image(1, None)],
            vec![image(2, Some("첫눈 오는 캠퍼스")), image(1, Some(" two  spaces ")), image(3, None)],
        ] {
            assert_eq!(images_of(&images_column(&images)).unwrap(), images);
        }
        assert!(images_of("nonsense").is_err());
    }
}
