//! What the demonstration is about. Schools, people and posts are made up.

/// A school: its name and mail domain.
pub(super) struct SchoolText {
    pub(super) name: &'static str,
    pub(super) domain: &'static str,
}

pub(super) const SCHOOLS: [SchoolText; 2] = [
    SchoolText { name: "한빛대학교", domain: "hanbit.test" },
    SchoolText { name: "Saebyeok University", domain: "saebyeok.test" },
];

/// Usernames with nicknames; a number is added when they have all been given.
pub(super) const NAMES: [(&str, &str); 10] = [
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
];

/// What kind of board.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BoardKind {
    Free,
    Guest,
    Questions,
    Notice,
    Career,
    Promotion,
}

pub(super) const BOARDS: [(&str, &str, BoardKind); 6] = [
    ("자유게시판", "무엇이든 이야기하는 곳", BoardKind::Free),
    ("새내기 마당", "아직 인증하지 않은 분도 읽을 수 있는 곳", BoardKind::Guest),
    ("질문과 답변", "서로 묻고 답하는 곳", BoardKind::Questions),
    ("학과 공지", "운영진이 알리는 곳", BoardKind::Notice),
    ("취업과 진로", "졸업 뒤를 이야기하는 곳", BoardKind::Career),
    ("홍보 마당", "동아리와 행사를 알리는 곳", BoardKind::Promotion),
];

/// The board that a student opens.
pub(super) const GROUP: (&str, &str) = ("저녁 산책 모임", "해 질 무렵 교정을 함께 걷습니다");

pub(super) const TITLES: [&str; 12] = [
    "중간고사 범위 아시는 분",
    "도서관 자리 정리해 봤어요",
    "Lost umbrella near the gate",
    "오늘 학식 어땠나요",
    "기숙사 세탁기 고장",
    "Study group for statistics",
    "수강신청 끝나고 남은 생각",
    "동아리 공연 후기",
    "자전거 보관소가 바뀌었어요",
    "Quiet places to read",
    "교양 수업 추천 부탁해요",
    "축제 무대 시간표",
];

pub(super) const SENTENCES: [&str; 12] = [
    "어제부터 계속 궁금했는데 아는 분이 있으면 알려 주세요.",
    "I walked there this morning and it was open.",
    "생각보다 사람이 많지 않아서 좋았습니다.",
    "비가 오는 날에는 뒷문 쪽이 덜 붐벼요.",
    "다음 주에 다시 가 보고 글을 남길게요.",
    "Please write below if you know more.",
    "작년과 조금 달라진 것 같아요.",
    "준비물은 따로 없다고 들었습니다.",
    "The room is on the second floor, left of the stairs.",
    "혹시 같이 하실 분 있나요?",
    "정리한 내용은 나중에 더 올리겠습니다.",
    "읽어 주셔서 고맙습니다.",
];

pub(super) const TAGS: [&str; 6] = ["#시험", "#학식", "#동아리", "#study", "#기숙사", "#새내기"];
