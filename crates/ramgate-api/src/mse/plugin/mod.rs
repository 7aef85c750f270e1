//! Plugins.

mod check_plugin_lua;
mod get_plugin_guide;
mod upload_wasm_file;

pub use check_plugin_lua::{CheckPluginLua, CheckPluginLuaRequest};
pub use get_plugin_guide::{GetPluginGuide, GetPluginGuideRequest};
pub use upload_wasm_file::{UploadWasmFile, UploadWasmFileRequest};
