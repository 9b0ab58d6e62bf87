# Labels of authors.
anonymous = Anonymous
anonymous-author = Anonymous (author)
anonymous-numbered = Anonymous { $number }
withdrawn-user = Withdrawn user
accepted = Accepted. The rest happens by mail.
