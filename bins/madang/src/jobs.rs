//! What happens beside requests: the outbox is delivered, and what has expired is erased.

mod exports;
mod mailing_store;
mod notices;
mod outbox;
mod purge;
mod seal;
mod views;

pub(crate) use mailing_store::MailingStore;
pub(crate) use seal::LinkSeal;

use crate::failure::Failure;
use madang_domain::ctx::{Clock, Entropy, Moment};
use madang_domain::media::Gallery;
use madang_domain::store::Store;
use madang_domain::views::ViewBuffer;
use madang_http::live_policy::LivePolicy;
use madang_mail::{MailError, Mailer};
use outbox::Courier;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, spawn};
use tokio::time::{MissedTickBehavior, interval};

/// How long a mail that is on its way may take when the server stops; later it is sent again by its lease.
const GRACE: Duration = Duration::from_secs(2);

/// The shortest time between two writings of what was read.
const FLUSH_LEAST: Duration = Duration::from_millis(20);

/// How long a change of the settings takes at most to reach the other nodes.
const SETTINGS: Duration = Duration::from_secs(1);

/// How often the people of the day are counted.
const CENSUS: Duration = Duration::from_secs(600);

/// Takes over what admins changed on other nodes.
async fn refresh(policy: &LivePolicy, store: &Arc<dyn Store>) {
    if let Err(error) = policy.refresh(store).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "the settings could not be read");
    }
}

/// What jobs are made of.
pub(crate) struct JobParts {
    /// The store whose outbox is opened as it was sealed.
    pub(crate) store: Arc<dyn Store>,
    pub(crate) gallery: Arc<dyn Gallery>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// The policy in force.
    pub(crate) policy: Arc<LivePolicy>,
    /// What was read and waits to be written.
    pub(crate) views: Arc<ViewBuffer>,
    /// Where the files of exports lie.
    pub(crate) exports_dir: PathBuf,
    /// How often everything is looked after.
    pub(crate) interval: Duration,
    /// Tells the metrics what nobody counts as it happens.
    pub(crate) gauge: Box<dyn Fn() + Send>,
    /// Makes the mailer inside the runtime of the jobs.
    pub(crate) mailer: Box<dyn FnOnce() -> Result<Mailer, MailError> + Send>,
}

/// The jobs while they run, on one thread of their own.
pub(crate) struct Jobs {
    stop: Arc<Notify>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Jobs {
    /// Starts the jobs; `bell` rings when there is something in the outbox.
    pub(crate) fn start(parts: JobParts, bell: Arc<Notify>) -> Result<Self, Failure> {
        let failed = |error: &dyn std::error::Error| Failure::because("the jobs could not be started", error);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
        let entered = runtime.enter();
        let JobParts {
            store,
            gallery,
            clock,
            entropy,
            policy,
            views,
            exports_dir,
            interval: pause,
            gauge,
            mailer,
        } = parts;
        let mailer = mailer().map_err(|error| failed(&error))?;
        drop(entered);
        let courier = Courier::new(Arc::clone(&store), Arc::clone(&clock), mailer);
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let run = async move {
            let mut ticks = interval(pause);
            let mut census = interval(CENSUS);
            census.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut news = interval(SETTINGS);
            news.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let flush_every = policy.load().posts.view_flush.to_std().unwrap_or_default();
            let mut view_ticks = interval(flush_every.max(FLUSH_LEAST));
            view_ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut pictures = None;
            loop {
                tokio::select! {
                    () = stopped.notified() => break,
                    () = bell.notified() => courier.deliver(&stopped).await,
                    _ = view_ticks.tick() => views::flush(&store, &views).await,
                    _ = news.tick() => refresh(&policy, &store).await,
                    _ = census.tick() => {
                        let moment = Moment::new(clock.now(), policy.load(), Arc::clone(&entropy));
                        purge::note_people(&store, &moment).await;
                    }
                    _ = ticks.tick() => {
                        gauge();
                        courier.deliver(&stopped).await;
                        let moment = Moment::new(clock.now(), policy.load(), Arc::clone(&entropy));
                        exports::make(&store, &moment, &exports_dir).await;
                        purge::purge(&store, &moment).await;
                        notices::tell_on(&store).await;
                        // Where files are far away mails do not wait for them.
                        if pictures.as_ref().is_none_or(JoinHandle::is_finished) {
                            pictures = Some(spawn(purge::purge_pictures(store.clone(), gallery.clone())));
                        }
                        exports::sweep(&store, &moment, &exports_dir).await;
                    }
                }
            }
            views::flush(&store, &views).await;
        };
        let thread = thread::Builder::new()
            .name("madang-jobs".to_owned())
            .spawn(move || {
                runtime.block_on(run);
                runtime.shutdown_timeout(GRACE);
            })
            .map_err(|error| failed(&error))?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// Ends the jobs and waits until they have.
    pub(crate) fn stop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.stop.notify_one();
        if thread.join().is_err() {
            tracing::error!("the jobs ended by a panic");
        }
    }
}
