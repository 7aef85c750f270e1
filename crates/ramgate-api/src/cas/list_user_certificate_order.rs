//! ListUserCertificateOrder.

use crate::cas::{CAS, CERTIFICATE};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists certificates, page by page.
    ///
    /// Source: Certificate Management Service API reference 2020-04-07, ListUserCertificateOrder.
    ListUserCertificateOrder {
        product: CAS,
        bind: RPC,
        access: List,
        resource: (ALL or (CERTIFICATE, *)),
        conditions: [],
        request: ListUserCertificateOrderRequest,
        response: ListUserCertificateOrderResponse,
        errors: [],
    }
}

/// What [`ListUserCertificateOrder`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListUserCertificateOrderRequest {
    /// Part of a name, a domain or the resource id.
    pub keyword: Option<String>,
    /// `CERT` or `UPLOAD` for certificates, `CPACK` (where absent) or `BUY` for orders, of which there are none here.
    pub order_type: Option<String>,
    /// `ISSUED`, `WILLEXPIRED` or `EXPIRED`; those still valid where absent.
    pub status: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The page, counted from 1; 1 where absent.
    pub current_page: Option<i64>,
    /// Size of the page; 50 where absent.
    pub show_size: Option<i64>,
}

impl Validate for ListUserCertificateOrderRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("OrderType", self.order_type.as_deref(), &["CPACK", "BUY", "UPLOAD", "CERT"]);
        checker.one_of("Status", self.status.as_deref(), STATES);
        checker.range("CurrentPage", self.current_page, 1, i64::from(i32::MAX));
        checker.range("ShowSize", self.show_size, 1, 1000);
    }
}

const STATES: &[&str] =
    &["PAYED", "CHECKING", "CHECKED_FAIL", "ISSUED", "WILLEXPIRED", "EXPIRED", "NOTACTIVATED", "REVOKED"];

/// What [`ListUserCertificateOrder`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserCertificateOrderResponse {
    /// This page.
    pub certificate_order_list: Vec<CertificateOrder>,
    /// The page, counted from 1; 1 where absent.
    pub current_page: i64,
    /// Size of the page; 50 where absent.
    pub show_size: i64,
    /// How many there are on all pages.
    pub total_count: i64,
}

/// A certificate, or an order in the cloud. Only certificates exist here; fields of orders stay absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CertificateOrder {
    /// The name, 1–63 characters, unique in the account.
    pub name: String,
    /// The city of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The common name.
    pub common_name: String,
    /// The country of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub end_date: String,
    /// The fingerprint: SHA-1 in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The resource's id.
    pub instance_id: String,
    /// Who issued it.
    pub issuer: String,
    /// The organisation of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_name: Option<String>,
    /// The province of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Names covered, joined by commas.
    pub sans: String,
    /// The serial number in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_no: Option<String>,
    /// SHA-256 in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha2: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    pub start_date: String,
    /// The algorithm of the key, such as `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// The domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The kind of order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The state of the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `DV`, `OV`, `EV` or `FREE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_type: Option<String>,
    /// How many domains of which kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_type: Option<String>,
    /// The product's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_code: Option<String>,
    /// The product's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_name: Option<String>,
    /// The brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_brand: Option<String>,
    /// Whether it is renewed by the cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trustee_status: Option<String>,
    /// The order at the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_order_id: Option<String>,
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_id: Option<i64>,
    /// Whether it is past its end.
    pub expired: bool,
    /// Whether it was uploaded.
    pub upload: bool,
    /// The begin of validity, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_start_time: Option<i64>,
    /// The end of validity, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_end_time: Option<i64>,
    /// The order in the cloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aliyun_order_id: Option<i64>,
    /// When it was bought, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buy_date: Option<i64>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<i64>,
    /// How many domains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_count: Option<i64>,
    /// How many wildcard domains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wild_domain_count: Option<i64>,
}
