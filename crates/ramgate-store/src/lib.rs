//! The store: revisioned keys, compare-and-swap transactions, watch. The trait and the suite every backend passes.
