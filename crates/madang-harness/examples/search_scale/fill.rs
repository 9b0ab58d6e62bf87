//! Posts by the port, the same each time.

use chrono::{DateTime, TimeDelta};
use madang_domain::actor::{Actor, Credential, Role};
use madang_domain::boards::{BoardCategory, BoardFlags, NewBoard};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, PostId, SchoolId, SessionId, UserId};
use madang_domain::posts::NewPost;
use madang_domain::schools::{SchoolSettings, TimeZone};
use madang_domain::store::{Store, StoreError};
use madang_testkit::{Campus, World};
use std::sync::Arc;
use uuid::{Builder, Uuid};

/// Two syllables in a tenth of the posts, whatever their board.
pub(crate) const COMMON: &str = "시험";
/// Two in a tenth of the posts of the measured board, and nowhere else, which no planner can know.
pub(crate) const LOCAL: &str = "축제";
/// Two in every hundred-thousandth post, those of the measured board.
pub(crate) const RARE: &str = "펭귄";
pub(crate) const ABSENT: &str = "뷁쀍";

/// Boards that share the posts evenly: 12,500 pages each.
const BOARDS: u64 = 4;
/// Posts a unit.
const BATCH: u64 = 1000;
const WORDS: [&str; 24] = [
    "오늘",
    "학식",
    "메뉴가",
    "정말",
    "좋았어요",
    "도서관",
    "자리",
    "있나요",
    "과제",
    "제출이",
    "늦어서",
    "교수님께",
    "메일을",
    "보냈는데",
    "답장이",
    "없네요",
    "동아리",
    "모집합니다",
    "관심",
    "있으신",
    "분은",
    "연락",
    "주세요",
    "기숙사",
];

/// Where the posts are.
pub(crate) struct Place {
    pub(crate) school: SchoolId,
    pub(crate) board: BoardId,
}

fn number(n: u64) -> Uuid {
    Builder::from_custom_bytes(u128::from(n + 1).to_be_bytes()).into_uuid()
}

fn board(n: u64) -> BoardId {
    BoardId(number(1000 + n % BOARDS))
}

fn start() -> Timestamp {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// A mixed sequence without a state, so that post `n` is the same whoever makes it.
fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// About sixty syllables, with a pair that only this post is likely to have.
fn text(n: u64) -> String {
    let mut words: Vec<String> = (0..18)
        .map(|k| {
            let pick = usize::try_from(mix(n * 31 + k) % WORDS.len() as u64).unwrap_or_default();
            WORDS.get(pick).copied().unwrap_or_default().to_owned()
        })
        .collect();
    let syllable =
        |n: u64| char::from_u32(0xac00 + u32::try_from(n % 11_172).unwrap_or_default()).unwrap_or('가');
    words.push([syllable(mix(n)), syllable(mix(n + 7))].iter().collect());
    if mix(n + 13).is_multiple_of(10) {
        words.push(format!("중간{COMMON}"));
    }
    if n.is_multiple_of(10 * BOARDS) {
        words.push(format!("봄{LOCAL}"));
    }
    if n.is_multiple_of(100_000) {
        words.push(format!("황제{RARE}"));
    }
    words.join(" ").replace(ABSENT, "")
}

impl Place {
    fn of() -> Self {
        Self { school: SchoolId(number(1)), board: board(0) }
    }

    /// The place of an earlier run.
    pub(crate) fn find(store: &Arc<dyn Store>) -> Result<Option<Self>, StoreError> {
        let place = Self::of();
        let school = place.school;
        let found = store.read_blocking::<_, StoreError, _>(move |uow| uow.schools().find(school))?;
        Ok(found.map(|_| place))
    }

    /// A school with its boards.
    pub(crate) fn make(store: &Arc<dyn Store>) -> Result<Self, StoreError> {
        let place = Self::of();
        let school = place.school;
        store.write_blocking(move |uow| {
            let settings = SchoolSettings {
                name: "한빛대학교".to_owned(),
                email_domains: Vec::new(),
                domains_only: false,
                is_open: true,
                time_zone: TimeZone::Asia__Seoul,
            };
            uow.schools().add(school, &settings, start())?;
            (0..BOARDS).try_for_each(|n| {
                uow.boards().add(&NewBoard {
                    id: board(n),
                    school_id: school,
                    name: format!("게시판 {n}"),
                    description: String::new(),
                    category: BoardCategory::Basic,
                    flags: BoardFlags::default(),
                    manager_id: None,
                    created_at: start(),
                })
            })
        })?;
        Ok(place)
    }

    /// Writes `posts` posts, a second apart, by nobody in particular.
    pub(crate) fn fill(&self, store: &Arc<dyn Store>, posts: u64) -> Result<(), StoreError> {
        let (school, world) = (self.school, World::new());
        let author = Campus::new(Arc::clone(store), &world).member(school, "writer", Role::Student).user;
        for first in (0..posts).step_by(usize::try_from(BATCH).unwrap_or(1)) {
            store.write_blocking(move |uow| {
                (first..posts.min(first + BATCH)).try_for_each(|n| {
                    uow.posts().add(&NewPost {
                        id: PostId(number(1_000_000 + n)),
                        school_id: school,
                        board_id: board(n),
                        author,
                        is_anonymous: false,
                        is_question: false,
                        comments_locked: false,
                        title: None,
                        contents: text(n),
                        hashtags: Vec::new(),
                        images: Vec::new(),
                        created_at: start() + TimeDelta::seconds(i64::try_from(n).unwrap_or_default()),
                    })
                })
            })?;
        }
        Ok(())
    }

    /// A student of the school.
    pub(crate) fn reader(&self) -> Actor {
        Actor {
            user: UserId(number(2)),
            school: self.school,
            role: Role::Student,
            email_verified: true,
            restriction: None,
            in_boards: Vec::new(),
            credential: Credential::Session(SessionId(number(3))),
        }
    }
}
