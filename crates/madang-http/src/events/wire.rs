//! Events as they are written (`text/event-stream`).

use crate::notifications::{NotificationResponse, UnreadResponse};
use crate::viewer::Viewer;
use actix_web::web::Bytes;
use chrono::DateTime;
use madang_domain::notifications::{Event, Since, position};
use madang_domain::paging::Position;
use serde::Serialize;
use uuid::Uuid;

/// A sign of life, which clients skip.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// The event, written for `viewer`.
pub(super) fn write(event: &Event, viewer: &Viewer) -> Bytes {
    match event {
        Event::Notice(notice) => {
            let id = id_of(position(notice));
            named("notification", Some(&id), &NotificationResponse::new(notice, viewer))
        }
        Event::Unread(unread) => named("unread", None, &UnreadResponse::from(*unread)),
        Event::Resync => named("resync", None, &serde_json::Map::new()),
    }
}

fn named(name: &str, id: Option<&str>, data: &impl Serialize) -> Bytes {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    // JSON has no line breaks. Serialising our own types cannot fail; if it did, clients would have to read anew.
    let data = serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned());
    format!("event: {name}\n{id}data: {data}\n\n").into()
}

fn id_of(place: Position) -> String {
    format!("{:x}-{}", place.at.timestamp_micros(), place.id.simple())
}

/// From where a client goes on that has met the event `id` last.
pub(super) fn since(id: Option<&str>) -> Since {
    let Some(id) = id else { return Since::Now };
    let place = id.split_once('-').and_then(|(micros, id)| {
        let at = DateTime::from_timestamp_micros(i64::from_str_radix(micros, 16).ok()?)?;
        Some(Position { at, id: Uuid::try_parse(id).ok()? })
    });
    place.map_or(Since::Unknown, Since::After)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_6_ids_lead_back_to_their_place() {
        let place =
            Position { at: DateTime::UNIX_EPOCH + chrono::TimeDelta::microseconds(77), id: Uuid::max() };
        assert_eq!(since(Some(&id_of(place))), Since::After(place));
        assert_eq!(since(None), Since::Now);
        for bad in ["", "7", "-", "x-y", "-1", "ffffffffffffffffff-00"] {
            assert_eq!(since(Some(bad)), Since::Unknown, "{bad}");
        }
    }
}
