//! What is said under the posts: remarks, and arguments among people without names.

use super::Stage;
use super::draw::Draw;
use super::people::Person;
use super::posts::Written;
use super::texts::{ARGUMENTS, Argument, REMARKS};
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::actor::Actor;
use madang_domain::comments::{CreateComment, CreateCommentError, create_comment};
use madang_domain::ctx::Ctx;
use madang_domain::ids::CommentId;

/// How many threads share a unit of work.
const BATCH: usize = 50;
/// How many comments a thread has at most.
const COMMENTS_MAX: i32 = 16;

/// One comment of a thread to be; `parent` counts the comments before it.
#[derive(Clone)]
struct Planned {
    ctx: Ctx,
    parent: Option<usize>,
    command: CreateComment,
}

/// Writes comments under most of the posts; answers how many.
pub(super) fn add(
    stage: &Stage<'_>,
    people: &[Person],
    draw: &mut Draw,
    posts: &[Written],
) -> Result<usize, Failure> {
    stage.progress.set_message("comments");
    let actors: Vec<&Actor> = people.iter().map(|person| &person.actor).collect();
    let threads: Vec<Vec<Planned>> = posts
        .iter()
        .filter(|post| post.takes_comments)
        .map(|post| {
            let mut thread = Thread { stage, post, planned: Vec::new() };
            thread.plan(&actors, draw);
            thread.planned
        })
        .collect();
    for batch in threads.chunks(BATCH) {
        let batch = batch.to_vec();
        stage
            .local
            .store()
            .write_blocking(move |uow| {
                batch.iter().try_for_each(|thread| {
                    let mut ids: Vec<CommentId> = Vec::with_capacity(thread.len());
                    for Planned { ctx, parent, command } in thread {
                        let parent_id = parent.and_then(|parent| ids.get(parent).copied());
                        ids.push(create_comment(uow, ctx, CreateComment { parent_id, ..command.clone() })?);
                    }
                    Ok::<_, CreateCommentError>(())
                })
            })
            .map_err(|error| Failure::because("a demonstration comment", &error))?;
    }
    Ok(threads.iter().map(Vec::len).sum())
}

struct Thread<'a> {
    stage: &'a Stage<'a>,
    post: &'a Written,
    planned: Vec<Planned>,
}

impl Thread<'_> {
    fn plan(&mut self, actors: &[&Actor], draw: &mut Draw) {
        for _ in 0..draw.below(5) {
            let (Some(actor), Some(remark)) = (draw.one(actors), draw.one(&REMARKS)) else { return };
            let anonymous = draw.once_in(2);
            self.say(actor, remark, anonymous, None);
        }
        if draw.once_in(3)
            && let Some(argument) = draw.one(&ARGUMENTS)
        {
            self.argue(actors, draw, argument);
        }
    }

    /// Two people answer one another under the opening of one of them, each under one label.
    fn argue(&mut self, actors: &[&Actor], draw: &mut Draw, argument: &Argument) {
        let first = draw.below(actors.len());
        let second = first + 1 + draw.below(actors.len().saturating_sub(1));
        let speakers = [first, second].map(|at| actors.get(at % actors.len().max(1)));
        let [Some(one), Some(other)] = speakers else { return };
        let opening = self.planned.len();
        self.say(one, argument.opening, true, None);
        for (turn, text) in argument.turns.iter().enumerate() {
            self.say(if turn % 2 == 0 { other } else { one }, text, true, Some(opening));
        }
    }

    fn say(&mut self, actor: &Actor, text: &str, anonymous: bool, parent: Option<usize>) {
        let Ok(before) = i32::try_from(self.planned.len()) else { return };
        if before >= COMMENTS_MAX {
            return;
        }
        // All of it before the next post.
        let after: TimeDelta = self.post.until_next / (COMMENTS_MAX + 1) * (before + 1);
        let command = CreateComment {
            post_id: self.post.id,
            parent_id: None,
            contents: text.to_owned(),
            is_anonymous: Some(anonymous && self.post.may_be_anonymous),
        };
        let ctx = self.stage.at(self.post.at + after).acting(actor.clone());
        self.planned.push(Planned { ctx, parent, command });
    }
}
