//! `GET /events`

use super::follow::follow;
use super::wire;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use chrono::TimeDelta;
use madang_domain::notifications::{Follower, look};
use tokio::sync::mpsc;

const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");

/// How many events wait for a slow client; then reading waits as well, so that nothing piles up.
const WAITING: usize = 16;

/// After how long a stream whose client is gone is noticed at the latest, and its place free again.
const PLACE_FREED: TimeDelta = TimeDelta::seconds(15);

pub(crate) fn route() -> Route {
    Route::get("/events", Who::guest(), handle)
        .summary("Follow one's own notices and unread counts as they happen")
        .answers_media(200, "text/event-stream")
        .problems(&[Code::TooManyStreams])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let first = call.read(call.nothing(), |uow, ctx, ()| look(uow, ctx)).await?;
    if call.is_head() {
        return Ok(framed(Answer::bytes(StatusCode::OK, EVENTS, "")));
    }
    let max = call.moment().policy.events.streams_max;
    let user = call.user().ok_or(Problem::from(Code::AuthenticationRequired))?;
    let too_many = || Problem::retry_after(Code::TooManyStreams, PLACE_FREED).with("limit", max);
    let place = call.api().streams.take(user, max).ok_or_else(too_many)?;
    let last = call.headers().get("last-event-id").map(|id| id.to_str().unwrap_or_default());
    let follower = Follower::new(wire::since(last));
    let (sender, pieces) = mpsc::channel(WAITING);
    // It belongs to the worker of the connection, which it does not outlive.
    actix_web::rt::spawn(follow(call, follower, first, sender, place));
    Ok(framed(Answer::stream(StatusCode::OK, EVENTS, pieces)))
}

/// Nothing on the way keeps, compresses or collects a stream.
fn framed(answer: Answer) -> Answer {
    answer.secret().with(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"))
}
