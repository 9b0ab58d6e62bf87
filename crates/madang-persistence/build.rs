//! Builds the crate anew when a migration changes, because they are embedded at compile time.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
