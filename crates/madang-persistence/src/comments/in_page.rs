//! Which comments a page of a thread shows, as a condition on `comments.id`: the page of top-level comments, and the
//! first replies to each.
//!
//! Diesel has no words for "the first n of each".

use super::shown::{comment_is_shown, reply_is_shown};
use crate::columns::{at, uid};
use crate::connection::Conn;
use crate::fragment::{Fragment, Piece};
use diesel::sql_types::Bool;
use madang_domain::actor::Actor;
use madang_domain::ids::PostId;
use madang_domain::paging::FeedRequest;

/// The condition for `conn`: one comment and one reply more than asked for, which tell that there are more.
pub(super) fn in_page(
    conn: &Conn,
    viewer: &Actor,
    post: PostId,
    request: &FeedRequest,
    replies_max: u32,
) -> Fragment<Bool> {
    let (viewer, post) = (uid(viewer.user), uid(post));
    let mut pieces = vec![
        // A row lies with its thread.
        Piece::Sql("comments.post_id = "),
        Piece::Uid(post),
        Piece::Sql(" AND comments.id IN (WITH page AS (SELECT t.id FROM comments t WHERE t.post_id = "),
        Piece::Uid(post),
        Piece::Sql(" AND t.parent_id IS NULL AND "),
    ];
    pieces.extend(comment_is_shown!(viewer, "t"));
    let ascending = request.ascending();
    if let Some(bound) = request.bound() {
        pieces.extend([
            Piece::Sql(if ascending {
                " AND (t.created_at, t.id) > ("
            } else {
                " AND (t.created_at, t.id) < ("
            }),
            Piece::Instant(at(bound.at)),
            Piece::Sql(", "),
            Piece::Uid(uid(bound.id)),
            Piece::Sql(")"),
        ]);
    }
    pieces.extend([
        Piece::Sql(if ascending {
            " ORDER BY t.created_at, t.id LIMIT "
        } else {
            " ORDER BY t.created_at DESC, t.id DESC LIMIT "
        }),
        Piece::BigInt(i64::from(request.limit) + 1),
        Piece::Sql(") SELECT page.id FROM page UNION ALL SELECT r.id FROM page CROSS JOIN "),
    ]);
    let end = match conn {
        // SQLite has no LATERAL, but looks up each id of a list that belongs to the row.
        Conn::Sqlite(_) => {
            pieces.extend([
                Piece::Sql("comments r ON r.post_id = "),
                Piece::Uid(post),
                Piece::Sql(" AND r.id IN "),
            ]);
            "))"
        }
        #[cfg(feature = "postgres")]
        Conn::Pg(_) => {
            pieces.push(Piece::Sql("LATERAL "));
            ") r)"
        }
    };
    pieces.push(Piece::Sql("(SELECT n.id FROM comments n WHERE n.parent_id = page.id AND "));
    pieces.extend(reply_is_shown!(viewer, "n"));
    pieces.extend([
        Piece::Sql(" ORDER BY n.created_at, n.id LIMIT "),
        Piece::BigInt(i64::from(replies_max) + 1),
        Piece::Sql(end),
    ]);
    Fragment::new(pieces)
}
