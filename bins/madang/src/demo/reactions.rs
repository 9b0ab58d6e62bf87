//! What people read, like and keep.

use super::Stage;
use super::comments::Said;
use super::draw::Draw;
use super::people::Person;
use super::posts::Written;
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::ctx::Ctx;
use madang_domain::ids::{CommentId, PostId};
use madang_domain::likes::{LikeError, like_comment, like_post};
use madang_domain::scraps::{ScrapError, scrap_post};
use madang_domain::store::StoreError;
use madang_domain::views::{View, record_views};

/// How many posts or comments share a unit of work.
const BATCH: usize = 100;

/// What somebody does.
#[derive(Clone, Copy)]
enum Act {
    Like(PostId),
    Keep(PostId),
    LikeComment(CommentId),
}

/// Lets people read, like and keep what others wrote, within hours: most posts a little, few very much.
pub(super) fn add(
    stage: &Stage<'_>,
    people: &[Person],
    draw: &mut Draw,
    posts: &[Written],
    said: &[Said],
) -> Result<(), Failure> {
    for batch in posts.chunks(BATCH) {
        let (mut acts, mut views) = (Vec::new(), Vec::new());
        for post in batch {
            let likers = heat(draw, post.is_story);
            // One's own posts are nobody's to like.
            for (n, person) in people.iter().enumerate().filter(|(n, _)| *n != post.author) {
                let (likes, keeps) = (draw.below(16) < likers, draw.once_in(16));
                if likes || keeps || draw.once_in(2) {
                    views.push(View::new(post.id, person.actor.user));
                }
                let minutes = TimeDelta::minutes(7 * (n as i64 + 1));
                let ctx = stage.at((post.at + minutes).min(stage.today)).acting(person.actor.clone());
                acts.extend(likes.then(|| (ctx.clone(), Act::Like(post.id))));
                acts.extend(keeps.then_some((ctx, Act::Keep(post.id))));
            }
        }
        views.sort_unstable();
        perform(stage, acts, views)?;
    }
    for batch in said.chunks(BATCH) {
        let mut acts = Vec::new();
        for comment in batch {
            for (n, person) in people.iter().enumerate().filter(|(n, _)| *n != comment.by) {
                if draw.once_in(9) {
                    let minutes = TimeDelta::minutes(3 * (n as i64 + 1));
                    let at = (comment.at + minutes).min(stage.today);
                    acts.push((stage.at(at).acting(person.actor.clone()), Act::LikeComment(comment.id)));
                }
            }
        }
        perform(stage, acts, Vec::new())?;
    }
    Ok(())
}

/// How many of sixteen like a post; stories go better than most.
fn heat(draw: &mut Draw, is_story: bool) -> usize {
    match (is_story, draw.below(20)) {
        (true, 0..4) => 16,
        (true, 4..12) => 10,
        (true, _) | (false, 1..5) => 4,
        (false, 0) => 10,
        (false, _) => 1,
    }
}

fn perform(stage: &Stage<'_>, acts: Vec<(Ctx, Act)>, views: Vec<View>) -> Result<(), Failure> {
    stage
        .local
        .store()
        .write_blocking::<_, StoreError, _>(move |uow| {
            for (ctx, act) in &acts {
                // What a board or a rule refuses is left undone.
                let failed = match act {
                    Act::Like(post) => match like_post(uow, ctx, *post) {
                        Err(LikeError::Store(error)) => Some(error),
                        _ => None,
                    },
                    Act::LikeComment(comment) => match like_comment(uow, ctx, *comment) {
                        Err(LikeError::Store(error)) => Some(error),
                        _ => None,
                    },
                    Act::Keep(post) => match scrap_post(uow, ctx, *post) {
                        Err(ScrapError::Store(error)) => Some(error),
                        _ => None,
                    },
                };
                if let Some(error) = failed {
                    return Err(error);
                }
            }
            record_views(uow, &views)
        })
        .map_err(|error| Failure::because("a demonstration like", &error))
}
