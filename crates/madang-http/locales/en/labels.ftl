# Labels of authors.
anonymous = Anonymous
anonymous-author = Anonymous (author)
anonymous-numbered = Anonymous { NUMBER($number, useGrouping: 0) }
withdrawn-user = Withdrawn user
accepted = Accepted. The rest happens by mail.
