//! Operations that are declared, authorised and audited, and not built.

use crate::dispatch::Dispatcher;
use ramgate_api::ims::*;

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = applications(dispatcher);
    dispatcher
        .not_yet::<CreateServiceCredential>()
        .not_yet::<GetServiceCredential>()
        .not_yet::<UpdateServiceCredential>()
        .not_yet::<DeleteServiceCredential>()
        .not_yet::<ListServiceCredentials>()
        .not_yet::<ListPasskeys>()
        .not_yet::<UpdatePasskey>()
        .not_yet::<DeletePasskey>()
        .not_yet::<GenerateGovernanceReport>()
        .not_yet::<GetGovernanceReportStatus>()
        .not_yet::<GetGovernanceItemReport>()
        .not_yet::<ListRecentGovernanceMetrics>()
}

/// OAuth applications.
fn applications(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .not_yet::<CreateApplication>()
        .not_yet::<GetApplication>()
        .not_yet::<UpdateApplication>()
        .not_yet::<DeleteApplication>()
        .not_yet::<ListApplications>()
        .not_yet::<CreateAppSecret>()
        .not_yet::<GetAppSecret>()
        .not_yet::<DeleteAppSecret>()
        .not_yet::<ListAppSecretIds>()
        .not_yet::<ListPredefinedScopes>()
        .not_yet::<ProvisionApplication>()
        .not_yet::<DeprovisionApplication>()
        .not_yet::<GetApplicationProvisionInfo>()
        .not_yet::<ListApplicationProvisionInfos>()
        .not_yet::<ProvisionExternalApplication>()
        .not_yet::<DeprovisionExternalApplication>()
        .not_yet::<GetExternalApplication>()
        .not_yet::<ListExternalApplications>()
}
