//! Requests as the SDKs write them, answers as they read them.

mod requests;
mod responses;
