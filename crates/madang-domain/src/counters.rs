//! Counters that are stored beside what they count, and the check of them (CNT-3).

mod counter;
mod repair_counters;
mod repository;

pub use counter::{Counter, WrongCounter};
pub use repair_counters::repair_counters;
pub use repository::CounterRepository;
