//! Both databases answer text filters and searches as a plain scan does.

use super::Scene;
use madang_domain::filters::{TextLookup, TextTest};
use madang_domain::fold::fold;
use madang_domain::ids::PostId;
use madang_domain::posts::{CreatePost, PostFilter};
use madang_domain::search::SearchTerms;
use madang_testkit::on_each_database;

const LOOKUPS: [TextLookup; 8] = [
    TextLookup::Exact,
    TextLookup::IExact,
    TextLookup::Contains,
    TextLookup::IContains,
    TextLookup::StartsWith,
    TextLookup::IStartsWith,
    TextLookup::EndsWith,
    TextLookup::IEndsWith,
];

/// Texts with everything that SQL treats specially: wildcards, escapes, quotes, case beyond ASCII, wide forms.
const TEXTS: [&str; 12] = [
    "100% 할인",
    "100_할인",
    "100X할인",
    "a\\b*c",
    "It's \"quoted\"",
    "Straße",
    "STRASSE",
    "ÄPFEL äpfel",
    "ＡＢＣ abc",
    "중간고사 시험",
    "시험중간 고사",
    "ab",
];

const VALUES: [&str; 16] = [
    "100%", "0_", "0X", "%", "\\b", "b*", "'s", "\"q", "straße", "ss", "äpfel", "ÄPFEL", "abc", "간고",
    "고사", "ab",
];

fn matches(test: &TextTest, text: &str) -> bool {
    let text = if test.lookup.folded() { fold(text) } else { text.to_owned() };
    match test.lookup {
        TextLookup::Exact | TextLookup::IExact => text == test.value,
        TextLookup::Contains | TextLookup::IContains => text.contains(&test.value),
        TextLookup::StartsWith | TextLookup::IStartsWith => text.starts_with(&test.value),
        TextLookup::EndsWith | TextLookup::IEndsWith => text.ends_with(&test.value),
    }
}

fn scan(written: &[(PostId, &str)], hit: impl Fn(&str) -> bool) -> Vec<PostId> {
    written.iter().rev().filter(|(_, text)| hit(text)).map(|(id, _)| *id).collect()
}

on_each_database! {
    fn s_70_text_filters_are_literal_and_equal_a_plain_scan(database) {
        let scene = Scene::new(database);
        let written: Vec<_> = TEXTS
            .iter()
            .enumerate()
            .map(|(n, text)| {
                let title = Some((*text).to_owned());
                (scene.write(CreatePost { title, ..scene.command(&format!("글 {n}")) }), *text)
            })
            .collect();
        for lookup in LOOKUPS {
            for value in VALUES.iter().chain(&TEXTS) {
                let test = TextTest::new(lookup, value);
                let filter = PostFilter { title: vec![test.clone()], ..PostFilter::default() };
                let found = scene.listed(&scene.reader, filter);
                assert_eq!(found, scan(&written, |text| matches(&test, text)), "{test:?}");
            }
        }
    }

    fn x_4_a_search_finds_any_two_characters_inside_a_word(database) {
        let mut scene = Scene::new(database);
        scene.world.policy.posts.refuse_duplicate = false;
        let written: Vec<_> = TEXTS.iter().map(|text| (scene.write_text(text), *text)).collect();
        for value in VALUES.iter().filter(|value| value.chars().count() > 1) {
            let Ok(search) = SearchTerms::parse(value, 2) else { continue };
            let filter = PostFilter { search: Some(search.clone()), ..PostFilter::default() };
            let hit = |text: &str| search.terms().iter().all(|term| fold(text).contains(term.as_str()));
            assert_eq!(scene.listed(&scene.reader, filter), scan(&written, hit), "{value}");
        }
    }

    fn post_11_posts_are_found_by_hashtag(database) {
        let scene = Scene::new(database);
        let exam = scene.write_text("#시험 #Midterm 어렵다");
        let exams = scene.write_text("#시험기간");
        scene.write_text("시험");
        let by = |lookup, value| {
            let hashtag = vec![TextTest::new(lookup, value)];
            scene.listed(&scene.reader, PostFilter { hashtag, ..PostFilter::default() })
        };
        assert_eq!(by(TextLookup::Exact, "시험"), [exam]);
        assert_eq!(by(TextLookup::StartsWith, "시험"), [exams, exam]);
        assert_eq!(by(TextLookup::IExact, "MIDTERM"), [exam]);
        assert_eq!(by(TextLookup::EndsWith, "기간"), [exams]);
        assert_eq!(by(TextLookup::Contains, "험 "), []);
    }
}
