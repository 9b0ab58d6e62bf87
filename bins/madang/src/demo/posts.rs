//! What is written in the boards.

use super::Stage;
use super::boards::{self, Place};
use super::draw::Draw;
use super::people::Person;
use super::pictures::{self, Wanted};
use super::texts::{BoardKind, Line, NOTES, STORIES, Text, Words, texts};
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::ctx::{Ctx, Timestamp};
use madang_domain::ids::PostId;
use madang_domain::media::Gallery;
use madang_domain::posts::{CreatePost, create_post};

/// How many posts share a unit of work.
const BATCH: usize = 200;
/// Over how many days the posts are spread.
const DAYS: i64 = 45;
/// From the beginning of a day, which is nine in the morning in Seoul, people write for so many hours.
const HOURS: i32 = 16;
/// At most one of so many posts is a story.
const STORY_EVERY: usize = 3;
/// One of so many posts that could have a picture has none.
const WITHOUT_PICTURE: usize = 3;

/// A post with what its comments depend on.
pub(super) struct Written {
    pub(super) id: PostId,
    pub(super) at: Timestamp,
    pub(super) until_next: TimeDelta,
    /// Which of the people wrote it.
    pub(super) author: usize,
    pub(super) kind: BoardKind,
    pub(super) takes_comments: bool,
    pub(super) is_anonymous: bool,
    /// Whether all of `talk` is said, as it stands.
    pub(super) is_story: bool,
    pub(super) talk: Vec<Line>,
}

struct Planned {
    ctx: Ctx,
    command: CreatePost,
    picture: Option<Wanted>,
    rest: Written,
}

/// Opens the boards of a school and writes `count` posts, oldest first.
pub(super) fn add(
    stage: &Stage<'_>,
    gallery: &dyn Gallery,
    people: &[Person],
    draw: &mut Draw,
    count: usize,
) -> Result<Vec<Written>, Failure> {
    stage.progress.set_message("posts");
    let places = boards::open(stage, people)?;
    let mut planned = plan(stage, people, &places, draw, count);
    for post in &mut planned {
        if let Some(wanted) = post.picture.take() {
            post.command.images = vec![pictures::add(stage, gallery, &post.ctx, wanted, draw)?];
        }
    }
    let mut written = Vec::with_capacity(planned.len());
    for batch in planned.chunks(BATCH) {
        let posts: Vec<_> = batch.iter().map(|post| (post.ctx.clone(), post.command.clone())).collect();
        let ids = stage
            .local
            .store()
            .write_blocking(move |uow| {
                let write = |(ctx, post): &(Ctx, CreatePost)| create_post(uow, ctx, post.clone());
                posts.iter().map(write).collect::<Result<Vec<PostId>, _>>()
            })
            .map_err(|error| Failure::because("a demonstration post", &error))?;
        stage.progress.inc(ids.len() as u64);
        written.extend(ids);
    }
    Ok(written.into_iter().zip(planned).map(|(id, post)| Written { id, ..post.rest }).collect())
}

fn plan(
    stage: &Stage<'_>,
    people: &[Person],
    places: &[Place],
    draw: &mut Draw,
    count: usize,
) -> Vec<Planned> {
    let (words, notes, mut stories) = (Words::read(), texts(NOTES), texts(STORIES));
    draw.shuffle(&mut stories);
    let story_every = (count / stories.len().max(1)).max(STORY_EVERY);
    let mut deck = Vec::new();
    let step = TimeDelta::days(DAYS) / i32::try_from(count).unwrap_or(i32::MAX).max(1);
    let awake = step / 24 * HOURS;
    let mut planned = Vec::with_capacity(count);
    for n in 0..count {
        let story = if n % story_every == 1 { stories.pop() } else { None };
        let is_story = story.is_some();
        // Every note once before any comes again.
        if deck.is_empty() {
            deck.clone_from(&notes);
            draw.shuffle(&mut deck);
        }
        let Some(text) = story.or_else(|| deck.pop()) else { break };
        let Some(place) = places.iter().find(|place| place.kind == text.kind) else { continue };
        let author = match text.kind {
            BoardKind::Notice => 0,
            _ => 1 + draw.below(people.len().saturating_sub(1)),
        };
        let Some(person) = people.get(author) else { continue };
        let slot = step * i32::try_from(n).unwrap_or(i32::MAX);
        let (days, rest) = (slot.num_days(), slot - TimeDelta::days(slot.num_days()));
        // Within its part of the day, so that posts stay in order.
        let wait = awake / 8 * i32::try_from(draw.below(4)).unwrap_or(0);
        let at = stage.ago(DAYS - days) + rest / 24 * HOURS + wait;
        let Text { kind, is_anonymous, picture, title, contents, talk } = text;
        let is_anonymous = if is_story { is_anonymous } else { kind.takes_anonymous() && draw.once_in(2) };
        let [title, contents] = words.fill(draw, [&title, &contents]);
        let picture = picture.filter(|_| is_story || !draw.once_in(WITHOUT_PICTURE));
        planned.push(Planned {
            ctx: stage.at(at).acting(person.actor.clone()),
            command: CreatePost {
                board_id: place.board,
                title: Some(title),
                contents,
                is_anonymous: Some(is_anonymous),
                is_question: kind == BoardKind::Questions,
                images: Vec::new(),
                comments_locked: !is_story && draw.once_in(40),
            },
            picture: picture.map(|(scene, caption)| Wanted { scene, caption }),
            rest: Written {
                id: PostId(uuid::Uuid::nil()),
                at,
                until_next: awake / 2,
                author,
                kind,
                takes_comments: true,
                is_anonymous,
                is_story,
                talk,
            },
        });
    }
    for post in &mut planned {
        post.rest.takes_comments = !post.command.comments_locked;
    }
    planned
}
