//! Regular expressions, tried before use.

mod get_reg_exp_check;
mod get_reg_exp_test;

pub use get_reg_exp_check::{GetRegExpCheck, GetRegExpCheckRequest};
pub use get_reg_exp_test::{GetRegExpTest, GetRegExpTestRequest};
