# What notices say.
notice-comment = { $name } commented on your post.
notice-reply = { $name } replied to your comment.
notice-message = You have a new message.
notice-friend-request = You have a new friend request.
notice-friend-accepted = Your friend request was accepted.
notice-hot = Your post has become hot.
notice-board-notice = A board that you keep at hand has a new notice.
notice-board-transfer = { $name } offers you a board to manage.
notice-report-result = A report of yours was decided.
notice-sanction = A sanction of yours has begun or ended.
notice-appeal-result = An appeal of yours was decided.
notice-lecture-changed = A lecture of your timetable has changed.
notice-item-hidden = Something that you wrote was hidden.
notice-moderation-case = A case waits for a moderator.
notice-site-notice = There is news about this site.
notice-neutral = What this was about cannot be seen any more.
