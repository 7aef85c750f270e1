//! Where a browser says that a request comes from. Programs that are no browsers say nothing, and need not.

use crate::dispatch::RawRequest;
use ramgate_api::ApiError;
use ramgate_api::console::codes;

/// Refuses what a page of another origin made a browser ask.
///
/// # Errors
/// `CrossSiteRequest`.
pub(super) fn check(request: &RawRequest) -> Result<(), ApiError> {
    let values = |name: &'static str| {
        let named = request.headers.iter().filter(move |(header, _)| header.eq_ignore_ascii_case(name));
        named.map(|(_, value)| String::from_utf8_lossy(value).trim().to_ascii_lowercase())
    };
    // `same-site` is another host of the same domain: not ours.
    let foreign = values("sec-fetch-site").any(|site| site != "same-origin" && site != "none");
    let host = values("host").next().unwrap_or_default();
    let scheme = if request.secure { "https" } else { "http" };
    let own = format!("{scheme}://{host}");
    match values("origin").find(|origin| *origin != own) {
        Some(origin) => {
            let shown: String = origin.chars().take(128).collect();
            Err(codes::CROSS_SITE_REQUEST
                .with(format!("{} (`{shown}`, not `{own}`)", codes::CROSS_SITE_REQUEST.message)))
        }
        None if foreign => Err(codes::CROSS_SITE_REQUEST.error()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn allowed(secure: bool, headers: &[(&str, &str)]) -> bool {
        let headers = headers.iter().chain(&[("Host", "gate.example:9080")]);
        let request = RawRequest {
            method: "POST".into(),
            target: "/".into(),
            headers: headers.map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect(),
            body: Bytes::new(),
            source_ip: [127, 0, 0, 1].into(),
            secure,
        };
        check(&request).is_ok()
    }

    #[test]
    fn own_pages_and_programs_may_ask() {
        assert!(allowed(false, &[]));
        assert!(allowed(false, &[("Origin", "http://gate.example:9080"), ("Sec-Fetch-Site", "same-origin")]));
        assert!(allowed(true, &[("Origin", "https://GATE.example:9080")]));
        assert!(allowed(false, &[("Sec-Fetch-Site", "none")]));
    }

    #[test]
    fn pages_of_other_origins_may_not() {
        for origin in [
            "null",
            "",
            "http://evil.example",
            "https://gate.example:9080",
            "http://gate.example",
            "http://gate.example:9080.evil.example",
            "http://a.gate.example:9080",
        ] {
            assert!(!allowed(false, &[("Origin", origin)]), "{origin}");
        }
        assert!(!allowed(false, &[("Origin", "http://gate.example:9080"), ("Origin", "http://evil.example")]));
        for site in ["cross-site", "same-site"] {
            assert!(!allowed(false, &[("Sec-Fetch-Site", site)]), "{site}");
        }
    }
}
