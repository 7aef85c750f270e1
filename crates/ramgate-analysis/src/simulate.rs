//! What happens to these requests, and what would happen with other policies.
