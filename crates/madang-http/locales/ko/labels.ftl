# 글쓴이의 이름표.
anonymous = 익명
anonymous-author = 익명(글쓴이)
anonymous-numbered = 익명 { $number }
withdrawn-user = 탈퇴한 사용자
accepted = 접수했습니다. 나머지는 메일로 이어집니다.
