//! The data plane on hyper, thread per core: listeners, the strict HTTP gate, forwarding.
