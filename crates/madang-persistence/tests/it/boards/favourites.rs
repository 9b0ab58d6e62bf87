//! The boards that users keep at hand.

use super::Scene;
use crate::posts::in_parallel;
use chrono::TimeDelta;
use madang_domain::actor::Actor;
use madang_domain::boards::{
    BoardFilter, BoardFlags, FavouriteError, add_favourite, order_favourites, remove_favourite,
};
use madang_domain::ids::BoardId;
use madang_domain::paging::PageRequest;
use madang_domain::store::StoreError;
use madang_testkit::on_each_database;

impl Scene {
    fn add(&self, actor: &Actor, id: BoardId) -> Result<(), FavouriteError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| add_favourite(uow, &ctx, id))
    }

    fn order(&self, ids: &[BoardId]) -> Result<(), FavouriteError> {
        let (ctx, ids) = (self.ctx(&self.student), ids.to_vec());
        self.store.write_blocking(move |uow| order_favourites(uow, &ctx, &ids))
    }

    fn favourites(&self) -> Vec<BoardId> {
        let (ctx, request) = (self.ctx(&self.student), PageRequest { page: 1, page_size: 100 });
        let page = self
            .store
            .read_blocking::<_, StoreError, _>(move |uow| uow.boards().list_favourites(&ctx.actor, request))
            .unwrap();
        assert_eq!(usize::try_from(page.count), Ok(page.items.len()));
        assert!(page.items.iter().all(|board| board.is_favourite));
        page.items.into_iter().map(|board| board.id).collect()
    }

    fn boards(&self, names: [&str; 3]) -> [BoardId; 3] {
        names.map(|name| self.campus().board(self.school, name, BoardFlags::default()))
    }
}

on_each_database! {
    fn brd_8_favourites_are_kept_once_and_in_the_own_order(database) {
        let scene = Scene::new(database);
        let [a, b, c] = scene.boards(["A", "B", "C"]);
        for id in [b, a, b, c] {
            scene.add(&scene.student, id).unwrap();
        }
        assert_eq!(scene.favourites(), [b, a, c]);
        scene.order(&[c, b, a]).unwrap();
        assert_eq!(scene.favourites(), [c, b, a]);
        for wrong in [&[c, b][..], &[c, b, a, a], &[c, b, b], &[]] {
            assert!(matches!(scene.order(wrong), Err(FavouriteError::Mismatch)), "{wrong:?}");
        }
        let ctx = scene.ctx(&scene.student);
        for _ in 0..2 {
            let ctx = ctx.clone();
            scene.store.write_blocking(move |uow| remove_favourite(uow, &ctx, b)).unwrap();
        }
        assert_eq!(scene.favourites(), [c, a]);
        assert!(scene.view(&scene.student, a).unwrap().is_favourite);
        assert!(!scene.view(&scene.student, b).unwrap().is_favourite);
        assert!(!scene.view(&scene.moderator, a).unwrap().is_favourite);
        let kept = |is_favourite| BoardFilter { is_favourite: Some(is_favourite), ..BoardFilter::default() };
        assert_eq!(scene.list(&scene.student, kept(true)), ["A", "C"]);
        assert_eq!(scene.list(&scene.student, kept(false)), ["B"]);
        assert!(matches!(scene.add(&scene.stranger, a), Err(FavouriteError::NotFound)));
    }

    fn brd_8_favourites_have_a_limit_that_holds_in_parallel(database) {
        let mut scene = Scene::new(database);
        scene.world.policy.boards.favourites_max = 2;
        let boards = scene.boards(["A", "B", "C"]);
        let (ctx, store) = (scene.ctx(&scene.student), scene.store.shared());
        let next = std::sync::atomic::AtomicUsize::new(0);
        let added = in_parallel(3, move || {
            let (ctx, id) = (ctx.clone(), boards[next.fetch_add(1, std::sync::atomic::Ordering::SeqCst)]);
            store.write_blocking(move |uow| add_favourite(uow, &ctx, id))
        });
        assert_eq!(added.iter().filter(|done| done.is_ok()).count(), 2);
        assert!(added.iter().any(|done| matches!(done, Err(FavouriteError::LimitReached { limit: 2 }))));
        assert_eq!(scene.favourites().len(), 2);
    }

    fn brd_7_favourites_of_a_deleted_board_are_stored_and_absent(database) {
        let scene = Scene::new(database);
        let [a, b, c] = scene.boards(["A", "B", "C"]);
        for id in [a, b, c] {
            scene.add(&scene.student, id).unwrap();
        }
        let (by, at) = (scene.moderator.user, scene.world.now() + TimeDelta::seconds(1));
        scene.campus().write(move |uow| uow.boards().mark_deleted(a, by, at));
        assert_eq!(scene.favourites(), [b, c]);
        scene.order(&[c, b]).unwrap();
        assert_eq!(scene.favourites(), [c, b]);
        let user = scene.student.user;
        let stored = scene.campus().write(move |uow| uow.boards().count_favourites(user));
        assert_eq!(stored, 3);
        assert_eq!(scene.campus().write(move |uow| uow.boards().purge_favourites(user)), 3);
        assert_eq!(scene.favourites(), []);
    }
}
