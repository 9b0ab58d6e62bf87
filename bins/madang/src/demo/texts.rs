//! What the demonstration is about. Schools, people and posts are made up.

mod parse;
mod words;

pub(super) use parse::{Line, Text, texts};
pub(super) use words::Words;

pub(super) const STORIES: &str = include_str!("texts/stories.txt");
pub(super) const NOTES: &str = include_str!("texts/notes.txt");

/// How authors thank those who answer.
pub(super) const THANKS: [&str; 4] = ["고맙습니다!", "오, 그렇군요.", "답글 감사합니다.", "참고할게요."];

/// A school: its name and mail domain.
pub(super) struct SchoolText {
    pub(super) name: &'static str,
    pub(super) domain: &'static str,
}

pub(super) const SCHOOLS: [SchoolText; 2] = [
    SchoolText { name: "한빛대학교", domain: "hanbit.test" },
    SchoolText { name: "새벽대학교", domain: "saebyeok.test" },
];

/// Usernames with nicknames; a number is added when they have all been given.
pub(super) const NAMES: [(&str, &str); 28] = [
    ("haneul", "하늘"),
    ("noeul", "노을"),
    ("byeolbit", "별빛"),
    ("gureum", "구름"),
    ("sonamu", "소나무"),
    ("baram", "바람"),
    ("dalbit", "달빛"),
    ("iseul", "이슬"),
    ("maru", "마루"),
    ("garam", "가람"),
    ("dotori", "도토리"),
    ("yeoul", "여울"),
    ("saessak", "새싹"),
    ("nabi", "나비"),
    ("banditbul", "반딧불"),
    ("mirinae", "미리내"),
    ("ondol", "온돌"),
    ("haebaragi", "해바라기"),
    ("dambi", "단비"),
    ("podo", "포도"),
    ("jogak", "조각"),
    ("moraeal", "모래알"),
    ("pado", "파도"),
    ("sandeul", "산들"),
    ("narae", "나래"),
    ("yeonpil", "연필"),
    ("jangdok", "장독"),
    ("eunhaeng", "은행잎"),
];

/// What kind of board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BoardKind {
    Free,
    Guest,
    Questions,
    Notice,
    Career,
    Promotion,
    Market,
    Walks,
}

impl BoardKind {
    /// The kind of a word of the texts.
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "free" => Self::Free,
            "guest" => Self::Guest,
            "questions" => Self::Questions,
            "notice" => Self::Notice,
            "career" => Self::Career,
            "promotion" => Self::Promotion,
            "market" => Self::Market,
            "walks" => Self::Walks,
            _ => return None,
        })
    }

    /// Whether people may speak without their names there.
    pub(super) fn takes_anonymous(self) -> bool {
        !matches!(self, Self::Notice | Self::Promotion | Self::Market)
    }
}

pub(super) const BOARDS: [(&str, &str, BoardKind); 7] = [
    ("자유게시판", "무엇이든 이야기하는 곳", BoardKind::Free),
    ("새내기 마당", "아직 인증하지 않은 분도 읽을 수 있는 곳", BoardKind::Guest),
    ("질문과 답변", "서로 묻고 답하는 곳", BoardKind::Questions),
    ("학과 공지", "운영진이 알리는 곳", BoardKind::Notice),
    ("취업과 진로", "졸업 뒤를 이야기하는 곳", BoardKind::Career),
    ("홍보 마당", "동아리와 행사를 알리는 곳", BoardKind::Promotion),
    ("나눔 장터", "쓰던 물건을 나누고 사고파는 곳", BoardKind::Market),
];

/// The board that a student opens.
pub(super) const GROUP: (&str, &str) = ("저녁 산책 모임", "해 질 무렵 교정을 함께 걷습니다");
