//! Boots a whole server on a fresh database, with a typed client.
