//! Whether what a notice leads to is in its recipient's sight: the one predicate, asked of each source (VIS-4, NOT-4).

/// The condition on a notice of `$viewer`. A macro, because its type has no name.
macro_rules! in_sight {
    ($viewer:expr) => {{
        use diesel::IntoSql;
        use diesel::dsl::exists;
        use diesel::sql_types::Bool;
        let viewer: &Actor = $viewer;
        let elsewhere = || notifications::target_type.is_null();
        let no = |kind: TargetKind| elsewhere().or(notifications::target_type.ne(kind.as_str()));
        let post = $crate::posts::seen_whole!($crate::posts::live(), viewer)
            .filter(notifications::post_id.eq(posts::id.nullable()))
            .select(posts::id);
        let comment = $crate::posts::seen_whole!($crate::comments::live(), viewer)
            .filter(notifications::target_id.eq(comments::id.nullable()))
            .filter(diesel::dsl::not($crate::blocks::comment_is_blocked(uid(viewer.user))))
            .filter(
                comments::hidden_reason
                    .is_null()
                    .or(comments::author_id.eq(uid(viewer.user)))
                    .or(comments::number.eq($crate::anonymity::own_number(uid(viewer.user)))),
            )
            .select(comments::id);
        let board = $crate::boards::live()
            .filter(notifications::target_id.eq(boards::id.nullable()))
            .filter(viewer.is_admin().into_sql::<Bool>().or(boards::school_id.eq(uid(viewer.school))))
            .select(boards::id);
        let thread = $crate::messages::own_threads!(uid(viewer.user))
            .filter(notifications::target_id.eq(message_sides::thread_id.nullable()))
            .filter($crate::messages::is_in_sight())
            // Not what its recipient has deleted since; a later message brings back the thread, not that (MSG-6).
            .filter(exists(
                messages::table
                    .filter(messages::thread_id.eq(message_sides::thread_id))
                    .filter(messages::created_at.eq(notifications::created_at))
                    .filter(messages::seq.gt(message_sides::cleared_seq)),
            ))
            .select(message_sides::thread_id);
        let is_staff = (viewer.role >= Role::Moderator).into_sql::<Bool>();
        no(TargetKind::Post)
            .or(exists(post))
            .and(no(TargetKind::Comment).or(exists(comment)))
            .and(no(TargetKind::Board).or(exists(board)))
            .and(no(TargetKind::MessageThread).or(exists(thread)))
            .and(no(TargetKind::Case).or(is_staff))
    }};
}
pub(super) use in_sight;
