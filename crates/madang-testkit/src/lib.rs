//! Fresh databases, fixed clock, builders.
