//! Request signatures of the Alibaba Cloud SDKs: canonicalise, sign, verify.
