//! The smallest readable policy that allows what was used.
