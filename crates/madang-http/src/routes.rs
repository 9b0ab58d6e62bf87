//! The whole URL table.

use crate::admin_audit;
use crate::admin_boards;
use crate::admin_schools;
use crate::admin_settings;
use crate::admin_stats;
use crate::admin_users;
use crate::appeals;
use crate::auth;
use crate::blocks;
use crate::boards;
use crate::comments;
use crate::events;
use crate::exports;
use crate::favourites;
use crate::leads;
use crate::likes;
use crate::me;
use crate::media;
use crate::messages;
use crate::moderation_log;
use crate::mutes;
use crate::notifications;
use crate::ops;
use crate::personal_tokens;
use crate::posts;
use crate::removals;
use crate::reports;
use crate::reveals;
use crate::route::Route;
use crate::sanctions;
use crate::schools;
use crate::scraps;
use crate::terms;
use crate::trash;
use crate::uploads;
use crate::users;

/// Every route.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(ops::routes());
    routes.extend(auth::routes());
    routes.extend(personal_tokens::routes());
    routes.extend(me::routes());
    routes.extend(posts::routes());
    routes.extend(likes::routes());
    routes.extend(scraps::routes());
    routes.extend(mutes::routes());
    routes.extend(notifications::routes());
    routes.extend(events::routes());
    routes.extend(comments::routes());
    routes.extend(uploads::routes());
    routes.extend(media::routes());
    routes.extend(trash::routes());
    routes.extend(exports::routes());
    routes.extend(users::routes());
    routes.extend(schools::routes());
    routes.extend(terms::routes());
    routes.extend(blocks::routes());
    routes.extend(messages::routes());
    routes.extend(boards::routes());
    routes.extend(favourites::routes());
    routes.extend(leads::routes());
    routes.extend(admin_schools::routes());
    routes.extend(admin_boards::routes());
    routes.extend(admin_users::routes());
    routes.extend(admin_settings::routes());
    routes.extend(admin_stats::routes());
    routes.extend(admin_audit::routes());
    routes.extend(reports::routes());
    routes.extend(removals::routes());
    routes.extend(reveals::routes());
    routes.extend(sanctions::routes());
    routes.extend(appeals::routes());
    routes.extend(moderation_log::routes());
    routes
}
