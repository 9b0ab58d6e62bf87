//! From a sign-up to the mail on disk.

use crate::program::Place;
use std::time::Duration;

#[test]
fn acc_6_a_verification_mail_lies_in_the_directory_at_once() {
    let place = Place::new();
    let fast = [
        ("MADANG_MODE", "test"),
        ("MADANG_AUTH__BCRYPT_COST", "4"),
        ("MADANG_JOBS__INTERVAL_SECONDS", "3600"),
    ];
    place.run_with(&fast, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    let server = place.serve(&fast);
    let (status, schools) = server.get("/api/v1/schools");
    assert_eq!(status, 200, "{schools}");
    let schools: serde_json::Value = serde_json::from_str(&schools).unwrap();
    let list = schools["results"].as_array().unwrap();
    let school = list.iter().find(|school| school["name"] == "한빛대학교").unwrap()["id"].as_str().unwrap();
    let body = serde_json::json!({
        "school_id": school, "username": "saebom", "password": "a-quiet-yard-at-noon", "email": "saebom@hanbit.test",
        "nickname": "새봄", "admission_year": 2026,
    });
    let (status, answer) = server.ask("POST /api/v1/auth/sign-up", &body.to_string());
    assert_eq!(status, 201, "{answer}");
    let mail = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let entry = std::fs::read_dir(place.data().join("mail")).ok()?.find_map(Result::ok)?;
        let path = entry.path();
        path.extension().is_some_and(|end| end == "eml").then(|| std::fs::read_to_string(path).unwrap())
    });
    let mail = mail.unwrap();
    assert!(mail.contains("To: saebom@hanbit.test") && mail.contains("saebom"), "{mail}");
    let link = mail.lines().find(|line| line.starts_with("http")).unwrap();
    let token = link.split_once("token=").unwrap().1;
    assert_eq!(token.len(), 43, "{link}");
    let (status, answer) =
        server.ask("POST /api/v1/auth/email/verify", &serde_json::json!({ "token": token }).to_string());
    assert_eq!(status, 200, "{answer}");
}
