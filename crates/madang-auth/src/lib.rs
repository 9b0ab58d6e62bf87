//! Proof of identity and its end.
