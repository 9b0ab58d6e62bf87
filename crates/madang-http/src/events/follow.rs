//! One stream while it is open.

use super::streams::Place;
use super::wire;
use crate::call::Call;
use crate::problem::Problem;
use actix_web::web::Bytes;
use madang_domain::notifications::{Follower, Look, feel_pulse, look};
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, sleep, timeout};

/// How often a stream asks whether anything has changed, and whether its session lives.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a client may take nothing.
const STALLED: Duration = Duration::from_secs(30);

/// Writes events until the client has gone, its token has expired or its session ended, or the server stops.
pub(super) async fn follow(
    call: Call,
    mut follower: Follower,
    first: Look,
    sender: Sender<Bytes>,
    _place: Place,
) {
    let mut looked = Some(first);
    let mut beat = Instant::now();
    loop {
        if let Some(look) = looked.take() {
            let viewer = call.viewer();
            for event in follower.take(look) {
                if !send(&sender, wire::write(&event, &viewer)).await {
                    return;
                }
            }
        }
        tokio::select! {
            () = sender.closed() => return,
            () = sleep(PAUSE) => {}
        }
        if call.api().probes.is_leaving() {
            return;
        }
        let Ok(now) = call.again().await else { return };
        let heartbeat = now.moment().policy.events.heartbeat.to_std().unwrap_or(PAUSE);
        let is_due = beat.elapsed() >= heartbeat;
        match ask(&now, &follower, is_due).await {
            Ok(found) => looked = found,
            // A store that is away comes back.
            Err(problem) if problem.code().status().is_server_error() => {}
            Err(_) => return,
        }
        if is_due {
            beat = Instant::now();
            if !send(&sender, wire::HEARTBEAT).await {
                return;
            }
        }
    }
}

/// A look, if something has changed; at each heartbeat in any case, because what is in sight changes by other things too.
async fn ask(call: &Call, follower: &Follower, is_due: bool) -> Result<Option<Look>, Problem> {
    let pulse = call.read(Ok(()), |uow, ctx, ()| feel_pulse(uow, ctx)).await?;
    if !is_due && !follower.is_behind(pulse) {
        return Ok(None);
    }
    call.read(Ok(()), |uow, ctx, ()| look(uow, ctx)).await.map(Some)
}

/// Whether the client still takes what it is sent.
async fn send(sender: &Sender<Bytes>, piece: Bytes) -> bool {
    matches!(timeout(STALLED, sender.send(piece)).await, Ok(Ok(())))
}
