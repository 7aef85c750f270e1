//! ListSslCerts.

use super::SslCert;
use crate::apig::{APIG, SSL_CERT, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists certificates that domains can use, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListSslCerts.
    ListSslCerts {
        product: APIG,
        bind: (GET "/v1/ssl/certs"),
        access: None,
        resource: (ALL or (SSL_CERT, *)),
        conditions: [],
        request: ListSslCertsRequest,
        response: ListSslCertsResponse,
        errors: [],
    }
}

/// What [`ListSslCerts`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListSslCertsRequest {
    /// Part of the certificate's name.
    pub cert_name_like: Option<String>,
    /// Tell whether certificates cover this domain.
    pub domain_name: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListSslCertsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListSslCerts`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListSslCertsResponse {
    /// This page.
    pub items: Vec<SslCert>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}
