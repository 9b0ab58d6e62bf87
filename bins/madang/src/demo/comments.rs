//! What is said under the posts: answers, remarks, and whole arguments among people without names.

use super::Stage;
use super::draw::Draw;
use super::people::Person;
use super::posts::Written;
use super::texts::{BoardKind, THANKS, Words};
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::comments::{CreateComment, CreateCommentError, create_comment};
use madang_domain::ctx::{Ctx, Timestamp};
use madang_domain::ids::CommentId;

/// How many threads share a unit of work.
const BATCH: usize = 50;
/// How many comments a thread has at most.
const COMMENTS_MAX: i32 = 16;

/// A comment that was written.
pub(super) struct Said {
    pub(super) id: CommentId,
    pub(super) at: Timestamp,
    /// Which of the people wrote it.
    pub(super) by: usize,
}

/// One comment of a thread to be; `parent` counts the comments before it.
#[derive(Clone)]
struct Planned {
    ctx: Ctx,
    by: usize,
    parent: Option<usize>,
    command: CreateComment,
}

/// Writes comments under most of the posts.
pub(super) fn add(
    stage: &Stage<'_>,
    people: &[Person],
    draw: &mut Draw,
    posts: &[Written],
) -> Result<Vec<Said>, Failure> {
    stage.progress.set_message("comments");
    let words = Words::read();
    let threads: Vec<Vec<Planned>> = posts
        .iter()
        .filter(|post| post.takes_comments)
        .map(|post| {
            let mut thread = Thread { stage, people, post, planned: Vec::new() };
            if post.is_story {
                thread.tell(draw);
            } else {
                thread.chat(&words, draw);
            }
            thread.planned
        })
        .collect();
    let mut said = Vec::new();
    for batch in threads.chunks(BATCH) {
        let written = batch.to_vec();
        let ids = stage
            .local
            .store()
            .write_blocking(move |uow| {
                let mut all = Vec::new();
                for thread in &written {
                    let mut ids: Vec<CommentId> = Vec::with_capacity(thread.len());
                    for Planned { ctx, parent, command, .. } in thread {
                        let parent_id = parent.and_then(|parent| ids.get(parent).copied());
                        ids.push(create_comment(uow, ctx, CreateComment { parent_id, ..command.clone() })?);
                    }
                    all.extend(ids);
                }
                Ok::<_, CreateCommentError>(all)
            })
            .map_err(|error| Failure::because("a demonstration comment", &error))?;
        let planned = batch.iter().flatten();
        said.extend(ids.into_iter().zip(planned).map(|(id, it)| Said { id, at: it.ctx.now, by: it.by }));
    }
    Ok(said)
}

struct Thread<'a> {
    stage: &'a Stage<'a>,
    people: &'a [Person],
    post: &'a Written,
    planned: Vec<Planned>,
}

impl Thread<'_> {
    /// All that is said in a story, each part by somebody else.
    fn tell(&mut self, draw: &mut Draw) {
        let mut cast: Vec<usize> = (1..self.people.len()).filter(|n| *n != self.post.author).collect();
        draw.shuffle(&mut cast);
        let mut last = None;
        let post = self.post;
        for line in &post.talk {
            let by = match line.who.checked_sub(1) {
                None => post.author,
                Some(part) => match cast.get(part % cast.len().max(1)) {
                    Some(by) => *by,
                    None => continue,
                },
            };
            let parent = if line.is_answer { last } else { None };
            if parent.is_none() {
                last = Some(self.planned.len());
            }
            self.say(by, &line.text, post.is_anonymous, parent);
        }
    }

    /// Some of what may be said under a short post, sometimes with thanks, and what is said anywhere.
    fn chat(&mut self, words: &Words, draw: &mut Draw) {
        let post = self.post;
        let several = self.people.len().saturating_sub(1);
        for line in &post.talk {
            if draw.once_in(2) {
                let by = 1 + draw.below(several);
                let [text] = words.fill(draw, [line.text.as_str()]);
                let at = self.planned.len();
                self.say(by, &text, draw.once_in(2), None);
                if by != post.author
                    && post.kind != BoardKind::Notice
                    && draw.once_in(3)
                    && let Some(thanks) = draw.one(&THANKS)
                {
                    self.say(post.author, thanks, post.is_anonymous, Some(at));
                }
            }
        }
        for _ in 0..draw.below(3) {
            if let Some(remark) = draw.one(&words.remarks) {
                let by = 1 + draw.below(several);
                let parent = self.planned.iter().rposition(|comment| comment.parent.is_none());
                let parent = parent.filter(|_| draw.once_in(3));
                self.say(by, remark, draw.once_in(2), parent);
            }
        }
    }

    fn say(&mut self, by: usize, text: &str, anonymous: bool, parent: Option<usize>) {
        let Ok(before) = i32::try_from(self.planned.len()) else { return };
        let Some(person) = self.people.get(by).filter(|_| before < COMMENTS_MAX) else { return };
        // All of it before the next post.
        let after: TimeDelta = self.post.until_next / (COMMENTS_MAX + 1) * (before + 1);
        let command = CreateComment {
            post_id: self.post.id,
            parent_id: None,
            contents: text.to_owned(),
            is_anonymous: Some(anonymous && self.post.kind.takes_anonymous()),
        };
        let ctx = self.stage.at(self.post.at + after).acting(person.actor.clone());
        self.planned.push(Planned { ctx, by, parent, command });
    }
}
