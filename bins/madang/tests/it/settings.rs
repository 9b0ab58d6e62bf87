//! Settings: layers, names, refusals.

use crate::program::Place;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

#[test]
fn s_72_what_is_wrong_stops_the_start_within_two_seconds_and_is_named() {
    for (variable, value, key) in [
        ("MADANG_AUTH__BCRYPT_COST", "9", "auth.bcrypt_cost"),
        ("MADANG_AUTH__BCRYPT_COST", "15", "auth.bcrypt_cost"),
        ("MADANG_AUTH__BCRYPT_COST", "twelve", "auth.bcrypt_cost"),
        ("MADANG_AUTH__BCRYPT_COTS", "12", "auth.bcrypt_cots"),
        ("MADANG_AUTH__ACCESS_TTL_SECONDS", "3", "auth.access_ttl_seconds"),
        ("MADANG_AUTH__REFRESH_IDLE_DAYS", "0.5", "auth.refresh_idle_days"),
        ("MADANG_AUTH__REFRESH_GRACE_SECONDS", "61", "auth.refresh_grace_seconds"),
        ("MADANG_ACCOUNTS__PASSWORD_MIN", "7", "accounts.password_min"),
        ("MADANG_ACCOUNTS__PASSWORD_MIN_SCORE", "5", "accounts.password_min_score"),
        ("MADANG_HTTP__ALLOWED_ORIGINS", r#"["*"]"#, "http.allowed_origins"),
        ("MADANG_HTTP__ALLOWED_ORIGINS", "https://a.test", "http.allowed_origins"),
        ("MADANG_HTTP__PUBLIC_URL", "http://madang.example.test", "http.public_url"),
        ("MADANG_HTTP__TRUSTED_PROXIES", r#"["10.0.0.0/99"]"#, "http.trusted_proxies"),
        ("MADANG_HTTP__BIND", "nowhere", "http.bind"),
        ("MADANG_DATABASE__URL", "mysql://root@localhost/x", "database.url"),
        ("MADANG_DATABASE__WRITERS", "2", "database.writers"),
        ("MADANG_MAIL__TRANSPORT", "smtp", "mail.smtp_url"),
        ("MADANG_MAIL__FROM", "nobody", "mail.from"),
        ("MADANG_LOG__LEVEL", "a=b=c", "log.level"),
        ("MADANG_MODE", "fast", "mode"),
        ("MADANG_LIVENESS", "memory", "liveness"),
        ("MADANG_POSTS", "1", "posts"),
    ] {
        let place = Place::new();
        let began = Instant::now();
        place.run_with(&[(variable, value)], &["serve"]).refused(2, &[&format!("setting {key}")]);
        assert!(began.elapsed() < Duration::from_secs(2), "{key}");
        assert!(!place.data().exists(), "{key}: nothing is made before the settings are judged");
    }
}

#[test]
fn s_72_a_keys_file_that_others_read_or_that_is_short_stops_the_start() {
    let place = Place::new();
    let sound = "[auth]\nbcrypt_cost = 12\n";
    place.write("madang.toml", sound);
    place
        .feed(
            &[
                "admin",
                "create",
                "--username",
                "keeper",
                "--email",
                "k@hanbit.test",
                "--nickname",
                "지기",
                "--school",
                "한빛대학교",
                "--password-stdin",
            ],
            "a-quiet-yard-at-noon\n",
        )
        .ended(0);
    let keys = place.data().join("keys.json");
    assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(place.data()).unwrap().permissions().mode() & 0o777, 0o700);

    fs::set_permissions(&keys, Permissions::from_mode(0o644)).unwrap();
    place.run(&["serve"]).refused(2, &["auth.keys_file", "chmod 600"]);

    fs::set_permissions(&keys, Permissions::from_mode(0o600)).unwrap();
    let text = fs::read_to_string(&keys).unwrap();
    let mut keys_in_it: serde_json::Value = serde_json::from_str(&text).unwrap();
    keys_in_it["device"]["secret"] = "c2hvcnQ".into();
    fs::write(&keys, keys_in_it.to_string()).unwrap();
    place.run(&["serve"]).refused(2, &["auth.keys_file"]);
}

#[test]
fn later_layers_win_and_each_value_tells_its_origin() {
    let place = Place::new();
    place.write("madang.toml", "data_dir = \"here\"\n[posts]\ntitle_max = 50\nlist_chars = 99\n");
    let shown = place
        .run_with(
            &[("MADANG_POSTS__TITLE_MAX", "60"), ("MADANG_AUTH__AUDIENCE", "1234")],
            &["config", "print", "--data-dir", "there"],
        )
        .ended(0);
    let line =
        |start: &str| shown.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{shown}"));
    assert!(line("title_max = 60").ends_with("# MADANG_POSTS__TITLE_MAX"), "{shown}");
    assert!(line("list_chars = 99").ends_with("# madang.toml"), "{shown}");
    assert!(line("contents_max = 20000").ends_with("# default"), "{shown}");
    assert!(line("data_dir = \"there\"").ends_with("# --data-dir"), "{shown}");
    assert!(line("audience = \"1234\"").ends_with("# MADANG_AUTH__AUDIENCE"), "{shown}");
    let again = place.write("again.toml", &shown);
    place.run(&["config", "check", "--config", again.to_str().unwrap()]).ended(0);
}

#[test]
fn a_named_file_must_be_there_and_be_toml() {
    let place = Place::new();
    place.run(&["config", "check", "--config", "none.toml"]).refused(2, &["--config", "none.toml"]);
    place.write("bad.toml", "[auth]\nbcrypt_cost = \n");
    place.run(&["config", "check", "--config", "bad.toml"]).refused(2, &["line 2 of bad.toml"]);
    place.write("wrong.toml", "[auth]\nbcrypt_cost = \"12\"\n");
    place
        .run(&["config", "check", "--config", "wrong.toml"])
        .refused(2, &["auth.bcrypt_cost (from wrong.toml)"]);
    place.write("slip.toml", "[posts]\ntitel_max = 3\ntitle_mx = 3\n");
    place.run(&["config", "check", "--config", "slip.toml"]).refused(2, &["posts.tit", "slip.toml"]);
    place.write("near.toml", "[posts]\ntitle_mx = 3\n");
    place.run(&["config", "check", "--config", "near.toml"]).refused(2, &["did you mean posts.title_max?"]);
}

#[test]
fn s_71_printed_settings_hold_no_password() {
    let place = Place::new();
    let shown = place
        .run_with(
            &[
                ("MADANG_DATABASE__URL", "postgres://madang:sesame@db.test/madang"),
                ("MADANG_MAIL__SMTP_URL", "smtp://madang:sesame@mail.test"),
            ],
            &["config", "print"],
        )
        .ended(0);
    assert!(shown.contains("postgres://madang:***@db.test/madang") && !shown.contains("sesame"), "{shown}");
}

#[test]
fn test_mode_allows_what_tests_need_and_listens_on_loopback_only() {
    let place = Place::new();
    let fast = [
        ("MADANG_MODE", "test"),
        ("MADANG_AUTH__BCRYPT_COST", "4"),
        ("MADANG_AUTH__ACCESS_TTL_SECONDS", "3"),
        ("MADANG_AUTH__REFRESH_IDLE_DAYS", "0.0001"),
        ("MADANG_TEST_POSTGRES_URL", "postgres://tests@localhost/x"),
    ];
    place.run_with(&fast, &["config", "check"]).ended(0);
    let wide = [fast.as_slice(), &[("MADANG_HTTP__BIND", "0.0.0.0:8080")]].concat();
    place.run_with(&wide, &["config", "check"]).refused(2, &["http.bind", "loopback"]);
}
