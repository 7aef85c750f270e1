//! Rate limits of routes, in the form of the first gateway release.

mod add_rate_limit;
mod get_rate_limit;
mod update_rate_limit;

pub use add_rate_limit::{AddRateLimit, AddRateLimitRequest};
pub use get_rate_limit::{GetRateLimit, GetRateLimitRequest};
pub use update_rate_limit::{UpdateRateLimit, UpdateRateLimitRequest};
