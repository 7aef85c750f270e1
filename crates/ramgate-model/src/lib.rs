//! Ids, ARNs and the resources of Ramgate: plain data, no behaviour beyond validation.
