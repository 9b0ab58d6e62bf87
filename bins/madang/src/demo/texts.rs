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

/// What people say in passing.
pub(super) const REMARKS: [&str; 12] = [
    "저도 궁금했는데 고맙습니다.",
    "작년에는 안 그랬던 것 같은데요.",
    "Same here, thanks for asking.",
    "오전에 가면 한산해요.",
    "혹시 아직도 그런가요?",
    "사진 있으면 올려 주세요.",
    "It moved next to the post office.",
    "내일 같이 가실 분?",
    "저는 다르게 들었어요.",
    "글 잘 읽었습니다.",
    "Does anyone know the opening hours?",
    "ㅋㅋㅋ 공감합니다",
];

/// An argument between two people: who opened it speaks second.
pub(super) struct Argument {
    pub(super) opening: &'static str,
    pub(super) turns: &'static [&'static str],
}

pub(super) const ARGUMENTS: [Argument; 4] = [
    Argument {
        opening: "도서관에서 가방만 두고 세 시간씩 비우는 건 그만했으면 합니다.",
        turns: &[
            "밥 먹고 오는 것까지 뭐라 하면 곤란하죠.",
            "세 시간이면 밥이 아니라 잔치예요.",
            "그날만 그랬던 겁니다.",
            "매주 보는 가방인데요.",
        ],
    },
    Argument {
        opening: "조별 과제는 한 사람씩 따로 채점해야 공평합니다.",
        turns: &[
            "그러면 조별 과제가 아니잖아요.",
            "지금은 한 명이 다 하는데 그게 조별인가요?",
            "역할을 안 나눈 조가 문제죠.",
        ],
    },
    Argument {
        opening: "The night bus should stop at the dormitory, not at the gate.",
        turns: &[
            "Then it takes ten minutes longer for everybody else.",
            "Walking uphill at midnight takes me twenty.",
            "Fair point, but only on weekends then.",
        ],
    },
    Argument {
        opening: "새벽에 세탁기 돌리는 사람, 벽이 얇다는 걸 알아 주세요.",
        turns: &[
            "낮에는 빈 기계가 없습니다.",
            "그래도 새벽 세 시는 아니죠.",
            "알겠습니다, 한 시로 하겠습니다.",
        ],
    },
];
