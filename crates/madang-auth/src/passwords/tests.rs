use super::*;
use crate::hash_pool::HashPoolSettings;
use crate::keys::KeyRing;
use crate::test_support::{edit_keys, moment, ring};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use madang_domain::policy::AccountsPolicy;
use madang_domain::text::FieldError;
use serde_json::json;
use sha2::Sha256;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const SETTINGS: HasherSettings =
    HasherSettings { bcrypt_cost: 4, pbkdf2_max_iterations: 2000, test_mode: true };

fn hasher() -> (TempDir, Arc<KeyRing>, PasswordHasher) {
    let (folder, ring) = ring();
    let hasher = PasswordHasher::new(Arc::clone(&ring), SETTINGS).unwrap();
    (folder, ring, hasher)
}

fn password(text: &str) -> Password {
    Password::new(text.to_owned())
}

fn attempt(text: &str, stored: &PasswordHash) -> Attempt {
    Attempt { password: password(text), stored: Some(stored.clone()), imported_left: false }
}

fn matches(hasher: &PasswordHasher, text: &str, stored: &PasswordHash) -> bool {
    hasher.matches(&attempt(text, stored)).unwrap()
}

fn imported(text: &str, rounds: u32) -> PasswordHash {
    let mut digest = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(text.as_bytes(), b"salt", rounds, &mut digest);
    PasswordHash { encoded: format!("pbkdf2_sha256${rounds}$salt${}", STANDARD.encode(digest)), version: 0 }
}

#[test]
fn acc_14_the_kept_form_is_peppered_bcrypt_of_the_configured_cost() {
    let (_folder, _ring, hasher) = hasher();
    let stored = hasher.hash(&password("마당에서 놀자 12"), [3; 16]).unwrap();
    assert_eq!((stored.version, &stored.encoded[..7], stored.encoded.len()), (1, "$2b$04$", 60));
    assert!(matches(&hasher, "마당에서 놀자 12", &stored));
    assert!(!matches(&hasher, "마당에서 놀자 13", &stored));
    assert_ne!(hasher.hash(&password("마당에서 놀자 12"), [4; 16]).unwrap(), stored);
    #[allow(clippy::disallowed_methods, reason = "this is what somebody with a stolen database would call")]
    let without_pepper = bcrypt::verify("마당에서 놀자 12", &stored.encoded).unwrap();
    assert!(!without_pepper, "a database alone is of no use");
}

#[test]
fn acc_14_every_character_of_a_long_password_counts() {
    let (_folder, _ring, hasher) = hasher();
    let long = "가나다라마바사아자차카타파하".repeat(18);
    let stored = hasher.hash(&password(&long), [0; 16]).unwrap();
    assert!(matches(&hasher, &long, &stored));
    assert!(!matches(&hasher, &format!("{long}!"), &stored));
    assert!(!matches(&hasher, &long.replacen('하', "허", 1), &stored));
    assert!(!matches(&hasher, &long[..long.len() - 3], &stored));
}

#[test]
fn s_44_nul_and_spaces_count_and_composition_does_not() {
    let (_folder, _ring, hasher) = hasher();
    let stored = hasher.hash(&password(" 한\0글 "), [0; 16]).unwrap();
    assert!(matches(&hasher, " 한\0글 ", &stored));
    assert!(matches(&hasher, " \u{1112}\u{1161}\u{11ab}\0\u{1100}\u{1173}\u{11af} ", &stored));
    for other in ["한\0글", " 한\0글", " 한", " 한글 ", " 한\0말 "] {
        assert!(!matches(&hasher, other, &stored), "{other:?}");
    }
}

#[test]
fn acc_14_a_new_cost_or_pepper_replaces_the_hash_at_login() {
    let (folder, ring, hasher) = hasher();
    let stored = hasher.hash(&password("old but right"), [1; 16]).unwrap();
    assert_eq!(
        hasher.check(&attempt("old but right", &stored), [2; 16]),
        Ok(Verdict::Right { replacement: None })
    );

    let costlier =
        PasswordHasher::new(Arc::clone(&ring), HasherSettings { bcrypt_cost: 5, ..SETTINGS }).unwrap();
    let Ok(Verdict::Right { replacement: Some(newer) }) =
        costlier.check(&attempt("old but right", &stored), [2; 16])
    else {
        panic!("the cost is outdated");
    };
    assert!(newer.encoded.starts_with("$2b$05$") && matches(&costlier, "old but right", &newer));

    let second = json!({"version": 2, "secret": base64_url([0x77; 32]), "state": "active"});
    edit_keys(&folder, |keys| {
        keys["pepper"][0]["state"] = json!("kept");
        keys["pepper"].as_array_mut().unwrap().push(second);
    })
    .unwrap();
    ring.reload().unwrap();
    let Ok(Verdict::Right { replacement: Some(newer) }) =
        hasher.check(&attempt("old but right", &stored), [2; 16])
    else {
        panic!("the pepper is outdated");
    };
    assert_eq!(newer.version, 2);
    assert_eq!(hasher.check(&attempt("wrong", &stored), [2; 16]), Ok(Verdict::Wrong));
    edit_keys(&folder, |keys| drop(keys["pepper"].as_array_mut().unwrap().remove(0))).unwrap();
    ring.reload().unwrap();
    assert!(!matches(&hasher, "old but right", &stored), "a removed pepper is dead at once");
}

fn base64_url(bytes: [u8; 32]) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

#[test]
fn s_45_an_imported_hash_verifies_as_typed_and_is_replaced() {
    let (_folder, _ring, hasher) = hasher();
    let stored = imported("비밀 번호!", 1000);
    let Ok(Verdict::Right { replacement: Some(newer) }) =
        hasher.check(&attempt("비밀 번호!", &stored), [0; 16])
    else {
        panic!("it is right and must be replaced");
    };
    assert_eq!(newer.version, 1);
    assert!(matches(&hasher, "비밀 번호!", &newer));
    assert_eq!(hasher.check(&attempt("비밀 번호", &stored), [0; 16]), Ok(Verdict::Wrong));
}

#[test]
fn s_45_unreasonable_costs_are_refused_unread() {
    let (_folder, _ring, hasher) = hasher();
    let begun = Instant::now();
    let right = hasher.hash(&password("right"), [0; 16]).unwrap();
    let with = |encoded: String, version| PasswordHash { encoded, version };
    let unusable = [
        with(imported("right", 1).encoded.replace("$1$", "$1000000000$"), 0),
        with(imported("right", 2001).encoded, 0),
        with(imported("right", 1).encoded.replace("$1$", "$0$"), 0),
        with(imported("right", 1).encoded.replace("$1$", "$-1$"), 0),
        with(format!("{}$x", imported("right", 1).encoded), 0),
        with(imported("right", 1).encoded.replace("sha256", "sha1"), 0),
        with(right.encoded.replace("$04$", "$31$"), 1),
        with(right.encoded.replace("$04$", "$15$"), 1),
        with(right.encoded.replace("$04$", "$03$"), 1),
        with(right.encoded.clone(), 0),
        with(right.encoded.clone(), 9),
        with(imported("right", 1).encoded, 1),
        with("!unusable".to_owned(), 0),
        with(String::new(), 1),
    ];
    for stored in unusable {
        assert!(!matches(&hasher, "right", &stored), "{}", stored.encoded);
    }
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[test]
fn s_72_the_cost_has_bounds() {
    let (_folder, ring) = ring();
    let new = |bcrypt_cost, test_mode| {
        PasswordHasher::new(Arc::clone(&ring), HasherSettings { bcrypt_cost, test_mode, ..SETTINGS })
    };
    for (cost, test_mode, fine) in [
        (9, false, false),
        (10, false, true),
        (14, false, true),
        (15, false, false),
        (4, true, true),
        (3, true, false),
    ] {
        assert_eq!(new(cost, test_mode).is_ok(), fine, "{cost} {test_mode}");
    }
    assert!(new(9, false).unwrap_err().to_string().contains("auth.bcrypt_cost"));
}

#[tokio::test]
async fn auth_2_every_kind_of_attempt_is_one_on_the_pool() {
    let (_folder, _ring, hasher) = hasher();
    let pool = HashPoolSettings { threads: 1, queue_max: 8, wait: Duration::from_secs(5) };
    let passwords = Passwords::start(hasher, pool).unwrap();
    let moment = moment(0);
    let stored = passwords.hash(HERE, &moment, password("right")).await.unwrap();
    assert_eq!(passwords.password_hash_total(), 1);
    let mut total = 1;
    for (text, stored, right) in [
        ("right", Some(stored.clone()), true),
        ("wrong", Some(stored.clone()), false),
        ("right", Some(imported("right", 10)), true),
        ("wrong", Some(imported("right", 10)), false),
        ("any", Some(PasswordHash { encoded: "!".to_owned(), version: 0 }), false),
        ("any", None, false),
    ] {
        for imported_left in [false, true] {
            let attempt = Attempt { password: password(text), stored: stored.clone(), imported_left };
            let verdict = passwords.check(HERE, &moment, attempt).await.unwrap();
            assert_eq!(verdict != Verdict::Wrong, right, "{text}");
            total += 1;
            assert_eq!(passwords.password_hash_total(), total);
        }
    }
    let changed = passwords.change(HERE, &moment, attempt("right", &stored), password("new")).await.unwrap();
    assert!(matches!(changed, Change::Made(_)));
    let refused = passwords.change(HERE, &moment, attempt("wrong", &stored), password("new")).await.unwrap();
    assert!(matches!(refused, Change::Refused));
    assert_eq!(passwords.password_hash_total(), total + 2);
}

#[test]
fn a_password_is_never_printed() {
    let read: Password = serde_json::from_str("\"hunter-two\"").unwrap();
    assert_eq!(format!("{read:?}"), "Password([redacted])");
    assert!(serde_json::from_str::<Password>("[\"a\"]").is_err());
}

fn judge(text: &str) -> Result<(), FieldError> {
    let context = ["minsu2026", "민수", "minsu.kim@hanbit.example", "Hanbit University"];
    PasswordRule::of(&AccountsPolicy::default()).judge(&password(text), &context)
}

#[test]
fn acc_13_lengths_are_characters() {
    assert_eq!(judge("짧은암호입니다"), Err(FieldError::MinLength));
    assert_eq!(judge(&"낱말 이어 쓰기 ".repeat(29)), Err(FieldError::MaxLength));
    assert_eq!(
        judge("\u{1112}\u{1161}\u{11ab}\u{1112}\u{1161}\u{11ab}"),
        Err(FieldError::MinLength),
        "two syllables"
    );
}

#[test]
fn s_43_common_words_and_the_own_names_are_weak() {
    let weak = [
        "password",
        "password1",
        "12345678",
        "qwertyuiop",
        "aaaaaaaa",
        "비밀번호1234",
        "사랑합니다사랑합니다",
        "dkssudgktpdy",
        "DKSSUDGKTPDY",
        "dkssudgktpdy1!",
        "qlalfqjsgh12",
        "minsu2026",
        "Minsu2026",
        "minsu.kim@hanbit.example",
        "hanbit university",
        "Hanbit University",
        "ｍｉｎｓｕ２０２６",
        "hanbithanbit",
    ];
    for text in weak {
        assert_eq!(judge(text), Err(FieldError::WeakPassword), "{text}");
    }
}

#[test]
fn s_43_long_phrases_are_fine() {
    for text in [
        "correct horse battery staple under the old persimmon tree of our yard at night",
        "골목 끝 작은 빵집의 고양이",
        "x7#Kq!mZ2p",
        " 앞뒤 공백도 글자랍니다 ",
    ] {
        assert_eq!(judge(text), Ok(()), "{text}");
    }
}

#[test]
fn common_words_stand_in_both_spellings_and_in_order() {
    assert!(common::COMMON.is_sorted());
    for word in common::COMMON {
        let typed: String = word.chars().map(on_latin_keys).collect();
        assert!(common::COMMON.binary_search(&typed.as_str()).is_ok(), "{word} {typed}");
    }
}

/// The strokes of a syllable on a two-set keyboard, as Latin letters.
fn on_latin_keys(c: char) -> String {
    const FIRST: &str = "r r s e e f a q q t t d w w c z x v g";
    const MIDDLE: &str = "k o i o j p u p h hk ho hl y n nj np nl b m ml l";
    const LAST: &str = " r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g";
    let Some(n) = (c as usize).checked_sub(0xac00).filter(|n| *n < 11_172) else { return c.to_string() };
    let key = |keys: &str, n: usize| keys.split(' ').nth(n).unwrap().to_owned();
    key(FIRST, n / 588) + &key(MIDDLE, n % 588 / 28) + &key(LAST, n % 28)
}
