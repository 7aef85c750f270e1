//! RAM policies: parse, validate, match, evaluate, explain. No I/O, no clock, no async.
