//! The public keys by which other services verify access tokens (AUTH-18).

use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use actix_web::http::header::{self, HeaderValue};
use madang_auth::keys::PublicKey;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::get("/.well-known/jwks.json", Visitor, handle)
        .at_root()
        .summary("Public keys of access tokens")
        .answers::<Jwks>(200)
}

/// The keys that sign now, did so recently, or will soon (RFC 7517).
#[derive(Serialize, ToSchema)]
pub(super) struct Jwks {
    keys: Vec<Jwk>,
}

/// The public part of a key.
#[derive(Serialize, ToSchema)]
pub(super) struct Jwk {
    kty: &'static str,
    crv: &'static str,
    x: String,
    kid: String,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
}

impl From<PublicKey> for Jwk {
    fn from(key: PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", x: key.x, kid: key.kid, alg: "EdDSA", usage: "sig" }
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    let keys = visit.api().identity.keys.current().public_keys();
    let body = Jwks { keys: keys.into_iter().map(Jwk::from).collect() };
    let lasting = HeaderValue::from_static("public, max-age=300");
    Ok(visit.reply().detail(&body).with(header::CACHE_CONTROL, lasting))
}
