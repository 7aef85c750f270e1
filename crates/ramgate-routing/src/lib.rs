//! Resources to an immutable routing snapshot. Pure: no I/O, no clock, no async.
