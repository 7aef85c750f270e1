//! What a change of policies changes: equivalent, strictly narrower, strictly wider or incomparable.
