//! Everyone who may do this, and by which statement.
