//! What staff do with boards.

use super::Scene;
use crate::posts::in_parallel;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::{
    BoardCategory, BoardFlags, BoardKey, CreateAnyBoard, CreateAnyBoardError, DeleteAnyBoardError,
    EditAnyBoard, EditAnyBoardError, FlagChanges, StaffBoardFilter, StaffBoardQuery, StaffBoardView,
    create_any_board, delete_any_board, edit_any_board, find_any_board,
};
use madang_domain::ids::BoardId;
use madang_domain::paging::{OrderBy, PageRequest};
use madang_domain::store::StoreError;
use madang_domain::text::FieldError;
use madang_testkit::on_each_database;

impl Scene {
    pub(super) fn command(&self, name: &str) -> CreateAnyBoard {
        CreateAnyBoard {
            school_id: self.school,
            name: name.to_owned(),
            description: String::new(),
            category: BoardCategory::Basic,
            manager_id: None,
            flags: BoardFlags::default(),
        }
    }

    pub(super) fn create_any(
        &self,
        actor: &Actor,
        command: CreateAnyBoard,
    ) -> Result<BoardId, CreateAnyBoardError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| create_any_board(uow, &ctx, command.clone()))
    }

    fn edit_any(&self, actor: &Actor, id: BoardId, command: EditAnyBoard) -> Result<(), EditAnyBoardError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| edit_any_board(uow, &ctx, id, command.clone(), &|_| true))
    }

    pub(super) fn delete_any(&self, actor: &Actor, id: BoardId) -> Result<(), DeleteAnyBoardError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| delete_any_board(uow, &ctx, id, &|_| true))
    }

    fn staff_view(&self, actor: &Actor, id: BoardId) -> Option<StaffBoardView> {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| find_any_board(uow, &ctx, id)).ok()
    }

    fn staff_list(&self, actor: &Actor, is_deleted: Option<bool>) -> Vec<String> {
        let query = StaffBoardQuery {
            filter: StaffBoardFilter { is_deleted, ..StaffBoardFilter::default() },
            order: vec![OrderBy::ascending(BoardKey::Name)],
            request: PageRequest { page: 1, page_size: 20 },
        };
        let ctx = self.ctx(actor);
        let page = self
            .store
            .read_blocking::<_, StoreError, _>(move |uow| uow.boards().list_for_staff(&ctx.actor, &query))
            .unwrap();
        assert_eq!(usize::try_from(page.count), Ok(page.items.len()));
        page.items.into_iter().map(|view| view.board.name).collect()
    }
}

on_each_database! {
    fn brd_4_staff_open_boards_of_their_own_school(database) {
        let scene = Scene::new(database);
        let manager_id = Some(scene.student.user);
        let flags = BoardFlags { guest_readable: true, ..BoardFlags::default() };
        let command = CreateAnyBoard { manager_id, flags, ..scene.command("Notices") };
        let id = scene.create_any(&scene.moderator, command).unwrap();
        let view = scene.staff_view(&scene.moderator, id).unwrap();
        assert_eq!((view.board.flags, view.board.manager_id), (flags, manager_id));
        assert_eq!((view.school.name.as_str(), view.deleted_at), ("Hanbit", None));

        assert!(matches!(
            scene.create_any(&scene.student, scene.command("Mine")),
            Err(CreateAnyBoardError::Caller(_))
        ));
        let refused = |actor: &Actor, command| match scene.create_any(actor, command) {
            Err(CreateAnyBoardError::Fields(fields)) => fields,
            other => panic!("{other:?}"),
        };
        let abroad = CreateAnyBoard { school_id: scene.elsewhere, ..scene.command("Abroad") };
        assert_eq!(refused(&scene.moderator, abroad.clone()), [("school_id", FieldError::InvalidChoice)]);
        let admin = scene.campus().member(scene.school, "chief", Role::Admin);
        scene.create_any(&admin, abroad).unwrap();
        let stranger = Some(scene.stranger.user);
        let taken = CreateAnyBoard { manager_id: stranger, ..scene.command("NOTICES") };
        let expected = [("name", FieldError::Taken), ("manager_id", FieldError::NotAllowed)];
        assert_eq!(refused(&scene.moderator, taken), expected);
        let guest = scene.campus().member(scene.school, "guest", Role::Guest);
        let unproven = CreateAnyBoard { manager_id: Some(guest.user), ..scene.command("Guests") };
        assert_eq!(refused(&scene.moderator, unproven), [("manager_id", FieldError::NotAllowed)]);
    }

    fn brd_9_staff_edit_everything_and_name_another_manager(database) {
        let scene = Scene::new(database);
        let id = scene.create_any(&scene.moderator, scene.command("Notices")).unwrap();
        scene.create_any(&scene.moderator, scene.command("Other")).unwrap();
        let flags = FlagChanges { staff_write_only: Some(true), searchable: Some(false), ..FlagChanges::default() };
        let command = EditAnyBoard {
            name: Some("Official".to_owned()),
            description: Some("From the staff".to_owned()),
            category: Some(BoardCategory::Career),
            manager_id: Some(Some(scene.student.user)),
            flags,
        };
        scene.edit_any(&scene.moderator, id, command).unwrap();
        let view = scene.staff_view(&scene.moderator, id).unwrap();
        let board = view.board;
        assert_eq!((board.name.as_str(), board.category), ("Official", BoardCategory::Career));
        assert!(board.flags.staff_write_only && !board.flags.searchable && board.flags.allow_anonymous);
        assert_eq!(view.manager.map(|manager| manager.id), Some(scene.student.user));

        let nobody = EditAnyBoard { manager_id: Some(None), ..EditAnyBoard::default() };
        scene.edit_any(&scene.moderator, id, nobody).unwrap();
        assert_eq!(scene.staff_view(&scene.moderator, id).unwrap().manager, None);
        let taken = EditAnyBoard { name: Some("other".to_owned()), ..EditAnyBoard::default() };
        match scene.edit_any(&scene.moderator, id, taken) {
            Err(EditAnyBoardError::Fields(fields)) => assert_eq!(fields, [("name", FieldError::Taken)]),
            other => panic!("{other:?}"),
        }
        let own = EditAnyBoard { name: Some("OFFICIAL".to_owned()), ..EditAnyBoard::default() };
        scene.edit_any(&scene.moderator, id, own).unwrap();
    }

    fn brd_7_staff_delete_at_any_time_and_still_see_it(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        scene.post(id, "Move");
        let abroad = scene.campus().member(scene.elsewhere, "moder2", Role::Moderator);
        assert!(matches!(scene.delete_any(&abroad, id), Err(DeleteAnyBoardError::NotFound)));
        assert_eq!(scene.staff_view(&abroad, id), None);
        scene.delete_any(&scene.moderator, id).unwrap();
        assert_eq!(scene.view(&scene.student, id), None);
        assert!(scene.staff_view(&scene.moderator, id).unwrap().deleted_at.is_some());
        assert!(matches!(scene.delete_any(&scene.moderator, id), Err(DeleteAnyBoardError::NotFound)));
        let edit = scene.edit_any(&scene.moderator, id, EditAnyBoard::default());
        assert!(matches!(edit, Err(EditAnyBoardError::NotFound)));
        scene.open("Go").unwrap();
        assert_eq!(scene.staff_list(&scene.moderator, None), ["Chess", "Go"]);
        assert_eq!(scene.staff_list(&scene.moderator, Some(true)), ["Chess"]);
        assert_eq!(scene.staff_list(&scene.moderator, Some(false)), ["Go"]);
        assert_eq!(scene.staff_list(&abroad, None), [""; 0]);
    }

    fn con_10_parallel_edits_of_one_state_succeed_once(database) {
        let scene = Scene::new(database);
        let id = scene.create_any(&scene.moderator, scene.command("Notices")).unwrap();
        let seen = scene.staff_view(&scene.moderator, id).unwrap();
        let (ctx, store) = (scene.ctx(&scene.moderator), scene.store.shared());
        let edits = in_parallel(6, move || {
            let (ctx, seen) = (ctx.clone(), seen.clone());
            store.write_blocking(move |uow| {
                let name = Some(format!("{:?}", std::thread::current().id()));
                let command = EditAnyBoard { name, ..EditAnyBoard::default() };
                edit_any_board(uow, &ctx, id, command, &|view| *view == seen)
            })
        });
        assert_eq!(edits.iter().filter(|edit| edit.is_ok()).count(), 1);
        let refused = edits.iter().filter(|edit| matches!(edit, Err(EditAnyBoardError::PreconditionFailed)));
        assert_eq!(refused.count(), 5);
    }
}
