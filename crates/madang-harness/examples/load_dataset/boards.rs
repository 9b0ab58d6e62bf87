//! Boards and what stands on them.

use crate::bulk::write_all;
use crate::ids::IdMap;
use crate::tsv::Table;
use chrono::{DateTime, Utc};
use madang_domain::boards::{BoardCategory, BoardFlags, NewBoard};
use madang_domain::ids::{BoardId, PostId, SchoolId, UserId};
use madang_domain::policy::PostsPolicy;
use madang_domain::posts::{NewPost, contents_rule, hashtags, title_rule};
use madang_domain::store::Store;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// The boards, and in which school each is.
pub(crate) struct Boards {
    pub(crate) ids: IdMap<BoardId>,
    schools: HashMap<BoardId, SchoolId>,
}

/// What the posts of one board add up to.
#[derive(Default)]
struct Tally {
    live: i64,
    last_post_at: Option<DateTime<Utc>>,
}

/// Loads the boards. All have the usual switches, so that whoever measures may post on any.
pub(crate) fn load_boards(
    store: &Arc<dyn Store>,
    folder: &Path,
    schools: &IdMap<SchoolId>,
) -> Result<Boards, Box<dyn Error>> {
    let mut loaded = Boards { ids: IdMap::new(), schools: HashMap::new() };
    let mut boards = Vec::new();
    for row in Table::read(folder, "boards")?.rows() {
        let created_at = row.instant("created_at")?;
        let board = NewBoard {
            id: loaded.ids.give(row.number("id")?, created_at),
            school_id: schools.find(row.number("school_id")?)?,
            name: row.text("name")?.to_owned(),
            description: String::new(),
            category: BoardCategory::Basic,
            flags: BoardFlags::default(),
            manager_id: None,
            created_at,
        };
        loaded.schools.insert(board.id, board.school_id);
        boards.push(board);
    }
    write_all(store, boards, |uow, board| uow.boards().add(board))?;
    Ok(loaded)
}

/// Loads the posts, all by name as in the dataset. Those that it has deleted carry the author's mark. Their counters
/// come with the rows that they count.
pub(crate) fn load_posts(
    store: &Arc<dyn Store>,
    folder: &Path,
    boards: &Boards,
    users: &IdMap<UserId>,
) -> Result<IdMap<PostId>, Box<dyn Error>> {
    let policy = PostsPolicy::default();
    let mut ids = IdMap::new();
    let mut posts = Vec::new();
    let mut tallies: HashMap<BoardId, Tally> = HashMap::new();
    for row in Table::read(folder, "posts")?.rows() {
        let (number, created_at) = (row.number("id")?, row.instant("created_at")?);
        let deleted_at = row.instant_if_any("deleted_at")?;
        let refused = |error| format!("post {number} is refused: {error:?}");
        let board_id = boards.ids.find(row.number("board_id")?)?;
        let contents = contents_rule(&policy).parse(row.text("contents")?).map_err(refused)?;
        let post = NewPost {
            id: ids.give(number, created_at),
            school_id: boards.schools[&board_id],
            board_id,
            author: users.find(row.number("author_id")?)?,
            is_anonymous: false,
            is_question: false,
            comments_locked: false,
            title: Some(title_rule(&policy).parse(row.text("title")?).map_err(refused)?),
            hashtags: hashtags(&contents, policy.hashtags_max),
            images: Vec::new(),
            contents,
            created_at,
        };
        let tally = tallies.entry(board_id).or_default();
        tally.live += i64::from(deleted_at.is_none());
        tally.last_post_at = tally.last_post_at.max(Some(created_at));
        posts.push((post, deleted_at));
    }
    write_all(store, posts, |uow, (post, deleted_at)| {
        uow.posts().add(post)?;
        if let Some(at) = deleted_at {
            uow.posts().mark_deleted(post.id, *at)?;
        }
        Ok(())
    })?;
    let tallies: Vec<_> = tallies.into_iter().collect();
    write_all(store, tallies, |uow, (id, tally)| {
        uow.boards().bump_posts(*id, tally.live, tally.last_post_at)
    })?;
    Ok(ids)
}
