# The commands of a working day. `just` alone lists them.

_default:
    @just --list --unsorted

# Serve on the embedded database, as a stranger would.
serve *ARGS:
    ./dev serve {{ARGS}}

# All tests on both databases; further arguments go to the test runner.
test *ARGS:
    ./dev test {{ARGS}}

# What a change must pass before anybody looks at it.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Without PostgreSQL: a build that needs no libpq.
check-sqlite:
    cargo check -p madang --no-default-features

# Licenses, bans and sources of all dependencies.
deny:
    cargo deny check bans licenses sources

# Known vulnerabilities; needs the advisory database.
advisories:
    cargo deny check advisories

# Write openapi.json from the code.
openapi:
    cargo run --quiet -p madang -- openapi > openapi.json

# Seven routes on 100,000 posts, beside the same handlers without a database and beside the Django reference.
bench:
    bench/run

# Everything that the continuous integration runs.
ci:
    bash .ci/run
