//! The operations of the log service and of ARMS that policies for gateways name: authorised, audited and listed here.
//! None has a handler yet.

use crate::dispatch::Dispatcher;
use ramgate_api::{arms, log};

/// Adds them.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .not_yet::<log::DescribeService>()
        .not_yet::<log::ListProject>()
        .not_yet::<log::GetProductDataCollection>()
        .not_yet::<log::OpenProductDataCollection>()
        .not_yet::<arms::SearchContactGroup>()
}
