//! Exact answers about RAM policies, beyond single decisions.
//!
//! ```text
//!  Estate (principals with their policies) ─┬─ simulate   what happens to these requests, and what if …
//!                                           ├─ who_can    everyone who may do this, and by which statement
//!                                           ├─ lint       what is dangerous, useless or said twice
//!                                           └─ least      the smallest policy that allows what was used
//!  old policies, new policies ────────────────  diff      equal, narrower, wider or neither: proven, with examples
//! ```
//!
//! Pure, like the policy engine that it stands on: no I/O, no clock, no store. Whoever calls it brings the policies. What an
//! answer claims, the engine confirms: every example request decides as the answer says.

pub mod diff;
mod estate;
mod globs;
pub mod least;
pub mod lint;
mod regions;
pub mod simulate;
pub mod usage;
pub mod who_can;

pub use estate::{Estate, EstateGroup, EstateIndex, EstatePolicy, EstatePrincipal, PrincipalId};
