//! The direction of dependencies, read from the manifests and the sources.

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that only look at others: their dependencies are no part of the house.
const TEST_CRATES: [&str; 2] = ["madang-testkit", "madang-harness"];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .no_deps()
        .exec()
        .expect("cargo metadata")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("a workspace").to_owned()
}

/// The crates of the workspace that depend on `name`, whether optionally or not, tests apart.
fn dependents(metadata: &Metadata, name: impl Fn(&str) -> bool) -> BTreeSet<String> {
    metadata
        .workspace_packages()
        .into_iter()
        .filter(|package| !TEST_CRATES.contains(&package.name.as_str()))
        .filter(|package| {
            package.dependencies.iter().any(|dependency| {
                dependency.kind != DependencyKind::Development && name(dependency.name.as_str())
            })
        })
        .map(|package| package.name.to_string())
        .collect()
}

fn crates<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// Every Rust source below `folder`, as (path, text).
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found
}

/// The lines of a source before its unit tests, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
}

#[track_caller]
fn assert_absent(folder: &str, words: &[&str], why: &str) {
    let mut found = Vec::new();
    for (path, text) in sources(folder) {
        for line in code(&text) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}: {word}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{why}\n{}", found.join("\n"));
}

#[test]
fn the_domain_names_no_framework() {
    let metadata = metadata();
    let domain =
        metadata.packages.iter().find(|package| package.name.as_str() == "madang-domain").expect("domain");
    let frameworks = [
        "actix",
        "bcrypt",
        "diesel",
        "figment",
        "hyper",
        "image",
        "jsonwebtoken",
        "lettre",
        "madang",
        "object_store",
        "r2d2",
        "serde",
        "tokio",
        "tracing",
        "utoipa",
    ];
    for dependency in domain.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
        let named = frameworks.iter().find(|framework| dependency.name.starts_with(**framework));
        assert_eq!(named, None, "madang-domain depends on {}", dependency.name);
    }
    assert_absent(
        "crates/madang-domain/src",
        &["Serialize", "actix_web", "diesel::", "tokio::", "jsonwebtoken", "bcrypt::"],
        "madang-domain knows no framework, and its types have no outside form",
    );
}

#[test]
fn diesel_is_named_in_persistence_alone() {
    let metadata = metadata();
    let diesel = |name: &str| name.starts_with("diesel") || name == "libsqlite3-sys" || name == "r2d2";
    assert_eq!(dependents(&metadata, diesel), crates(["madang-persistence"]));
}

#[test]
fn actix_is_named_in_http_and_the_binary_alone() {
    let metadata = metadata();
    let expected = crates(["madang", "madang-http"]);
    assert_eq!(dependents(&metadata, |name| name == "actix-web"), expected);
    assert!(dependents(&metadata, |name| name.contains("actix")).is_subset(&expected));
}

#[test]
fn tokens_and_hashes_are_named_in_auth_alone() {
    let metadata = metadata();
    for name in ["bcrypt", "jsonwebtoken", "pbkdf2", "zxcvbn"] {
        assert_eq!(dependents(&metadata, |found| found == name), crates(["madang-auth"]), "{name}");
    }
}

#[test]
fn mail_is_sent_by_the_mail_crate_alone() {
    assert_eq!(dependents(&metadata(), |name| name == "lettre"), crates(["madang-mail"]));
}

#[test]
fn pictures_are_decoded_and_kept_by_the_media_crate_alone() {
    let metadata = metadata();
    for name in ["image", "object_store"] {
        assert_eq!(dependents(&metadata, |found| found == name), crates(["madang-media"]), "{name}");
    }
    assert_eq!(dependents(&metadata, |name| name == "madang-media"), crates(["madang"]));
}

#[test]
fn http_and_persistence_never_see_each_other() {
    let metadata = metadata();
    assert_eq!(dependents(&metadata, |name| name == "madang-http"), crates(["madang"]));
    assert_eq!(dependents(&metadata, |name| name == "madang-persistence"), crates(["madang"]));
    assert_absent("crates/madang-http/src", &["madang_persistence", "diesel"], "the door knows no database");
    assert_absent("crates/madang-persistence/src", &["madang_http", "actix"], "the database knows no door");
}

#[test]
fn nothing_below_the_binary_asks_the_system_for_time_or_chance() {
    let words = [
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "new_v4()",
        "now_v7()",
        "getrandom::",
        "thread_rng",
        "OsRng",
    ];
    for name in ["domain", "auth", "persistence", "http", "mail", "media"] {
        assert_absent(
            &format!("crates/madang-{name}/src"),
            &words,
            "the world is handed in by Moment and Ctx",
        );
    }
}

#[test]
fn nothing_but_the_settings_reads_the_environment() {
    let words = ["env::var(", "env::vars(", "env::var_os("];
    for name in ["domain", "auth", "persistence", "http", "mail", "media"] {
        assert_absent(&format!("crates/madang-{name}/src"), &words, "settings have one door");
    }
}

#[test]
fn modules_are_files_beside_their_folder() {
    for folder in ["crates", "bins"] {
        for (path, _) in sources(folder) {
            assert_ne!(path.file_name().and_then(|name| name.to_str()), Some("mod.rs"), "{}", path.display());
        }
    }
}

#[test]
fn files_are_one_thing_long() {
    let mut long = Vec::new();
    for folder in ["crates", "bins"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            // The schema is a list of the tables, as long as there are tables.
            if lines > 450 && !path.ends_with("madang-persistence/src/schema.rs") {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}

#[test]
fn migrations_come_in_pairs() {
    let names = |database: &str| -> BTreeSet<String> {
        fs::read_dir(root().join("migrations").join(database))
            .expect("migrations")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for file in ["up.sql", "down.sql"] {
                assert!(
                    root().join("migrations").join(database).join(&name).join(file).exists(),
                    "{database}/{name}/{file}"
                );
            }
        }
    }
}

/// The sources with a line of code that `is_meant`.
fn sources_with(is_meant: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let folders =
        ["crates/madang-persistence/src", "crates/madang-domain/src", "crates/madang-http/src", "bins"];
    let all = folders.into_iter().flat_map(sources);
    let named = all.filter(|(_, text)| code(text).any(&is_meant));
    named.map(|(path, _)| path.strip_prefix(root()).expect("inside").display().to_string()).collect()
}

#[test]
fn who_wrote_an_anonymous_item_is_read_by_one_module() {
    let named = sources_with(|line| line.contains("anonymous_identities") && !line.contains("insert_into"));
    assert_eq!(named, crates(["crates/madang-persistence/src/anonymity.rs"]));
}

#[test]
fn who_is_told_of_what_is_read_by_one_module() {
    let table =
        ["notifications::table", "notifications (", "FROM notifications", "notifications::recipient_id"];
    let named = sources_with(|line| table.iter().any(|table| line.contains(table)));
    assert!(!named.is_empty());
    for path in named {
        let module = "crates/madang-persistence/src/notifications";
        assert!(path.starts_with(module), "{path} reads whom notices are for: only {module} does");
    }
}
