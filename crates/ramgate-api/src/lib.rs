//! One declaration per management operation, their request and response types, and the catalog drawn from them.
