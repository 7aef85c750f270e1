//! Error codes of IMS beyond those of RAM. Source: IMS API reference 2019-08-15.
