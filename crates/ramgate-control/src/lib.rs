//! The management plane: dispatcher, authorization, handlers, audit, over HTTP.
