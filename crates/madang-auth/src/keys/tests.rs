use super::*;
use crate::test_support::{Counting, edit_keys, ring};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;

fn refused(edit: impl FnOnce(&mut Value)) -> String {
    let (folder, _ring) = ring();
    edit_keys(&folder, edit).unwrap_err().to_string()
}

#[test]
fn the_file_is_made_once_and_private() {
    let (folder, ring) = ring();
    let path = folder.path().join("keys.json");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(make(&path, &Counting::default()).unwrap(), MadeKeys::Present);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    assert_eq!(ring.current().public_keys().len(), 1);
}

#[test]
fn s_72_a_file_that_others_can_read_is_refused() {
    let (folder, ring) = ring();
    let path = folder.path().join("keys.json");
    for mode in [0o644, 0o640, 0o604, 0o602] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(ring.reload(), Err(KeysError::Exposed { .. })), "{mode:o}");
    }
    let told = ring.reload().unwrap_err().to_string();
    assert!(told.contains("auth.keys_file") && told.contains("chmod 600"), "{told}");
}

#[test]
fn s_72_short_and_repeated_secrets_are_refused() {
    let short = refused(|keys| keys["device"]["secret"] = json!("c2hvcnQ"));
    assert!(short.contains("device") && short.contains("32 bytes"), "{short}");
    let long = refused(|keys| keys["links"]["secret"] = json!("A".repeat(64)));
    assert!(long.contains("links"), "{long}");
    let repeated = refused(|keys| keys["links"]["secret"] = keys["device"]["secret"].clone());
    assert!(repeated.contains("twice"), "{repeated}");
    let repeated = refused(|keys| keys["pepper"][0]["secret"] = keys["signing"][0]["private"].clone());
    assert!(repeated.contains("twice"), "{repeated}");
}

#[test]
fn each_list_has_exactly_one_active_entry() {
    for list in ["signing", "refresh", "pepper"] {
        let none = refused(|keys| keys[list] = json!([]));
        assert!(none.contains(list) && none.contains("exactly one active"), "{none}");
    }
    let two = refused(|keys| {
        let mut second = keys["refresh"][0].clone();
        second["id"] = json!(2);
        keys["refresh"].as_array_mut().unwrap().push(second);
    });
    assert!(two.contains("has 2"), "{two}");
}

#[test]
fn other_forms_are_refused() {
    for edit in [
        |keys: &mut Value| keys["signing"][0]["alg"] = json!("HS256"),
        |keys: &mut Value| keys["signing"][0]["kid"] = json!("../../dev/null"),
        |keys: &mut Value| keys["signing"][0]["kid"] = json!(""),
        |keys: &mut Value| keys["pepper"][0]["version"] = json!(0),
        |keys: &mut Value| keys["refresh"][0]["id"] = json!(256),
        |keys: &mut Value| keys["more"] = json!(1),
        |keys: &mut Value| keys["links"]["state"] = json!("active"),
        |keys: &mut Value| drop(keys.as_object_mut().unwrap().remove("device")),
        |keys: &mut Value| *keys = json!([]),
    ] {
        refused(edit);
    }
}

#[test]
fn a_refused_reload_keeps_the_keys_in_force() {
    let (folder, ring) = ring();
    let before = ring.current().public_keys();
    edit_keys(&folder, |keys| keys["signing"] = json!([])).unwrap_err();
    ring.reload().unwrap_err();
    assert_eq!(ring.current().public_keys(), before);
}

#[test]
fn nothing_prints_a_secret() {
    let (folder, ring) = ring();
    let text = std::fs::read_to_string(folder.path().join("keys.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let printed = format!("{ring:?} {:?} {:?}", ring.current(), ring.current().links);
    for secret in
        ["/device/secret", "/links/secret", "/pepper/0/secret", "/refresh/0/secret", "/signing/0/private"]
    {
        assert!(!printed.contains(json.pointer(secret).unwrap().as_str().unwrap()), "{secret}");
    }
    // A file that does not parse is not quoted either.
    let told = refused(|keys| keys["device"] = json!("0123456789abcdef"));
    assert!(!told.contains("0123456789abcdef"), "{told}");
}

#[test]
fn derived_keys_differ_by_purpose_and_are_stable() {
    let (_folder, ring) = ring();
    let keys = ring.current();
    assert_eq!(*keys.derived("cursors"), *keys.derived("cursors"));
    assert_ne!(*keys.derived("cursors"), *keys.derived("media"));
    assert_ne!(&*keys.derived(""), keys.links.bytes());
}
