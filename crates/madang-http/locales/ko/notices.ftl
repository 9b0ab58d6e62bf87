# 알림이 하는 말.
notice-comment = { $name }님이 회원님의 글에 댓글을 남겼습니다.
notice-reply = { $name }님이 회원님의 댓글에 답글을 남겼습니다.
notice-message = 새 쪽지가 왔습니다.
notice-friend-request = 새 친구 요청이 왔습니다.
notice-friend-accepted = 친구 요청이 수락되었습니다.
notice-hot = 회원님의 글이 인기 글이 되었습니다.
notice-board-notice = 즐겨찾는 게시판에 새 공지가 올라왔습니다.
notice-board-transfer = { $name }님이 게시판 관리를 맡아 달라고 합니다.
notice-report-result = 회원님의 신고가 처리되었습니다.
notice-sanction = 회원님에 대한 제재가 시작되었거나 끝났습니다.
notice-appeal-result = 회원님의 이의 신청이 처리되었습니다.
notice-lecture-changed = 시간표에 담은 강의가 바뀌었습니다.
notice-item-hidden = 회원님이 쓴 것이 숨겨졌습니다.
notice-moderation-case = 운영진을 기다리는 신고가 있습니다.
notice-site-notice = 사이트에 새 소식이 있습니다.
notice-neutral = 더는 볼 수 없는 내용입니다.
