//! Erases what has expired.

use chrono::TimeDelta;
use madang_domain::accounts::purge_accounts;
use madang_domain::comments::purge_comments;
use madang_domain::ctx::Moment;
use madang_domain::media::{Gallery, drop_unattached, purge_dropped};
use madang_domain::posts::purge_posts;
use madang_domain::removals::purge_removed;
use madang_domain::stats::note_active;
use madang_domain::store::{Store, StoreError};
use std::sync::Arc;

/// How long dead letters stay for whoever looks after the server.
const DEAD_LETTERS: TimeDelta = TimeDelta::days(30);

/// How long ended sessions and links stay after their end, so that their tokens are known as ended and not as unknown.
const ENDED: TimeDelta = TimeDelta::days(1);

/// How long exports stay on record after they were asked for.
const EXPORTS: TimeDelta = TimeDelta::days(30);

/// How many message threads are erased at a time.
const THREADS: i64 = 100;

/// Erases everything that has expired at this moment.
pub(super) async fn purge(store: &Arc<dyn Store>, moment: &Moment) {
    purge_expired(store, moment).await;
    purge_people(store, moment).await;
    purge_trash(store, moment).await;
}

/// Erases what has been in the trash for too long, a batch at a time.
async fn purge_trash(store: &Arc<dyn Store>, moment: &Moment) {
    let moment = moment.clone();
    let purged: Result<_, StoreError> = store
        .write(move |uow| {
            Ok((purge_comments(uow, &moment)?, purge_posts(uow, &moment)?, purge_removed(uow, &moment)?))
        })
        .await;
    match purged {
        Ok((0, 0, 0)) => {}
        Ok((comments, posts, removed)) => {
            tracing::info!(comments, posts, removed, "erased what had been deleted or removed for too long");
        }
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the trash could not be emptied");
        }
    }
}

/// Erases accounts a batch at a time, each in a unit of its own, so that nobody waits long.
async fn purge_people(store: &Arc<dyn Store>, moment: &Moment) {
    let moment = moment.clone();
    match store.write(move |uow| purge_accounts(uow, &moment)).await {
        Ok(0) => {}
        Ok(accounts) => tracing::info!(accounts, "erased accounts"),
        Err(error) => {
            let error: StoreError = error;
            tracing::warn!(error = &error as &dyn std::error::Error, "accounts could not be erased");
        }
    }
}

/// Counts who was there today, before sessions are forgotten.
pub(super) async fn note_people(store: &Arc<dyn Store>, moment: &Moment) {
    let moment = moment.clone();
    let noted: Result<(), StoreError> = store.write(move |uow| note_active(uow, &moment)).await;
    if let Err(error) = noted {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the people of the day could not be counted"
        );
    }
}

async fn purge_expired(store: &Arc<dyn Store>, moment: &Moment) {
    let (now, moment) = (moment.now, moment.clone());
    let longest = moment.policy.auth.login_window.max(TimeDelta::hours(1));
    let trash = now - moment.policy.trash.keep;
    let told = now - moment.policy.notifications.keep;
    let purged: Result<[usize; 11], StoreError> = store
        .write(move |uow| {
            Ok([
                uow.idempotency().purge(now)?,
                uow.links().purge(now - ENDED)?,
                uow.login_buckets().purge(now - longest)?,
                uow.personal_tokens().purge(now - ENDED)?,
                uow.sessions().purge(now - ENDED)?,
                uow.outbox().purge_dead(now - DEAD_LETTERS)?,
                uow.leads().purge(trash)?,
                uow.messages().purge(trash, THREADS)?,
                drop_unattached(uow, &moment)?,
                uow.exports().purge(now - EXPORTS)?,
                uow.notifications().purge(told)?,
            ])
        })
        .await;
    match purged {
        Ok(counts) if counts.iter().sum::<usize>() == 0 => {}
        Ok([keys, links, buckets, tokens, sessions, letters, leads, threads, uploads, exports, notices]) => {
            tracing::debug!(
                keys,
                links,
                buckets,
                tokens,
                sessions,
                letters,
                leads,
                threads,
                uploads,
                exports,
                notices,
                "erased what had expired"
            );
        }
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "what has expired could not be erased");
        }
    }
}

/// Erases the files of pictures that nothing uses any more.
pub(super) async fn purge_pictures(store: Arc<dyn Store>, gallery: Arc<dyn Gallery>) {
    match purge_dropped(&store, &*gallery).await {
        Ok(0) => {}
        Ok(pictures) => tracing::debug!(pictures, "erased the files of pictures"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "files of pictures could not be erased");
        }
    }
}
