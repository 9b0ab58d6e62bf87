use super::*;
use proptest::prelude::*;

const LIST: List = List::feed(&[
    Filter::id("board"),
    Filter::choice("state", &["live", "hidden"]),
    Filter::bool("is_question"),
    Filter::null("parent_id"),
    Filter::id("parent_id"),
    Filter::text("title"),
    Filter::number("like_count"),
    Filter::time("created_at"),
])
.searchable()
.ordered(&["-created_at", "created_at"]);
const PAGE: List = List::page(&[Filter::whole_text("email")]).ordered(&["name", "created_at"]);

fn parse(list: &List, query: &str) -> Result<ListQuery, Problem> {
    ListQuery::parse(query, list, "/api/v1/posts", &CursorKey::new(&[1; 32]), &Policy::default())
}

/// A setting of one character, or of three, is obeyed by searches and by filters alike.
#[test]
fn x_4_the_least_within_words_is_a_setting() {
    for (min_chars, enough, short) in [(1, "가", None), (2, "가나", Some("가")), (3, "가나다", Some("가나"))]
    {
        let mut policy = Policy::default();
        policy.search.min_chars = min_chars;
        let parse = |name: &str, text: &str| {
            let query = Pairs::parse("").unwrap().with(name, Some(text));
            ListQuery::parse(&query, &LIST, "/api/v1/posts", &CursorKey::new(&[1; 32]), &policy)
        };
        for name in ["title__contains", "title__icontains", "title__endswith", "title__iendswith", "search"] {
            assert!(parse(name, enough).is_ok(), "{name} {min_chars}");
            if let Some(short) = short {
                let refused = parse(name, short).unwrap_err();
                assert_eq!(refused.refused()[0].code, FieldError::MinLength, "{name} {min_chars}");
            }
        }
        for name in ["title", "title__iexact", "title__startswith", "title__istartswith"] {
            assert!(parse(name, "가").is_ok(), "{name} {min_chars}");
        }
    }
}

fn refusals(list: &List, query: &str) -> (Code, Vec<(String, FieldError)>) {
    let problem = parse(list, query).unwrap_err();
    (problem.code(), problem.refused().iter().map(|field| (field.field.clone(), field.code)).collect())
}

fn refusal(query: &str) -> (Code, String, FieldError) {
    let (code, mut fields) = refusals(&LIST, query);
    assert_eq!(fields.len(), 1, "{query}");
    let (field, error) = fields.remove(0);
    (code, field, error)
}

#[test]
fn reads_every_kind() {
    let id = "00000000-0000-0000-0000-00000000000a";
    let query = format!(
        "board={id}&state__in=live,hidden&is_question=true&parent_id__isnull=false&title__icontains=ABC\
         &like_count__range=1,5&created_at__gte=2026-01-01T00:00:00Z&search=ab+cd&ordering=created_at&limit=100"
    );
    let query = parse(&LIST, &query).unwrap();
    assert_eq!(query.ids::<Uuid>("board"), Some(OneOf(vec![Uuid::from_u128(10)])));
    assert_eq!(query.choices("state", |word| Some(word.len())), Some(OneOf(vec![4, 6])));
    assert_eq!(query.bool("is_question"), Some(true));
    assert_eq!(query.is_null("parent_id"), Some(false));
    assert_eq!(query.texts("title"), [TextTest::new(TextLookup::IContains, "abc")]);
    assert_eq!(query.numbers("like_count"), [OrderedTest::Range(1, 5)]);
    assert_eq!(query.times("created_at").len(), 1);
    assert_eq!(query.search().unwrap().terms(), ["ab", "cd"]);
    assert_eq!(query.feed().order, FeedOrder::OldestFirst);
    assert_eq!(query.feed().limit, 100);
    assert_eq!(query.ids::<Uuid>("parent_id"), None);
}

#[test]
fn lookups_on_one_id_are_anded() {
    let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let met = |query: String| parse(&LIST, &query).unwrap().ids::<Uuid>("board").unwrap().0;
    assert_eq!(met(format!("board={a}&board__in={a},{b}")), [a]);
    assert!(met(format!("board={a}&board__in={b}")).is_empty());
}

#[test]
fn x_3_refuses_by_name() {
    use FieldError::{Blank, Invalid, InvalidChoice, MaxLength, MaxValue, MinLength, MinValue, UnknownField};
    let bad = |query: &str, field: &str, error| {
        assert_eq!(refusal(query), (Code::ValidationFailed, field.to_owned(), error), "{query}");
    };
    bad("limit=0", "limit", MinValue);
    bad("limit=101", "limit", MaxValue);
    bad("limit=x", "limit", Invalid);
    bad("limit=", "limit", Blank);
    bad("board=1", "board", Invalid);
    bad("board__in=", "board__in", Blank);
    bad("state=dead", "state", InvalidChoice);
    bad("is_question=yes", "is_question", Invalid);
    bad("title=", "title", Blank);
    bad("title__contains=a", "title__contains", MinLength);
    bad(&format!("title={}", "a".repeat(101)), "title", MaxLength);
    bad("title=%00", "title", Invalid);
    bad("like_count__range=1", "like_count__range", Invalid);
    bad("created_at=2026-01-01T00:00:00", "created_at", Invalid);
    bad("search=a", "search", MinLength);
    bad("ordering=title", "ordering", InvalidChoice);
    bad("ordering=created_at,-created_at", "ordering", InvalidChoice);
    for (query, field) in [("bogus=1", "bogus"), ("title__regex=a", "title__regex"), ("page=1", "page")] {
        assert_eq!(refusal(query), (Code::UnknownParameter, field.to_owned(), UnknownField));
    }
    assert_eq!(refusals(&LIST, "limit=1&limit=1").0, Code::MalformedRequest);
    assert_eq!(refusals(&LIST, "bogus=1&limit=0&title=").1.len(), 3);
    assert_eq!(refusals(&LIST, "cursor=abc").0, Code::InvalidCursor);
    assert_eq!(refusals(&PAGE, "cursor=abc").0, Code::UnknownParameter);
    assert_eq!(refusals(&PAGE, "email__icontains=abc").0, Code::UnknownParameter);
}

#[test]
fn pages_order_by_several_fields() {
    let query = parse(&PAGE, "ordering=-created_at,name&page=3&page_size=7").unwrap();
    let steps: Vec<_> = query.order().iter().map(|step| (step.field, step.descending)).collect();
    assert_eq!(steps, [("created_at", true), ("name", false)]);
    assert_eq!(query.page().offset(), 14);
    assert_eq!(parse(&PAGE, "").unwrap().order()[0].field, "name");
}

proptest! {
    #[test]
    fn s_70_a_value_means_itself(value in "[%_*\\\\a가 ]{2,40}a") {
        let query = Pairs::parse("").unwrap().with("title__contains", Some(&value));
        let parsed = parse(&LIST, &query).unwrap();
        prop_assert_eq!(&parsed.texts("title")[0].value, &value);
    }

    #[test]
    fn s_67_no_query_panics(query in "(board|title__icontains|created_at__range|limit|search|ordering)=\\PC{0,30}") {
        let _ = parse(&LIST, &query);
    }
}
