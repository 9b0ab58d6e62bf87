//! The search index finds what a plain scan finds, follows every change, and can be made anew.

use super::{Scene, ids, new_post, newest};
use chrono::TimeDelta;
use madang_domain::actor::Role;
use madang_domain::boards::BoardFlags;
use madang_domain::filters::OneOf;
use madang_domain::fold::fold;
use madang_domain::ids::PostId;
use madang_domain::paging::{FeedOrder, FeedRequest, From};
use madang_domain::posts::{CreatePost, EditPost, NewPost, PostFilter, edit_post};
use madang_domain::search::{SearchIndexState, SearchTerms, rebuild_search_index};
use madang_domain::store::StoreError;
use madang_domain::trash::restore_trash;
use madang_testkit::on_each_database;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Letters in all their forms, what separates words, and everything that could mislead.
fn letter() -> impl Strategy<Value = String> {
    let letters = [
        "가",
        "나",
        "다",
        "각",
        "한글",
        "축제",
        "#축제",
        "#study",
        "\u{1112}\u{1161}\u{11ab}",
        "\u{1100}\u{1161}",
        "ㅅ",
        "ㅎ",
        "ㄱ",
        "ㆍ",
        "㉮",
        "a",
        "B",
        "b",
        "Ａ",
        "ｂ",
        "ß",
        "SS",
        "ss",
        "İ",
        "Σ",
        "ς",
        "é",
        "e\u{301}",
        "É",
        "ﬁ",
        "1",
        "１",
        "'",
        "%",
        "_",
        "*",
        "\\",
        "?",
        "^",
        "-",
        ":",
        "(",
        "AND",
        "🎉",
        "漢",
        "カ",
        "ｶ",
        " ",
        " ",
        " ",
        "\u{3000}",
        "\t",
    ];
    prop::sample::select(letters.to_vec()).prop_map(str::to_owned)
}

fn phrase(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(letter(), 1..most).prop_map(|letters| letters.concat())
}

/// A word or several, a quoted phrase, both, a hashtag, or a quotation mark without end.
fn query() -> impl Strategy<Value = String> {
    let word = || phrase(4);
    prop_oneof![
        3 => word(),
        2 => (word(), word()).prop_map(|(one, other)| format!("{one} {other}")),
        2 => phrase(5).prop_map(|phrase| format!("\"{phrase}\"")),
        1 => (word(), phrase(4)).prop_map(|(one, other)| format!("{one} \"{other}\"")),
        1 => (word(), word()).prop_map(|(one, other)| format!("{one}\"{other}")),
        1 => prop::sample::select(vec!["축제", "#축제", "#STUDY", "study", "한글", "\"한글 축제\"", "%%", "__", "가%"])
            .prop_map(str::to_owned),
    ]
}

fn search(text: &str) -> PostFilter {
    PostFilter { search: Some(SearchTerms::parse(text, 2).unwrap()), ..PostFilter::default() }
}

impl Scene {
    fn found(&self, text: &str) -> Vec<PostId> {
        self.listed(&self.reader, search(text))
    }

    fn index(&self) -> SearchIndexState {
        self.store.read_blocking::<_, StoreError, _>(|uow| uow.search_index().check()).unwrap()
    }
}

on_each_database! {
    /// random texts of few characters and queries that often meet them, in all forms of the same letters.
    fn x_4_a_search_equals_a_plain_scan(database) {
        let mut scene = Scene::new(database);
        scene.world.policy.posts.refuse_duplicate = false;
        let case = (
            prop::collection::vec((prop::option::of(phrase(6)), phrase(12)), 1..4),
            prop::collection::vec(query(), 1..6),
        );
        let written = std::cell::RefCell::new(Vec::<(PostId, [String; 2])>::new());
        let (searched, hits) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
        let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
        runner
            .run(&case, |(texts, queries)| {
                for (title, contents) in texts {
                    let (title, contents) = (title.map(|title| format!("제목{title}")), format!("{contents}글"));
                    let id = scene.write(CreatePost { title: title.clone(), ..scene.command(&contents) });
                    let folded = [fold(&title.unwrap_or_default()), fold(&contents)];
                    written.borrow_mut().push((id, folded));
                }
                for query in queries {
                    let Ok(terms) = SearchTerms::parse(&query, 2) else { continue };
                    let hit = |texts: &[String; 2]| {
                        terms.terms().iter().all(|term| texts.iter().any(|text| text.contains(term.as_str())))
                    };
                    let written = written.borrow();
                    let expected = written.iter().rev().filter(|(_, texts)| hit(texts)).map(|(id, _)| *id);
                    let expected: Vec<PostId> = expected.take(100).collect();
                    searched.set(searched.get() + 1);
                    hits.set(hits.get() + usize::from(!expected.is_empty()));
                    let filter = PostFilter { search: Some(terms.clone()), ..PostFilter::default() };
                    prop_assert_eq!(scene.listed(&scene.reader, filter), expected, "{:?}", query);
                }
                Ok(())
            })
            .unwrap();
        assert!(scene.index().is_whole());
        let (searched, hits) = (searched.get(), hits.get());
        assert!(hits * 4 > searched && hits < searched, "{hits} of {searched} searches found something");
    }

    fn x_4_a_search_walks_by_key_both_ways(database) {
        let scene = Scene::new(database);
        let written: Vec<_> = (0..7).map(|n| scene.write_text(&format!("축제 {n}"))).collect();
        scene.write_text("다른 글");
        let newest_first: Vec<_> = written.iter().rev().copied().collect();
        let first = scene.list(&scene.reader, search("축제"), newest(3));
        assert_eq!(ids(&first), newest_first[..3]);
        scene.delete(newest_first[2]);
        let after = FeedRequest { from: From::After(first.next.unwrap()), ..newest(3) };
        let second = scene.list(&scene.reader, search("축제"), after);
        assert_eq!(ids(&second), newest_first[3..6]);
        let back = FeedRequest { from: From::Before(second.previous.unwrap()), ..newest(3) };
        assert_eq!(ids(&scene.list(&scene.reader, search("축제"), back)), newest_first[..2]);
        let oldest = FeedRequest { order: FeedOrder::OldestFirst, ..newest(2) };
        assert_eq!(ids(&scene.list(&scene.reader, search("축제"), oldest)), written[..2]);
    }

    fn x_4_the_index_follows_every_change(database) {
        let scene = Scene::new(database);
        let id = scene.write(CreatePost { title: Some("중간고사".to_owned()), ..scene.command("범위 #시험기간") });
        assert_eq!((scene.found("간고"), scene.found("험기"), scene.found("고사 범위")), (vec![id], vec![id], vec![id]));
        assert_eq!(scene.found("사범"), []);
        let ctx = scene.ctx(&scene.author);
        scene
            .store
            .write_blocking(move |uow| {
                let command = EditPost { contents: Some("기말고사".to_owned()), ..EditPost::default() };
                edit_post(uow, &ctx, id, command, &|_| true)
            })
            .unwrap();
        assert_eq!((scene.found("기말"), scene.found("시험")), (vec![id], vec![]));
        scene.delete(id);
        assert_eq!((scene.found("기말"), scene.index()), (vec![], SearchIndexState::default()));
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, id.0)).unwrap();
        assert_eq!((scene.found("기말"), scene.index()), (vec![id], SearchIndexState::default()));
    }

    fn vis_3_a_search_stays_within_what_its_reader_sees(database) {
        let scene = Scene::new(database);
        let campus = scene.campus();
        let flags = BoardFlags { guest_readable: true, ..BoardFlags::default() };
        let open = campus.board(scene.author.school, "새내기", flags);
        let quiet = BoardFlags { searchable: false, ..BoardFlags::default() };
        let unsearched = campus.board(scene.author.school, "조용한", quiet);
        let inside = scene.write_text("동아리 모집 하나");
        let public = scene.write(CreatePost { board_id: open, ..scene.command("동아리 모집 둘") });
        scene.write(CreatePost { board_id: unsearched, ..scene.command("동아리 모집 셋") });
        let stranger = campus.member(campus.school("다른대학교"), "stranger", Role::Student);
        let guest = campus.member(scene.author.school, "guest1", Role::Guest);
        let admin = campus.member(stranger.school, "admin1", Role::Admin);
        assert_eq!(scene.found("동아"), [public, inside]);
        assert_eq!(scene.listed(&stranger, search("동아")), []);
        assert_eq!(scene.listed(&guest, search("동아")), [public]);
        assert_eq!(scene.listed(&admin, search("동아")), [public, inside]);
        let within = PostFilter { board: Some(OneOf(vec![open])), ..search("동아") };
        assert_eq!(scene.listed(&scene.reader, within), [public]);
    }

    fn the_index_can_be_checked_and_made_anew(database) {
        let scene = Scene::new(database);
        let written: Vec<_> = (0..4).map(|n| scene.write_text(&format!("색인 글 {n}"))).collect();
        scene.delete(written[3]);
        scene.store.write_blocking::<_, StoreError, _>(|uow| uow.search_index().clear()).unwrap();
        assert_eq!((scene.found("색인"), scene.index().missing), (vec![], 3));
        assert_eq!(rebuild_search_index(&scene.store.shared()).unwrap(), 3);
        assert_eq!(scene.found("색인"), [written[2], written[1], written[0]]);
        assert!(scene.index().is_whole());
        assert_eq!(rebuild_search_index(&scene.store.shared()).unwrap(), 3);
    }

    fn posts_of_one_microsecond_all_have_their_place(database) {
        let scene = Scene::new(database);
        let ctx = scene.ctx(&scene.author);
        let (board, count) = (scene.board, 20);
        scene.world.clock.advance(TimeDelta::minutes(1));
        let school = scene.author.school;
        scene
            .store
            .write_blocking::<_, StoreError, _>(move |uow| {
                (0..count).try_for_each(|n| uow.posts().add(&new_post(&ctx, school, board, &format!("동시 {n}"))))
            })
            .unwrap();
        let first = scene.list(&scene.reader, search("동시"), newest(15));
        let after = FeedRequest { from: From::After(first.next.unwrap()), ..newest(15) };
        let rest = scene.list(&scene.reader, search("동시"), after);
        let mut all = [ids(&first), ids(&rest)].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!((all.len(), ids(&rest).len()), (20, 5));
    }

    fn x_4_a_search_in_a_large_board_misses_and_repeats_nothing(database) {
        const POSTS: i64 = 1300;
        let scene = Scene::new(database);
        let (ctx, school, board) = (scene.ctx(&scene.author), scene.author.school, scene.board);
        // Three posts a microsecond. Rare among the newest, common among the oldest, so that pages are filled in every way.
        let is_found = |n: i64| if n < 300 { n % 5 == 0 } else { n % 61 == 0 };
        let written: Vec<PostId> = scene.store.write_blocking::<_, StoreError, _>(move |uow| {
            let add = |n: i64| {
                let post = new_post(&ctx, school, board, if is_found(n) { "봄 축제" } else { "다른 글" });
                let post = NewPost { created_at: ctx.now + TimeDelta::microseconds(n / 3), ..post };
                uow.posts().add(&post)?;
                Ok(post.id)
            };
            (0..POSTS).map(add).collect()
        }).unwrap();
        let expected: Vec<PostId> = (0..POSTS).zip(&written).filter(|(n, _)| is_found(*n)).map(|(_, id)| *id).collect();
        let within = || PostFilter { board: Some(OneOf(vec![board])), ..search("축제") };
        for order in [FeedOrder::OldestFirst, FeedOrder::NewestFirst] {
            let (mut from, mut walked) = (From::Start, Vec::new());
            loop {
                let page = scene.list(&scene.reader, within(), FeedRequest { from, order, limit: 7 });
                walked.extend(ids(&page));
                let Some(next) = page.next else { break };
                from = From::After(next);
            }
            if order == FeedOrder::NewestFirst {
                walked.reverse();
            }
            assert_eq!(walked, expected, "{order:?}");
        }
    }
}
