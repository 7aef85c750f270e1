//! Lists of addresses that may, or may not, come in.

mod add_black_white_list;
mod gateway_black_white_list;
mod get_black_white_list;
mod types;
mod update_black_white_list;

pub use add_black_white_list::{AddBlackWhiteList, AddBlackWhiteListRequest};
pub use gateway_black_white_list::{GatewayBlackWhiteList, GatewayBlackWhiteListRequest};
pub use get_black_white_list::{GetBlackWhiteList, GetBlackWhiteListRequest};
pub use types::BlackWhiteListFilter;
pub use update_black_white_list::{UpdateBlackWhiteList, UpdateBlackWhiteListRequest};
