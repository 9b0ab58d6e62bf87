//! Boards and what is written in them.

use super::Stage;
use super::draw::Draw;
use super::people::Person;
use super::texts::{BOARDS, BoardKind, GROUP, SENTENCES, TAGS, TITLES};
use crate::failure::Failure;
use chrono::TimeDelta;
use madang_domain::actor::Actor;
use madang_domain::boards::{
    BoardCategory, BoardFlags, CreateAnyBoard, CreateBoard, GroupFlags, create_any_board, create_board,
};
use madang_domain::ctx::{Ctx, Timestamp};
use madang_domain::ids::{BoardId, PostId};
use madang_domain::posts::{CreatePost, create_post};

/// How many posts share a unit of work.
const BATCH: usize = 200;
/// Over how many days the posts are spread.
const DAYS: i64 = 30;

struct Place {
    board: BoardId,
    kind: Option<BoardKind>,
}

/// A post with what its comments depend on.
pub(super) struct Written {
    pub(super) id: PostId,
    pub(super) at: Timestamp,
    pub(super) until_next: TimeDelta,
    pub(super) may_be_anonymous: bool,
    pub(super) takes_comments: bool,
}

/// Opens the boards of a school and writes `count` posts, oldest first.
pub(super) fn add(
    stage: &Stage<'_>,
    people: &[Person],
    draw: &mut Draw,
    count: usize,
) -> Result<Vec<Written>, Failure> {
    stage.progress.set_message("posts");
    let places = open_boards(stage, people)?;
    let Some((moderator, members)) = people.split_first() else { return Ok(Vec::new()) };
    let step = TimeDelta::days(DAYS) / i32::try_from(count).unwrap_or(i32::MAX).max(1);
    let mut posts: Vec<(Ctx, CreatePost)> = Vec::with_capacity(count);
    let mut may_be_anonymous = Vec::with_capacity(count);
    for n in 0..count {
        let Some(place) = draw.one(&places) else { break };
        let author = match place.kind {
            Some(BoardKind::Notice) => moderator,
            _ => draw.one(members).unwrap_or(moderator),
        };
        let moment = stage.at(stage.ago(DAYS) + step * i32::try_from(n).unwrap_or(i32::MAX));
        posts.push((moment.acting(author.actor.clone()), post(place, draw)));
        may_be_anonymous.push(takes_anonymous(place.kind));
    }
    let mut ids = Vec::with_capacity(count);
    for batch in posts.chunks(BATCH) {
        let batch = batch.to_vec();
        let written = stage
            .local
            .store()
            .write_blocking(move |uow| {
                let write = |(ctx, post): &(Ctx, CreatePost)| create_post(uow, ctx, post.clone());
                batch.iter().map(write).collect::<Result<Vec<PostId>, _>>()
            })
            .map_err(|error| Failure::because("a demonstration post", &error))?;
        stage.progress.inc(written.len() as u64);
        ids.extend(written);
    }
    let written =
        ids.into_iter().zip(posts).zip(may_be_anonymous).map(|((id, (ctx, post)), anonymous)| Written {
            id,
            at: ctx.now,
            until_next: step,
            may_be_anonymous: anonymous,
            takes_comments: !post.comments_locked,
        });
    Ok(written.collect())
}

fn takes_anonymous(kind: Option<BoardKind>) -> bool {
    !matches!(kind, Some(BoardKind::Notice | BoardKind::Promotion))
}

fn post(place: &Place, draw: &mut Draw) -> CreatePost {
    let title = draw.one(&TITLES).map(|title| (*title).to_owned());
    let mut contents: Vec<&str> = Vec::new();
    for _ in 0..=draw.below(4) {
        contents.extend(draw.one(&SENTENCES));
    }
    if draw.once_in(3) {
        contents.extend(draw.one(&TAGS));
    }
    let asks = place.kind == Some(BoardKind::Questions) && !draw.once_in(4);
    let anonymous = takes_anonymous(place.kind) && draw.once_in(2);
    CreatePost {
        board_id: place.board,
        title,
        contents: contents.join(" "),
        is_anonymous: Some(anonymous),
        is_question: asks,
        images: Vec::new(),
        comments_locked: draw.once_in(40),
    }
}

fn open_boards(stage: &Stage<'_>, people: &[Person]) -> Result<Vec<Place>, Failure> {
    let [moderator, student, ..] = people else { return Ok(Vec::new()) };
    let opened = stage.at(stage.ago(50));
    let mut places = Vec::new();
    for (name, description, kind) in BOARDS {
        let command = CreateAnyBoard {
            school_id: moderator.actor.school,
            name: name.to_owned(),
            description: description.to_owned(),
            category: category(kind),
            manager_id: None,
            flags: flags(kind),
        };
        let ctx = acting(&opened, &moderator.actor);
        let board = stage
            .local
            .store()
            .write_blocking(move |uow| create_any_board(uow, &ctx, command.clone()))
            .map_err(|error| Failure::because("a demonstration board", &error))?;
        places.push(Place { board, kind: Some(kind) });
    }
    let (name, description) = GROUP;
    let command = CreateBoard {
        name: name.to_owned(),
        description: description.to_owned(),
        category: BoardCategory::Group,
        flags: GroupFlags::default(),
    };
    let ctx = acting(&opened, &student.actor);
    let board = stage
        .local
        .store()
        .write_blocking(move |uow| create_board(uow, &ctx, command.clone()))
        .map_err(|error| Failure::because("a demonstration board", &error))?;
    places.push(Place { board, kind: None });
    Ok(places)
}

fn acting(moment: &madang_domain::ctx::Moment, actor: &Actor) -> Ctx {
    moment.clone().acting(actor.clone())
}

fn category(kind: BoardKind) -> BoardCategory {
    match kind {
        BoardKind::Free | BoardKind::Guest | BoardKind::Questions => BoardCategory::Basic,
        BoardKind::Notice => BoardCategory::Department,
        BoardKind::Career => BoardCategory::Career,
        BoardKind::Promotion => BoardCategory::Promotion,
    }
}

fn flags(kind: BoardKind) -> BoardFlags {
    let usual = BoardFlags::default();
    match kind {
        BoardKind::Free | BoardKind::Career | BoardKind::Questions => usual,
        BoardKind::Guest => BoardFlags { guest_readable: true, ..usual },
        BoardKind::Notice => {
            BoardFlags { staff_write_only: true, allow_anonymous: false, allow_questions: false, ..usual }
        }
        BoardKind::Promotion => {
            BoardFlags { is_promotion: true, allow_anonymous: false, title_required: true, ..usual }
        }
    }
}
