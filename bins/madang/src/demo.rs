//! Demonstration data: the same for the same number, on the same day.
//!
//! Everything is written by the use cases that people go through, at the times at which they would have, so that
//! counters, marks and logs are what they would be.

mod boards;
mod comments;
mod draw;
mod people;
mod pictures;
mod posts;
mod reactions;
mod texts;

use crate::app;
use crate::failure::Failure;
use crate::local::Local;
use chrono::{DateTime, TimeDelta};
use draw::{Draw, DrawnEntropy};
use indicatif::{ProgressBar, ProgressStyle};
use madang_domain::accounts::{AccountFilter, AccountQuery};
use madang_domain::ctx::{Entropy, Moment, Timestamp};
use madang_domain::paging::PageRequest;
use madang_domain::policy::Policy;
use madang_domain::store::StoreError;
use people::Person;
use std::sync::Arc;
use texts::SCHOOLS;
use tokio::runtime::{Builder, Runtime};

/// What was made.
pub(crate) struct Made {
    /// Usernames with their passwords.
    pub(crate) logins: Vec<(String, String)>,
    /// How many posts.
    pub(crate) posts: usize,
    /// How many comments under them.
    pub(crate) comments: usize,
}

/// What all parts of the demonstration need.
struct Stage<'a> {
    local: &'a Local,
    /// The beginning of today.
    today: Timestamp,
    policy: Arc<Policy>,
    entropy: Arc<dyn Entropy>,
    /// Where files are written.
    runtime: Runtime,
    progress: ProgressBar,
}

impl Stage<'_> {
    fn at(&self, time: Timestamp) -> Moment {
        Moment::new(time, Arc::clone(&self.policy), Arc::clone(&self.entropy))
    }

    fn ago(&self, days: i64) -> Timestamp {
        self.today - TimeDelta::days(days)
    }
}

/// Fills the database with `scale` times the usual amount.
pub(crate) fn fill(local: &Local, seed: u64, scale: f64) -> Result<Made, Failure> {
    refuse_real_users(local)?;
    let mut policy = (*local.settings.policy).clone();
    // Years of writing are written in a moment.
    policy.posts.cooldown = TimeDelta::zero();
    policy.posts.promotion_interval = TimeDelta::zero();
    policy.posts.refuse_duplicate = false;
    let times = |usual: f64, least: usize| ((usual * scale).round() as usize).max(least);
    let (students, posts) = (times(12.0, 6), times(150.0, 12));
    // A handful of people cannot give as many likes as a campus.
    let crowd = students as i64;
    (policy.posts.hot_likes, policy.posts.best_likes) = (crowd / 2, crowd * 5 / 6);
    let now = local.moment().now;
    let day = now.timestamp().div_euclid(86_400) * 86_400;
    let stage = Stage {
        local,
        today: DateTime::from_timestamp(day, 0).unwrap_or(now),
        policy: Arc::new(policy),
        entropy: Arc::new(DrawnEntropy::new(seed)),
        runtime: Builder::new_current_thread().enable_all().build().map_err(runtime)?,
        progress: progress((SCHOOLS.len() * (students + posts)) as u64),
    };
    let gallery = app::gallery(&local.settings)?;
    let hasher = app::demo_hasher(&local.settings, &local.keys)?;
    let mut made = Made { logins: Vec::new(), posts: 0, comments: 0 };
    for (number, school) in SCHOOLS.iter().enumerate() {
        let people = people::add(&stage, &hasher, school, number, students)?;
        let mut draw = Draw::new(seed.wrapping_add(number as u64));
        let written = posts::add(&stage, &*gallery, &people, &mut draw, posts)?;
        let said = comments::add(&stage, &people, &mut draw, &written)?;
        reactions::add(&stage, &people, &mut draw, &written, &said)?;
        made.comments += said.len();
        made.posts += written.len();
        made.logins.extend(people.into_iter().map(Person::into_login));
    }
    stage.progress.finish_and_clear();
    Ok(made)
}

fn runtime(error: std::io::Error) -> Failure {
    Failure::because("the demonstration", &error)
}

/// Demonstration people share known passwords, so they never come among real ones.
fn refuse_real_users(local: &Local) -> Result<(), Failure> {
    let moment = local.moment();
    let first = PageRequest { page: 1, page_size: 1 };
    let users: Result<bool, StoreError> = local.store().read_blocking(move |uow| {
        let query = AccountQuery { filter: AccountFilter::default(), order: Vec::new(), request: first };
        let page = uow.accounts().list_members_with_withdrawn(&query, moment.now)?;
        Ok(!page.items.is_empty())
    });
    if users? {
        return Err(Failure::new(
            "the database holds users, and demonstration users have known passwords; seed a fresh --data-dir",
        ));
    }
    Ok(())
}

fn progress(total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:<10} {bar:40} {pos}/{len} {eta}");
    let bar = ProgressBar::new(total);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
