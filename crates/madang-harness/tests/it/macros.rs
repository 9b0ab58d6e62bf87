//! One test body, both databases.

/// Makes of `fn name(kind) {…}` a module `name` with the tests `sqlite` and `postgres`.
#[macro_export]
macro_rules! on_both {
    ($(fn $name:ident($kind:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "some bodies use only what they name in full")]
            use super::*;

            fn check($kind: madang_harness::Kind) $body

            #[test]
            fn sqlite() {
                check(madang_harness::Kind::Sqlite);
            }

            #[test]
            fn postgres() {
                if madang_harness::Kind::Postgres.is_here() {
                    check(madang_harness::Kind::Postgres);
                }
            }
        }
    )*};
}
