//! The boards of a school.

use super::Stage;
use super::people::Person;
use super::texts::{BOARDS, BoardKind, GROUP};
use crate::failure::Failure;
use madang_domain::boards::{
    BoardCategory, BoardFlags, CreateAnyBoard, CreateBoard, GroupFlags, create_any_board, create_board,
};
use madang_domain::ids::BoardId;

/// A board with what is written there.
pub(super) struct Place {
    pub(super) board: BoardId,
    pub(super) kind: BoardKind,
}

/// Opens the boards, the last of them by a student.
pub(super) fn open(stage: &Stage<'_>, people: &[Person]) -> Result<Vec<Place>, Failure> {
    let [moderator, student, ..] = people else { return Ok(Vec::new()) };
    let opened = stage.at(stage.ago(56));
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
        let ctx = opened.clone().acting(moderator.actor.clone());
        let board = stage
            .local
            .store()
            .write_blocking(move |uow| create_any_board(uow, &ctx, command.clone()))
            .map_err(|error| Failure::because("a demonstration board", &error))?;
        places.push(Place { board, kind });
    }
    let (name, description) = GROUP;
    let command = CreateBoard {
        name: name.to_owned(),
        description: description.to_owned(),
        category: BoardCategory::Group,
        flags: GroupFlags::default(),
    };
    let ctx = opened.acting(student.actor.clone());
    let board = stage
        .local
        .store()
        .write_blocking(move |uow| create_board(uow, &ctx, command.clone()))
        .map_err(|error| Failure::because("a demonstration board", &error))?;
    places.push(Place { board, kind: BoardKind::Walks });
    Ok(places)
}

fn category(kind: BoardKind) -> BoardCategory {
    match kind {
        BoardKind::Free | BoardKind::Guest | BoardKind::Questions | BoardKind::Market => BoardCategory::Basic,
        BoardKind::Notice => BoardCategory::Department,
        BoardKind::Career => BoardCategory::Career,
        BoardKind::Promotion => BoardCategory::Promotion,
        BoardKind::Walks => BoardCategory::Group,
    }
}

fn flags(kind: BoardKind) -> BoardFlags {
    let usual = BoardFlags::default();
    match kind {
        BoardKind::Free | BoardKind::Career | BoardKind::Questions | BoardKind::Walks => usual,
        BoardKind::Guest => BoardFlags { guest_readable: true, ..usual },
        BoardKind::Market => BoardFlags { allow_anonymous: false, hot_eligible: false, ..usual },
        BoardKind::Notice => {
            BoardFlags { staff_write_only: true, allow_anonymous: false, allow_questions: false, ..usual }
        }
        BoardKind::Promotion => {
            BoardFlags { is_promotion: true, allow_anonymous: false, title_required: true, ..usual }
        }
    }
}
