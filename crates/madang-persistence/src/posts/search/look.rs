//! How the posts of a search are found, newest or oldest first.

use crate::columns::uid;
use crate::fragment::{Fragment, Piece};
use crate::posts::search::first_place;
use diesel::sql_types::{BigInt, Bool};
use madang_domain::paging::FeedRequest;

/// Whether an entry of SQLite's index has all `words` and lies beyond the bound of `request`.
pub(in crate::posts) fn matches(words: &[String], request: &FeedRequest) -> Fragment<Bool> {
    let mut pieces = vec![Piece::Sql("(post_grams MATCH "), Piece::Text(words.join(" AND "))];
    if let Some(bound) = request.bound() {
        pieces.extend([
            Piece::Sql(if request.ascending() {
                " AND post_grams.rowid > "
            } else {
                " AND post_grams.rowid < "
            }),
            Piece::Sql("coalesce((SELECT s.search_id FROM post_search AS s WHERE s.post_id = "),
            Piece::Uid(uid(bound.id)),
            Piece::Sql("), "),
            // Where the post has lost its entry meanwhile.
            Piece::BigInt(first_place(bound.at)),
            Piece::Sql(")"),
        ]);
    }
    pieces.push(Piece::Sql(")"));
    Fragment::new(pieces)
}

/// The place of an entry of SQLite's index, which is in the order of writing.
pub(in crate::posts) fn place() -> Fragment<BigInt> {
    Fragment::sql("post_grams.rowid")
}

#[cfg(feature = "postgres")]
pub(in crate::posts) mod on_postgres {
    //! PostgreSQL could walk through the posts or read the whole of the words' lists and sort it. Left to choose it
    //! guesses, and is wrong a hundredfold where it does not know a word, or where words and boards have to do with one
    //! another. So the first way is tried as far as a window goes, and then the other.

    use crate::columns::{Instant, at, uid};
    use crate::fragment::{Fragment, Piece};
    use crate::posts::search::board;
    use diesel::sql_types::Bool;
    use madang_domain::actor::Actor;
    use madang_domain::posts::PostQuery;

    /// How many posts of a board are walked through: fewer where there are few to read and sort by the other way.
    const OF_BOARD: &str = "(SELECT greatest(100, least(500, c.reltuples / 500))::int8 FROM pg_class AS c WHERE c.oid = 'posts'::regclass)";

    /// How many posts are walked through else. Among a million, words that do not fill a page within 2,000 stand in one of a
    /// hundred or fewer, which is little to sort.
    const OF_ALL: &str = "(SELECT greatest(100, least(2000, c.reltuples / 500))::int8 FROM pg_class AS c WHERE c.oid = 'posts'::regclass)";

    /// Whether a post is in the window, among those that are next in order.
    pub(in crate::posts) fn is_near(viewer: &Actor, query: &PostQuery) -> Fragment<Bool> {
        let (ascending, bound) = (query.request.ascending(), query.request.bound());
        let mut pieces = vec![
            Piece::Sql(if ascending { "posts.created_at <= " } else { "posts.created_at >= " }),
            Piece::Sql(
                "coalesce((SELECT n.created_at FROM posts AS n WHERE n.deleted_at IS NULL AND n.removed_at IS NULL",
            ),
        ];
        let board = board(query);
        match board {
            Some(board) => pieces.extend([Piece::Sql(" AND n.board_id = "), Piece::Uid(uid(board))]),
            None if viewer.is_admin() => {}
            None => pieces.extend([Piece::Sql(" AND n.school_id = "), Piece::Uid(uid(viewer.school))]),
        }
        if let Some(bound) = bound {
            pieces.push(Piece::Sql(if ascending {
                " AND n.created_at >= "
            } else {
                " AND n.created_at <= "
            }));
            pieces.push(Piece::Instant(at(bound.at)));
        }
        pieces.extend([
            Piece::Sql(if ascending {
                " ORDER BY n.created_at OFFSET "
            } else {
                " ORDER BY n.created_at DESC OFFSET "
            }),
            Piece::Sql(if board.is_some() { OF_BOARD } else { OF_ALL }),
            Piece::Sql(if ascending { " LIMIT 1), 'infinity')" } else { " LIMIT 1), '-infinity')" }),
        ]);
        Fragment::new(pieces)
    }

    /// Whether the entry of a post has all `words`.
    pub(in crate::posts) fn has_words(words: &[String]) -> Fragment<Bool> {
        Fragment::new([
            Piece::Sql("posts.id IN (SELECT s.post_id FROM post_search AS s WHERE s.grams @@ "),
            Piece::Text(words.join(" & ")),
            Piece::Sql("::tsquery)"),
        ])
    }

    /// When a post was written, so that no index of it serves, which would be walked to its end for words that are nowhere.
    pub(in crate::posts) fn written_at() -> Fragment<Instant> {
        Fragment::sql("(posts.created_at + interval '0')")
    }
}
