//! Whom an answer is for, as far as its form depends on that: the language, and the links of pictures.

use crate::api::{Api, BASE};
use crate::media_links::{LinkHolder, Window};
use madang_domain::ctx::Moment;
use madang_domain::ids::MediaId;
use madang_domain::language::Language;
use madang_domain::media::Variant;
use std::sync::Arc;

/// How many windows back a representation is recognised by its tag: those of a day, when links live for an hour.
const RECOGNISED: i64 = 48;

/// Whom an answer is for; cheap to clone, and at home in a unit of work.
#[derive(Clone)]
pub struct Viewer {
    api: Arc<Api>,
    language: Language,
    holder: Option<LinkHolder>,
    window: Window,
}

impl Viewer {
    /// A viewer at this moment; links are sealed to `holder` when the viewer has a session.
    pub(crate) fn new(
        api: Arc<Api>,
        language: Language,
        holder: Option<LinkHolder>,
        moment: &Moment,
    ) -> Self {
        Self { api, language, holder, window: Window::of(moment) }
    }

    /// The same viewer, whose links are sealed to `holder`.
    pub(crate) fn held_by(self, holder: LinkHolder) -> Self {
        Self { holder: Some(holder), ..self }
    }

    /// The language of the answer.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The absolute URL of a picture.
    pub(crate) fn media_url(&self, id: MediaId, variant: Variant) -> String {
        let settings = &self.api.settings;
        let url = format!("{}{BASE}/media/{id}/{}", settings.public_url, variant.as_str());
        match self.holder {
            Some(holder) => {
                format!("{url}?token={}", settings.media_key.seal(holder, id, variant, self.window))
            }
            None => url,
        }
    }

    /// This viewer now and at earlier times, the latest first: what they see differs by the links of pictures alone.
    pub(crate) fn and_earlier(&self) -> impl Iterator<Item = Self> {
        (0..RECOGNISED).map(|n| Self { window: self.window.before(n), ..self.clone() })
    }
}

impl std::fmt::Debug for Viewer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Viewer").field("language", &self.language).finish_non_exhaustive()
    }
}
