//! Request signatures of the Alibaba Cloud SDKs: canonicalise, sign, verify.
//!
//! For: telling who signed a management request and with which scheme ([`identify`]), which operation the signed part of
//! it names ([`operation`]), whether the signature holds ([`verify`]), and whether the request was seen before
//! ([`ReplayGuard`]). The command line and the tests use the other direction, [`sign_v3`], [`sign_rpc_v1`] and
//! [`sign_roa_v1`].
//!
//! Not for: looking up access keys, checking security tokens, authorization, or turning bytes into an HTTP request. The
//! crate is pure: no I/O, no clock (the time is an argument), no async, and no panic on any input.
//!
//! ```text
//! raw request ──identify──▶ Presented ──(caller finds the key)──▶ verify ──▶ Verified ──▶ ReplayGuard
//!       │                      │                                                │
//!       └──────operation───────┘                                   rpc_parameters / query_parameters
//! ```
//!
//! Order of checks for a server: [`identify`] and [`operation`] (structure, required fields), access key known and
//! active, [`check_time`], security token, [`verify`] (which repeats the cheap time check), [`ReplayGuard`], then
//! authorization.
//!
//! # What was signed is what runs
//!
//! Each scheme has corners where one signature fits several requests. The rules that close them, each with a test:
//!
//! - `Authorization` and every `x-acs-*` header may occur once; with V3 every `x-acs-*` header on the wire, `host`, and the
//!   content type of a non-empty body have to be among the signed headers.
//! - RPC signature version 1.0 covers neither path nor headers: it is accepted for `/` only, operation and version come
//!   from the signed parameters, and a body that is not a form is refused.
//! - Where a client signs without its empty parameters, those parameters were not signed and are left out of
//!   [`Verified::rpc_parameters`].
//! - A canonical form that could also belong to another request (names signed raw that contain `%`, `&` or `=`; decoded
//!   paths that contain `/`, `?` or `%`; ROA version 1 values with `&`) is never tried.
//!
//! # Sizes
//!
//! The caller bounds the request head and the body before it calls: every function here works in time and memory linear
//! in what it is given: one hash over the body, up to six MACs over the head for V3, four over the parameters for RPC version
//! 1, twenty over the head for ROA version 1, and [`MAX_PARAMETERS`] decoded parameters. A body must be complete and free
//! of transfer coding.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unreachable
)]

mod encoding;
mod error;
mod identify;
mod limits;
mod mac;
mod operation;
mod parameters;
mod replay;
mod request;
mod roa_v1;
mod rpc_v1;
mod secret;
mod sign;
mod time;
mod v3;
mod verify;

pub use encoding::{decode_path_segment, percent_encode};
pub use error::{Mismatch, SignatureError, TokenProblem};
pub use identify::{Algorithm, Presented, Scheme, SchemeKind, identify};
pub use limits::{Limits, RoaV1Rule, Window};
pub use operation::{OperationName, operation};
pub use parameters::{MAX_PARAMETERS, Parameters, query_parameters, rpc_parameters};
pub use replay::{Fingerprint, FullScope, ReplayCheck, ReplayEntry, ReplayGuard};
pub use request::WireRequest;
pub use secret::{SecretKey, SecurityToken};
pub use sign::{Call, Credentials, SignedCall, sign_roa_v1, sign_rpc_v1, sign_v3};
pub use time::UnixTime;
pub use verify::{Verified, check_time, verify};
