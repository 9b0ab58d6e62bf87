//! Makes tokens as the server would, and as it never would.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use madang_harness::Server;
use serde_json::{Value, json};

/// The active signing key of a server.
pub(crate) struct Forge {
    key: SigningKey,
    kid: String,
}

impl Forge {
    /// With the key that `server` signs with.
    pub(crate) fn of(server: &Server) -> Self {
        let keys: Value =
            serde_json::from_slice(&std::fs::read(server.data_dir().join("keys.json")).unwrap()).unwrap();
        let active = keys["signing"].as_array().unwrap().iter().find(|key| key["state"] == "active").unwrap();
        let seed = URL_SAFE_NO_PAD.decode(active["private"].as_str().unwrap()).unwrap();
        let seed: [u8; 32] = seed.try_into().unwrap();
        Self { key: SigningKey::from_bytes(&seed), kid: active["kid"].as_str().unwrap().to_owned() }
    }

    /// With a key of nobody, under the name of the server's.
    pub(crate) fn foreign(server: &Server) -> Self {
        Self { key: SigningKey::from_bytes(&[7; 32]), ..Self::of(server) }
    }

    /// The header that the server writes.
    pub(crate) fn header(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": self.kid })
    }

    /// The public half, as a JWK.
    pub(crate) fn jwk(&self) -> Value {
        let x = URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes());
        json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.kid })
    }

    /// A token of these parts, signed.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// A token with the header that the server writes.
    pub(crate) fn claims(&self, claims: &Value) -> String {
        self.sign(&self.header(), claims)
    }
}

/// One part of a token.
pub(crate) fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

/// The claims of a token.
pub(crate) fn claims_of(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// `value` with `key` set to `new`, or without it.
pub(crate) fn with(value: &Value, key: &str, new: Option<Value>) -> Value {
    let mut changed = value.clone();
    let object = changed.as_object_mut().unwrap();
    match new {
        Some(new) => object.insert(key.to_owned(), new),
        None => object.remove(key),
    };
    changed
}
