//! Labels and numbers.

use super::{Scene, command, ids};
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::comments::{CommentView, CreateComment, CreateCommentError};
use madang_domain::ids::CommentId;
use madang_domain::posts::Author;
use madang_domain::text::FieldError;
use madang_testkit::{World, on_each_database};

fn anonymous(number: impl Into<Option<u32>>) -> Author {
    Author::Anonymous { number: number.into() }
}

impl Scene {
    fn view(&self, viewer: &Actor, id: CommentId) -> CommentView {
        self.find(viewer, id).unwrap().comment
    }

    fn author_of(&self, id: CommentId) -> Author {
        self.view(&self.two, id).author
    }
}

on_each_database! {
    fn anon_1_everybody_keeps_one_number_a_thread(database) {
        let scene = Scene::new(database);
        let post = scene.post_with(|post| post.is_anonymous = Some(true));
        let first = scene.write_anonymously(&scene.one, post);
        let second = scene.write_anonymously(&scene.two, post);
        let own = scene.write_anonymously(&scene.author, post);
        let parent = Some(second);
        let reply = CreateComment { parent_id: parent, is_anonymous: Some(true), ..command(post) };
        let reply = scene.try_write(&scene.one, reply).unwrap();
        assert_eq!([first, second, own, reply].map(|id| scene.author_of(id)), [
            anonymous(1), anonymous(2), anonymous(None), anonymous(1),
        ]);
        scene.delete(&scene.one, first);
        scene.delete(&scene.one, reply);
        let again = scene.write_anonymously(&scene.one, post);
        let third = scene.campus().member(scene.one.school, "third", Role::Student);
        let next = scene.write_anonymously(&third, post);
        assert_eq!((scene.author_of(again), scene.author_of(next)), (anonymous(1), anonymous(3)));
        let elsewhere = scene.post();
        assert_eq!(scene.author_of(scene.write_anonymously(&third, elsewhere)), anonymous(1));
    }

    fn anon_2_only_one_face_of_the_author_is_the_author(database) {
        let scene = Scene::new(database);
        let named = scene.post();
        let hidden = scene.post_with(|post| post.is_anonymous = Some(true));
        let by_name = scene.write(&scene.author, named);
        let masked = scene.write_anonymously(&scene.author, named);
        let unmasked = scene.write(&scene.author, hidden);
        let still_masked = scene.write_anonymously(&scene.author, hidden);
        let seen = [by_name, masked, unmasked, still_masked].map(|id| {
            let comment = scene.view(&scene.two, id);
            (matches!(comment.author, Author::Named(_)), comment.is_post_author, comment.is_mine)
        });
        assert_eq!(seen, [(true, true, false), (false, false, false), (true, false, false), (false, true, false)]);
        assert_eq!(scene.author_of(masked), anonymous(1));
        assert_eq!(scene.author_of(still_masked), anonymous(None));
    }

    fn anon_3_an_own_anonymous_comment_is_known_to_its_author_alone(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write_anonymously(&scene.one, post);
        let admin = scene.campus().member(scene.one.school, "admin1", Role::Admin);
        let mine = [&scene.one, &scene.two, &scene.author, &admin].map(|viewer| scene.view(viewer, id).is_mine);
        assert_eq!(mine, [true, false, false, false]);
        let listed = scene.list(&scene.one, post);
        assert!(listed[0].comment.is_mine);
        assert_eq!((ids(&listed), listed[0].can.delete), (vec![id], Ok(())));
    }

    fn brd_2_the_board_says_who_may_be_anonymous(database) {
        let flags = BoardFlags { allow_anonymous: false, ..BoardFlags::default() };
        let scene = Scene::with(database, World::new(), flags);
        let post = scene.post();
        let refused = scene.try_write(&scene.one, CreateComment { is_anonymous: Some(true), ..command(post) });
        let Err(CreateCommentError::Fields(fields)) = refused else { panic!("{refused:?}") };
        assert_eq!(fields, [("is_anonymous", FieldError::NotAllowed)]);
        let masked = BoardFlags { anonymous_only: true, ..BoardFlags::default() };
        let masked = scene.campus().board(scene.one.school, "익명게시판", masked);
        let post = scene.post_with(|post| post.board_id = masked);
        let refused = scene.try_write(&scene.one, CreateComment { is_anonymous: Some(false), ..command(post) });
        assert!(matches!(refused, Err(CreateCommentError::Fields(_))));
        assert_eq!(scene.author_of(scene.write(&scene.one, post)), anonymous(1));
    }
}
