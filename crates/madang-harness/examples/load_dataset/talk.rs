//! What people say and think of the posts: comments, likes, scraps.

use crate::bulk::write_all;
use crate::ids::IdMap;
use crate::tsv::Table;
use chrono::{DateTime, Utc};
use madang_domain::comments::{NewComment, Writer};
use madang_domain::ids::{CommentId, PostId, UserId};
use madang_domain::policy::PostsPolicy;
use madang_domain::store::Store;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// Loads the comments and replies, all by name as in the dataset, and counts the live ones.
pub(crate) fn load_comments(
    store: &Arc<dyn Store>,
    folder: &Path,
    posts: &IdMap<PostId>,
    users: &IdMap<UserId>,
) -> Result<(), Box<dyn Error>> {
    let mut ids = IdMap::<CommentId>::new();
    let mut comments = Vec::new();
    let (mut of_posts, mut of_parents) = (HashMap::new(), HashMap::new());
    for row in Table::read(folder, "comments")?.rows() {
        let created_at = row.instant("created_at")?;
        let deleted_at = row.instant_if_any("deleted_at")?;
        let parent_id = row.number_if_any("parent_id")?.map(|parent| ids.find(parent)).transpose()?;
        let comment = NewComment {
            id: ids.give(row.number("id")?, created_at),
            post_id: posts.find(row.number("post_id")?)?,
            parent_id,
            writer: Writer::Named(users.find(row.number("author_id")?)?),
            contents: row.text("contents")?.to_owned(),
            created_at,
        };
        if deleted_at.is_none() {
            *of_posts.entry(comment.post_id).or_insert(0) += 1;
            if let Some(parent) = parent_id {
                *of_parents.entry(parent).or_insert(0) += 1;
            }
        }
        comments.push((comment, deleted_at));
    }
    write_all(store, comments, |uow, (comment, deleted_at)| {
        uow.comments().add(comment)?;
        if let Some(at) = deleted_at {
            uow.comments().mark_deleted(comment.id, *at)?;
        }
        Ok(())
    })?;
    write_all(store, of_posts.into_iter().collect(), |uow, (post, n)| uow.posts().bump_comments(*post, *n))?;
    write_all(store, of_parents.into_iter().collect(), |uow, (parent, n)| {
        uow.comments().bump_replies(*parent, *n)
    })?;
    Ok(())
}

/// Loads the likes; the one that reaches the threshold makes a post hot.
pub(crate) fn load_likes(
    store: &Arc<dyn Store>,
    folder: &Path,
    posts: &IdMap<PostId>,
    users: &IdMap<UserId>,
) -> Result<(), Box<dyn Error>> {
    let likes = read_marks(folder, "likes", posts, users)?;
    let mut times: HashMap<PostId, Vec<DateTime<Utc>>> = HashMap::new();
    for (post, _, at) in &likes {
        times.entry(*post).or_default().push(*at);
    }
    write_all(store, likes, |uow, (post, user, at)| {
        uow.likes().add_to_post(*post, *user, *at)?;
        Ok(())
    })?;
    let policy = PostsPolicy::default();
    write_all(store, times.into_iter().collect(), move |uow, (post, times)| {
        let count = uow.posts().bump_likes(*post, i64::try_from(times.len()).unwrap_or(i64::MAX))?;
        for (least, stamp) in [(policy.hot_likes, true), (policy.best_likes, false)] {
            let reached = usize::try_from(least - 1).ok().and_then(|nth| times.get(nth));
            match reached {
                Some(at) if count >= least && stamp => uow.posts().stamp_hot(*post, *at)?,
                Some(at) if count >= least => uow.posts().stamp_best(*post, *at)?,
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// Loads the scraps.
pub(crate) fn load_scraps(
    store: &Arc<dyn Store>,
    folder: &Path,
    posts: &IdMap<PostId>,
    users: &IdMap<UserId>,
) -> Result<(), Box<dyn Error>> {
    let scraps = read_marks(folder, "scraps", posts, users)?;
    write_all(store, scraps, |uow, (post, user, at)| {
        if uow.scraps().add(*user, *post, *at)? {
            uow.posts().bump_scraps(*post, 1)?;
        }
        Ok(())
    })?;
    Ok(())
}

type Mark = (PostId, UserId, DateTime<Utc>);

fn read_marks(
    folder: &Path,
    name: &'static str,
    posts: &IdMap<PostId>,
    users: &IdMap<UserId>,
) -> Result<Vec<Mark>, Box<dyn Error>> {
    let table = Table::read(folder, name)?;
    table
        .rows()
        .map(|row| {
            let (post, user) = (posts.find(row.number("post_id")?)?, users.find(row.number("user_id")?)?);
            Ok((post, user, row.instant("created_at")?))
        })
        .collect()
}
