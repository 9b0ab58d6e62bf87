//! How many event streams each user has open at this node.

use madang_domain::ids::UserId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The open streams.
#[derive(Clone, Debug, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<UserId, i64>>>);

/// A stream's place, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    streams: Streams,
    user: UserId,
}

impl Streams {
    /// A place for one more stream of `user`, unless there are `max`.
    pub(super) fn take(&self, user: UserId, max: i64) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(user).or_default();
        if *count >= max {
            return None;
        }
        *count += 1;
        Some(Place { streams: self.clone(), user })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.user) {
            *count -= 1;
            if *count <= 0 {
                open.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn not_6_places_are_counted_by_user_and_given_back() {
        let (streams, one, two) = (Streams::default(), UserId(Uuid::nil()), UserId(Uuid::max()));
        let places: Vec<_> = (0..3).map(|_| streams.take(one, 2)).collect();
        assert_eq!(places.iter().filter(|place| place.is_some()).count(), 2);
        assert!(streams.take(two, 2).is_some());
        drop(places);
        assert!(streams.take(one, 1).is_some());
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
