//! The keys file: JSON that only its owner can read.

use super::{Keys, Pepper, RefreshSecret, Secret, SecretState, SigningKey, SigningState};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use madang_domain::ctx::Entropy;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::hash::Hash;
use std::io::{self, Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Far above any real file; keeps a wrong path from filling the memory.
const MAX_BYTES: u64 = 64 * 1024;

/// PKCS#8 around an Ed25519 seed.
const PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why a keys file is refused. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Reading or making it failed.
    #[error("auth.keys_file {path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// Others than its owner can reach it.
    #[error("auth.keys_file {path} can be read by others: run chmod 600 on it")]
    Exposed {
        /// The file.
        path: String,
    },
    /// Its content is refused.
    #[error("auth.keys_file {path}: {reason}")]
    Refused {
        /// The file.
        path: String,
        /// What is wrong, without any secret.
        reason: String,
    },
}

/// Whether a keys file was made or had been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeKeys {
    /// It was made.
    Made,
    /// It had been there and is untouched.
    Present,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysFile {
    signing: Vec<SigningEntry>,
    refresh: Vec<RefreshEntry>,
    pepper: Vec<PepperEntry>,
    device: PlainEntry,
    links: PlainEntry,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SigningEntry {
    kid: String,
    alg: String,
    private: Text,
    state: SigningState,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RefreshEntry {
    id: u8,
    secret: Text,
    state: SecretState,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PepperEntry {
    version: i16,
    secret: Text,
    state: SecretState,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainEntry {
    secret: Text,
}

/// The text of a secret, wiped when dropped.
struct Text(Zeroizing<String>);

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

/// Reads the keys file at `path`.
///
/// # Errors
///
/// When it cannot be read, others can read it, or its content is refused: an unknown or missing field, a secret that is
/// not 32 bytes, a name or secret that stands twice, a list without exactly one active entry.
pub fn read(path: &Path) -> Result<Keys, KeysError> {
    let bytes = read_private(path)?;
    let refused = |reason: String| KeysError::Refused { path: path.display().to_string(), reason };
    // Only where the error stands is told: its text could repeat a part of the file.
    let file: KeysFile = serde_json::from_slice(&bytes).map_err(|error| {
        refused(format!("not of the expected form, line {} column {}", error.line(), error.column()))
    })?;
    file.check().map_err(refused)
}

/// Makes a keys file with fresh secrets at `path`, readable by its owner only, unless there is one.
///
/// # Errors
///
/// When it cannot be written.
pub fn make(path: &Path, entropy: &dyn Entropy) -> Result<MadeKeys, KeysError> {
    let failed = |source| KeysError::Io { path: path.display().to_string(), source };
    if path.try_exists().map_err(failed)? {
        return Ok(MadeKeys::Present);
    }
    let file = KeysFile::fresh(entropy);
    let text = serde_json::to_vec_pretty(&file).map(Zeroizing::new).map_err(|error| failed(error.into()))?;
    write_new(path, &text, entropy).map_err(failed)
}

/// Writes beside the path and links into place, so that a crash leaves no half file and two starts make one file.
fn write_new(path: &Path, text: &[u8], entropy: &dyn Entropy) -> io::Result<MadeKeys> {
    let mut tag = [0; 8];
    entropy.fill(&mut tag);
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{:016x}.new", u64::from_be_bytes(tag)));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let linked =
        file.write_all(text).and_then(|()| file.sync_all()).and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::File::open(folder)?.sync_all()?;
            }
            Ok(MadeKeys::Made)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(MadeKeys::Present),
        Err(error) => Err(error),
    }
}

fn read_private(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeysError> {
    let failed = |source| KeysError::Io { path: path.display().to_string(), source };
    let file = std::fs::File::open(path).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
            return Err(KeysError::Exposed { path: path.display().to_string() });
        }
    }
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

impl KeysFile {
    fn fresh(entropy: &dyn Entropy) -> Self {
        let secret = || Text(Secret::fresh(entropy).encode());
        let private = secret();
        let digest = Sha256::digest(private.0.as_bytes());
        Self {
            signing: vec![SigningEntry {
                kid: URL_SAFE_NO_PAD.encode(&digest[..12]),
                alg: "EdDSA".to_owned(),
                private,
                state: SigningState::Active,
            }],
            refresh: vec![RefreshEntry { id: 1, secret: secret(), state: SecretState::Active }],
            pepper: vec![PepperEntry { version: 1, secret: secret(), state: SecretState::Active }],
            device: PlainEntry { secret: secret() },
            links: PlainEntry { secret: secret() },
        }
    }

    fn check(self) -> Result<Keys, String> {
        one_active("signing", self.signing.iter().map(|entry| entry.state == SigningState::Active))?;
        one_active("refresh", self.refresh.iter().map(|entry| entry.state == SecretState::Active))?;
        one_active("pepper", self.pepper.iter().map(|entry| entry.state == SecretState::Active))?;
        all_different("signing kid", self.signing.iter().map(|entry| &entry.kid))?;
        all_different("refresh id", self.refresh.iter().map(|entry| entry.id))?;
        all_different("pepper version", self.pepper.iter().map(|entry| entry.version))?;
        let texts = self.signing.iter().map(|entry| &entry.private);
        let texts = texts.chain(self.refresh.iter().map(|entry| &entry.secret));
        let texts = texts.chain(self.pepper.iter().map(|entry| &entry.secret));
        let texts = texts.chain([&self.device.secret, &self.links.secret]);
        all_different("secret", texts.map(|text| text.0.as_str()))?;

        Ok(Keys {
            signing: self.signing.iter().map(signing_key).collect::<Result<_, _>>()?,
            refresh: self.refresh.iter().map(refresh_secret).collect::<Result<_, _>>()?,
            peppers: self.pepper.iter().map(pepper).collect::<Result<_, _>>()?,
            device: secret("device", &self.device.secret)?,
            links: secret("links", &self.links.secret)?,
        })
    }
}

fn one_active(list: &str, states: impl Iterator<Item = bool>) -> Result<(), String> {
    match states.filter(|active| *active).count() {
        1 => Ok(()),
        n => Err(format!("{list} needs exactly one active entry and has {n}")),
    }
}

fn all_different<T: Eq + Hash>(what: &str, mut items: impl Iterator<Item = T>) -> Result<(), String> {
    let mut seen = HashSet::new();
    if items.all(|item| seen.insert(item)) { Ok(()) } else { Err(format!("a {what} stands twice")) }
}

fn secret(what: &str, text: &Text) -> Result<Secret, String> {
    Secret::parse(&text.0).ok_or_else(|| format!("the secret of {what} is not base64url of 32 bytes"))
}

fn refresh_secret(entry: &RefreshEntry) -> Result<RefreshSecret, String> {
    let secret = secret(&format!("refresh {}", entry.id), &entry.secret)?;
    Ok(RefreshSecret { id: entry.id, state: entry.state, secret })
}

fn pepper(entry: &PepperEntry) -> Result<Pepper, String> {
    if entry.version < 1 {
        return Err("a pepper version is below 1".to_owned());
    }
    let secret = secret(&format!("pepper {}", entry.version), &entry.secret)?;
    Ok(Pepper { version: entry.version, state: entry.state, secret })
}

fn signing_key(entry: &SigningEntry) -> Result<SigningKey, String> {
    let kid = &entry.kid;
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    if !(1..=64).contains(&kid.len()) || !kid.bytes().all(plain) {
        return Err("a signing kid is not 1 to 64 letters, digits, '-', '_' or '.'".to_owned());
    }
    if entry.alg != "EdDSA" {
        return Err(format!("signing {kid} has an alg other than EdDSA"));
    }
    let seed = secret(&format!("signing {kid}"), &entry.private)?;
    let mut der = Zeroizing::new([0; 48]);
    der[..16].copy_from_slice(&PKCS8_PREFIX);
    der[16..].copy_from_slice(seed.bytes());
    let encoding = EncodingKey::from_ed_der(der.as_slice());
    let x = public_point(&encoding).ok_or_else(|| format!("signing {kid} is no Ed25519 key"))?;
    let decoding =
        DecodingKey::from_ed_components(&x).map_err(|_| format!("signing {kid} is no Ed25519 key"))?;
    Ok(SigningKey { kid: kid.clone(), state: entry.state, encoding, decoding, x })
}

/// The public half, base64url; checked to be 32 bytes, because verification reads that many without looking.
fn public_point(key: &EncodingKey) -> Option<String> {
    let jwk = Jwk::from_encoding_key(key, Algorithm::EdDSA).ok()?;
    let AlgorithmParameters::OctetKeyPair(pair) = jwk.algorithm else { return None };
    (URL_SAFE_NO_PAD.decode(&pair.x).ok()?.len() == 32).then_some(pair.x)
}
