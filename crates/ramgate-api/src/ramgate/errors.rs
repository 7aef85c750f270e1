//! Error codes of Ramgate's own API.

use crate::error::error_codes;

error_codes! {
    /// The import names something that neither it nor the account has.
    UNKNOWN_REFERENCE = "InvalidManifest.UnknownReference", 400, "The manifest names something that does not exist.";
    /// The import would break a limit or remove what is still in use.
    NOT_POSSIBLE = "InvalidManifest.NotPossible", 409, "The manifest cannot be applied.";
    /// More changes than one transaction holds.
    TOO_LARGE = "InvalidManifest.TooLarge", 400, "The manifest makes more changes than one import can carry.";
}
