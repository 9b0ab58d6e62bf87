//! The tables as Diesel sees them, alphabetical; the migrations are what makes them. A test compares both databases.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    active_days (school_id, day) {
        school_id -> Uid,
        day -> Date,
        users -> BigInt,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    appeals (id) {
        id -> Uid,
        sanction_id -> Uid,
        school_id -> Uid,
        contents -> Text,
        status -> Text,
        note -> Nullable<Text>,
        created_at -> Instant,
        decided_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    audit_log (id) {
        id -> Uid,
        at -> Instant,
        actor_id -> Nullable<Uid>,
        action -> Text,
        subject_id -> Nullable<Uid>,
        reason -> Nullable<Text>,
        detail -> Nullable<Text>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    blocks (id) {
        id -> Uid,
        blocker_id -> Uid,
        target_type -> Text,
        user_id -> Nullable<Uid>,
        post_id -> Nullable<Uid>,
        number -> Nullable<Integer>,
        created_at -> Instant,
        thread_id -> Nullable<Uid>,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    board_favourites (user_id, board_id) {
        user_id -> Uid,
        board_id -> Uid,
        position -> Integer,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    board_transfers (board_id) {
        board_id -> Uid,
        from_id -> Uid,
        to_id -> Uid,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    boards (id) {
        id -> Uid,
        school_id -> Uid,
        name -> Text,
        name_fold -> Text,
        name_key -> Text,
        description -> Text,
        category -> Text,
        allow_anonymous -> Bool,
        anonymous_only -> Bool,
        allow_questions -> Bool,
        guest_readable -> Bool,
        staff_write_only -> Bool,
        is_promotion -> Bool,
        hot_eligible -> Bool,
        searchable -> Bool,
        title_required -> Bool,
        comments_editable -> Bool,
        likes_cancellable -> Bool,
        manager_id -> Nullable<Uid>,
        notice_post_id -> Nullable<Uid>,
        post_count -> BigInt,
        last_post_at -> Nullable<Instant>,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
        deleted_by -> Nullable<Uid>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    comment_likes (comment_id, user_id) {
        comment_id -> Uid,
        user_id -> Uid,
        created_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    comments (id) {
        id -> Uid,
        post_id -> Uid,
        parent_id -> Nullable<Uid>,
        author_id -> Nullable<Uid>,
        number -> Nullable<Integer>,
        contents -> Text,
        hidden_reason -> Nullable<Text>,
        like_count -> BigInt,
        reply_count -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
        removed_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    exports (id) {
        id -> Uid,
        user_id -> Uid,
        state -> Text,
        file -> Nullable<Text>,
        bytes -> Nullable<BigInt>,
        created_at -> Instant,
        expires_at -> Nullable<Instant>,
        claimed_until -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::Instant;
    use diesel::sql_types::*;

    idempotency_keys (key_digest) {
        key_digest -> Binary,
        body_digest -> Binary,
        answer -> Nullable<Binary>,
        expires_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    leads (id) {
        id -> Uid,
        owner_id -> Uid,
        name -> Text,
        name_fold -> Text,
        email -> Text,
        email_key -> Text,
        message -> Nullable<Text>,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::Instant;
    use diesel::sql_types::*;

    login_buckets (key_hmac) {
        key_hmac -> Binary,
        failures -> Integer,
        window_start -> Instant,
        wait_until -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    media (id) {
        id -> Uid,
        blob_id -> Uid,
        purpose -> Text,
        kind -> Text,
        width -> Integer,
        height -> Integer,
        bytes -> BigInt,
        created_at -> Instant,
        owner_id -> Nullable<Uid>,
        post_id -> Nullable<Uid>,
        profile_of -> Nullable<Uid>,
        dropped_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    message_sides (thread_id, is_opener) {
        thread_id -> Uid,
        is_opener -> Bool,
        user_id -> Nullable<Uid>,
        item_id -> Nullable<Uid>,
        unread -> BigInt,
        read_seq -> BigInt,
        cleared_seq -> BigInt,
        deleted_at -> Nullable<Instant>,
        last_message_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    message_threads (id) {
        id -> Uid,
        context_type -> Text,
        post_id -> Nullable<Uid>,
        comment_id -> Nullable<Uid>,
        number -> Nullable<Integer>,
        last_seq -> BigInt,
        created_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    messages (id) {
        id -> Uid,
        thread_id -> Uid,
        seq -> BigInt,
        from_opener -> Bool,
        contents -> Text,
        created_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    moderation_cases (id) {
        id -> Uid,
        school_id -> Uid,
        board_id -> Nullable<Uid>,
        target_type -> Text,
        target_id -> Uid,
        snapshot -> Text,
        priority -> BigInt,
        report_count -> BigInt,
        weight -> BigInt,
        opened_at -> Instant,
        decided_at -> Nullable<Instant>,
        outcome -> Nullable<Text>,
        note -> Nullable<Text>,
        is_immune -> Bool,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    moderation_log (id) {
        id -> Uid,
        at -> Instant,
        school_id -> Uid,
        board_id -> Nullable<Uid>,
        actor_id -> Uid,
        act -> Text,
        target_type -> Text,
        target_id -> Uid,
        rule -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    notice_rounds (board_id) {
        board_id -> Uid,
        post_id -> Uid,
        by_id -> Uid,
        created_at -> Instant,
        after_id -> Uid,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    one_time_links (secret_sha256) {
        secret_sha256 -> Binary,
        purpose -> Text,
        user_id -> Uid,
        user_epoch -> BigInt,
        email -> Text,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    outbox (id) {
        id -> Uid,
        kind -> Text,
        recipient -> Nullable<Text>,
        language -> Text,
        username -> Nullable<Text>,
        secret -> Nullable<Binary>,
        link_expires_at -> Nullable<Instant>,
        created_at -> Instant,
        due_at -> Instant,
        attempts -> Integer,
        failure -> Nullable<Text>,
        dead_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    post_likes (post_id, user_id) {
        post_id -> Uid,
        user_id -> Uid,
        created_at -> Instant,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    post_mutes (user_id, post_id) {
        user_id -> Uid,
        post_id -> Uid,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    personal_tokens (id) {
        id -> Uid,
        user_id -> Uid,
        name -> Text,
        token_sha256 -> Binary,
        created_at -> Instant,
        expires_at -> Instant,
        last_used_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    post_search (search_id) {
        search_id -> BigInt,
        post_id -> Uid,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    post_views (post_id, reader) {
        post_id -> Uid,
        reader -> Binary,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    posting_digests (user_id, school_id) {
        user_id -> Uid,
        school_id -> Uid,
        digest -> Binary,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    posting_marks (user_id, scope_id) {
        user_id -> Uid,
        scope_id -> Uid,
        posted_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    posts (id) {
        id -> Uid,
        school_id -> Uid,
        board_id -> Uid,
        author_id -> Nullable<Uid>,
        is_anonymous -> Bool,
        is_question -> Bool,
        comments_locked -> Bool,
        title -> Nullable<Text>,
        title_fold -> Nullable<Text>,
        contents -> Text,
        contents_fold -> Text,
        hashtags -> Text,
        hidden_reason -> Nullable<Text>,
        like_count -> BigInt,
        comment_count -> BigInt,
        scrap_count -> BigInt,
        view_count -> BigInt,
        answered_at -> Nullable<Instant>,
        hot_at -> Nullable<Instant>,
        best_at -> Nullable<Instant>,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
        removed_at -> Nullable<Instant>,
        images -> Text,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    reports (id) {
        id -> Uid,
        case_id -> Uid,
        reporter_id -> Uid,
        target_type -> Text,
        target_id -> Uid,
        reason -> Text,
        detail -> Nullable<Text>,
        weight -> BigInt,
        status -> Text,
        created_at -> Instant,
        decided_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    sanctions (id) {
        id -> Uid,
        kind -> Text,
        school_id -> Uid,
        board_id -> Nullable<Uid>,
        subject_id -> Nullable<Uid>,
        post_id -> Nullable<Uid>,
        number -> Nullable<Integer>,
        target_type -> Nullable<Text>,
        target_id -> Nullable<Uid>,
        issuer_id -> Uid,
        rule -> Text,
        reason -> Text,
        evidence -> Nullable<Text>,
        starts_at -> Instant,
        ends_at -> Nullable<Instant>,
        lifted_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    school_domains (domain) {
        domain -> Text,
        school_id -> Uid,
        position -> Integer,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    schools (id) {
        id -> Uid,
        name -> Text,
        name_fold -> Text,
        name_key -> Text,
        domains_only -> Bool,
        is_open -> Bool,
        time_zone -> Text,
        member_count -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    scraps (user_id, post_id) {
        user_id -> Uid,
        post_id -> Uid,
        created_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    sessions (id) {
        id -> Uid,
        user_id -> Uid,
        delivery -> Text,
        nonce -> Binary,
        key_id -> SmallInt,
        counter -> BigInt,
        created_at -> Instant,
        rotated_at -> Nullable<Instant>,
        idle_at -> Instant,
        abs_at -> Instant,
        auth_time -> Instant,
        revoked_at -> Nullable<Instant>,
        revoke_reason -> Nullable<Text>,
        device_label -> Nullable<Text>,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    site_settings (key) {
        key -> Text,
        kind -> Text,
        value -> Text,
        revision -> BigInt,
        changed_by -> Uid,
        changed_at -> Instant,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    term_holidays (school_id, year, semester, date) {
        school_id -> Uid,
        year -> Integer,
        semester -> Text,
        date -> Date,
        name -> Text,
    }
}

table! {
    use crate::columns::Uid;
    use diesel::sql_types::*;

    terms (school_id, year, semester) {
        school_id -> Uid,
        year -> Integer,
        semester -> Text,
        starts_on -> Date,
        ends_on -> Date,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    trash_items (item_id) {
        item_id -> Uid,
        kind -> Text,
        owner_id -> Uid,
        board_id -> Nullable<Uid>,
        title -> Nullable<Text>,
        excerpt -> Nullable<Text>,
        deleted_at -> Instant,
    }
}

table! {
    use crate::columns::{Instant, Uid};
    use diesel::sql_types::*;

    users (id) {
        id -> Uid,
        school_id -> Uid,
        username -> Text,
        username_key -> Text,
        nickname -> Text,
        nickname_key -> Text,
        nickname_changed_at -> Nullable<Instant>,
        email -> Text,
        email_key -> Text,
        email_verified_at -> Nullable<Instant>,
        pending_email -> Nullable<Text>,
        password_hash -> Text,
        hash_ver -> SmallInt,
        is_staff -> Bool,
        is_superuser -> Bool,
        state -> Text,
        state_until -> Nullable<Instant>,
        enrolment_verified_at -> Nullable<Instant>,
        enrolment_hmac -> Nullable<Binary>,
        epoch -> BigInt,
        admission_year -> Integer,
        language -> Text,
        accept_messages -> Bool,
        accept_anonymous_messages -> Bool,
        accept_friend_requests -> Bool,
        share_free_time -> Bool,
        notify_off -> Text,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
        deleted_by -> Nullable<Uid>,
        purge_at -> Nullable<Instant>,
    }
}

joinable!(board_favourites -> boards (board_id));
joinable!(boards -> schools (school_id));
joinable!(boards -> users (manager_id));
joinable!(comments -> posts (post_id));
joinable!(appeals -> sanctions (sanction_id));
joinable!(message_sides -> message_threads (thread_id));
joinable!(personal_tokens -> users (user_id));
joinable!(post_search -> posts (post_id));
joinable!(posts -> boards (board_id));
joinable!(posts -> users (author_id));
joinable!(school_domains -> schools (school_id));
joinable!(sessions -> users (user_id));
joinable!(trash_items -> boards (board_id));
joinable!(users -> schools (school_id));

allow_tables_to_appear_in_same_query!(
    active_days,
    appeals,
    audit_log,
    blocks,
    board_favourites,
    board_transfers,
    boards,
    comment_likes,
    comments,
    exports,
    idempotency_keys,
    leads,
    login_buckets,
    media,
    message_sides,
    message_threads,
    messages,
    moderation_cases,
    moderation_log,
    notice_rounds,
    one_time_links,
    outbox,
    post_likes,
    post_mutes,
    post_search,
    post_views,
    personal_tokens,
    posting_digests,
    posting_marks,
    posts,
    reports,
    sanctions,
    school_domains,
    schools,
    scraps,
    sessions,
    site_settings,
    term_holidays,
    terms,
    trash_items,
    users,
);
