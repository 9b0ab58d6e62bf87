//! Links of pictures: each sealed to one session of one viewer, one picture and one variant, for up to
//! `media.url_minutes` (MED-4).
//!
//! A page cannot send a token along with an `<img>`, so the link itself says who asks. Time is cut into windows of half
//! that length: within one the links of a session are equal, so that the tag of an answer that carries them stays, and a
//! link works in its own window and the next. Who the viewer is can be read from a link with the key alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::ids::{MediaId, SessionId, UserId};
use madang_domain::media::Variant;
use madang_domain::policy::MediaPolicy;
use sha2::Sha256;
use uuid::Uuid;

const WINDOW: usize = 8;
const TAG: usize = 16;
const WHO: usize = 32;

/// The key of the links; the same on every node.
#[derive(Clone)]
pub struct MediaKey(Hmac<Sha256>);

/// Who asks for pictures: the viewer that a link is sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinkHolder {
    pub(crate) session: SessionId,
    pub(crate) user: UserId,
}

/// A stretch of time in which links are equal, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window(i64);

impl std::fmt::Debug for MediaKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MediaKey")
    }
}

impl Window {
    /// The window of this moment.
    pub(crate) fn of(moment: &Moment) -> Self {
        Self::at(moment.now, &moment.policy.media)
    }

    fn at(now: Timestamp, policy: &MediaPolicy) -> Self {
        let half = policy.url.num_microseconds().unwrap_or(i64::MAX) / 2;
        Self(now.timestamp_micros().div_euclid(half.max(1)))
    }

    /// The window `n` before this one.
    pub(crate) fn before(self, n: i64) -> Self {
        Self(self.0 - n)
    }
}

impl MediaKey {
    /// A key from 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        // HMAC takes keys of any length; the fallback can never be reached.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// The token by which `holder` sees the picture in this window.
    pub(crate) fn seal(&self, holder: LinkHolder, id: MediaId, variant: Variant, window: Window) -> String {
        let who: [[u8; 16]; 2] = [holder.session.0.into_bytes(), holder.user.0.into_bytes()];
        let tag = self.mac(id, variant, window, who.as_flattened()).finalize().into_bytes();
        let mut token = Vec::with_capacity(WINDOW + TAG + WHO);
        token.extend_from_slice(&window.0.to_be_bytes());
        token.extend_from_slice(&tag[..TAG]);
        token.extend(who.as_flattened().iter().zip(self.pad(&tag[..TAG])).map(|(byte, pad)| byte ^ pad));
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Whom `token` lets see the picture, if it does so in this window.
    pub(crate) fn open(&self, token: &str, id: MediaId, variant: Variant, now: Window) -> Option<LinkHolder> {
        let token: [u8; WINDOW + TAG + WHO] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let (window, rest) = token.split_first_chunk::<WINDOW>()?;
        let (tag, sealed) = rest.split_at(TAG);
        let window = Window(i64::from_be_bytes(*window));
        if window != now && window != now.before(1) {
            return None;
        }
        let who: Vec<u8> = sealed.iter().zip(self.pad(tag)).map(|(byte, pad)| byte ^ pad).collect();
        self.mac(id, variant, window, &who).verify_truncated_left(tag).ok()?;
        let (session, user) = who.split_at(WHO / 2);
        let (session, user) = (Uuid::from_slice(session).ok()?, Uuid::from_slice(user).ok()?);
        Some(LinkHolder { session: session.into(), user: user.into() })
    }

    fn mac(&self, id: MediaId, variant: Variant, window: Window, who: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(b"tag");
        mac.update(id.0.as_bytes());
        mac.update(&window.0.to_be_bytes());
        mac.update(who);
        mac.update(variant.as_str().as_bytes());
        mac
    }

    /// What hides the viewer: other bytes for each tag, and the tag is another for each viewer.
    fn pad(&self, tag: &[u8]) -> [u8; WHO] {
        let mut mac = self.0.clone();
        mac.update(b"pad");
        mac.update(tag);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    const HOLDER: LinkHolder =
        LinkHolder { session: SessionId(Uuid::from_u128(1)), user: UserId(Uuid::from_u128(2)) };
    const ID: MediaId = MediaId(Uuid::from_u128(3));

    fn key() -> MediaKey {
        MediaKey::new(&[7; 32])
    }

    fn window(minutes: i64) -> Window {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes);
        Window::at(now, &MediaPolicy::default())
    }

    #[test]
    fn med_4_a_link_is_equal_within_its_window_and_lives_up_to_an_hour() {
        let seal = |minutes| key().seal(HOLDER, ID, Variant::Full, window(minutes));
        assert_eq!(seal(0), seal(29));
        assert_ne!(seal(0), seal(30));
        let opens = |made, used| key().open(&seal(made), ID, Variant::Full, window(used)) == Some(HOLDER);
        assert!(opens(0, 0) && opens(0, 59) && opens(29, 59) && opens(30, 60));
        assert!(!opens(0, 60) && !opens(29, 60) && !opens(30, 29));
    }

    #[test]
    fn med_4_a_link_is_sealed_to_picture_variant_and_key() {
        let token = key().seal(HOLDER, ID, Variant::Thumb, window(0));
        let open = |key: MediaKey, id, variant| key.open(&token, id, variant, window(0));
        assert_eq!(open(key(), ID, Variant::Thumb), Some(HOLDER));
        assert_eq!(open(key(), ID, Variant::Full), None);
        assert_eq!(open(key(), MediaId(Uuid::from_u128(4)), Variant::Thumb), None);
        assert_eq!(open(MediaKey::new(&[8; 32]), ID, Variant::Thumb), None);
    }

    #[test]
    fn med_4_a_link_does_not_show_who_it_is_for() {
        let token = URL_SAFE_NO_PAD.decode(key().seal(HOLDER, ID, Variant::Full, window(0))).unwrap();
        for hidden in [HOLDER.session.0, HOLDER.user.0] {
            assert!(!token.windows(8).any(|part| hidden.as_bytes().windows(8).any(|other| part == other)));
        }
    }

    proptest! {
        #[test]
        fn med_4_any_changed_byte_is_noticed(at in 0usize..75, byte in "[A-Za-z0-9_-]") {
            let token = key().seal(HOLDER, ID, Variant::Full, window(0));
            prop_assert_eq!(token.len(), 75);
            let mut changed = token.clone();
            changed.replace_range(at..=at, &byte);
            let opened = key().open(&changed, ID, Variant::Full, window(0));
            prop_assert_eq!(opened.is_some(), changed == token);
        }

        #[test]
        fn no_text_panics(text in ".{0,90}") {
            prop_assert_eq!(key().open(&text, ID, Variant::Full, window(0)), None);
        }
    }
}
