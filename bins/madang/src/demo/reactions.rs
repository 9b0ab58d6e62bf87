//! What people like and keep.

use super::Stage;
use super::draw::Draw;
use super::people::Person;
use super::posts::Written;
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::ctx::Ctx;
use madang_domain::ids::PostId;
use madang_domain::likes::{LikeError, like_post};
use madang_domain::scraps::{ScrapError, scrap_post};

/// How many posts share a unit of work.
const BATCH: usize = 100;

/// What somebody does with a post.
#[derive(Clone)]
struct Reaction {
    ctx: Ctx,
    post: PostId,
    likes: bool,
    keeps: bool,
}

/// Lets people like and keep what others wrote, within hours: most posts a little, few very much.
pub(super) fn add(
    stage: &Stage<'_>,
    people: &[Person],
    draw: &mut Draw,
    posts: &[Written],
) -> Result<(), Failure> {
    for batch in posts.chunks(BATCH) {
        let mut reactions = Vec::new();
        for post in batch {
            let loved = draw.once_in(8);
            for (n, person) in (1..).zip(people) {
                let (likes, keeps) = (loved || draw.once_in(4), draw.once_in(12));
                let moment = stage.at((post.at + TimeDelta::minutes(n * 7)).min(stage.today));
                let ctx = moment.acting(person.actor.clone());
                if likes || keeps {
                    reactions.push(Reaction { ctx, post: post.id, likes, keeps });
                }
            }
        }
        stage
            .local
            .store()
            .write_blocking(move |uow| {
                for Reaction { ctx, post, likes, keeps } in &reactions {
                    // One's own posts are nobody's to like or keep.
                    if let Some(Err(LikeError::Store(error))) = likes.then(|| like_post(uow, ctx, *post)) {
                        return Err(error);
                    }
                    if let Some(Err(ScrapError::Store(error))) = keeps.then(|| scrap_post(uow, ctx, *post)) {
                        return Err(error);
                    }
                }
                Ok(())
            })
            .map_err(|error| Failure::because("a demonstration like", &error))?;
    }
    Ok(())
}
