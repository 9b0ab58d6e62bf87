//! The one predicate that says who may see an item (VIS-1).
