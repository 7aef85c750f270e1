//! Login profiles as IMS shows them.

use super::logon_user::named;
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::logon::profiles::{self, Change, Changed};
use crate::logon::{settings, state_of};
use crate::node::Cx;
use ramgate_api::ims::{
    ChangePassword, CreateLoginProfile, CreateLoginProfileResponse, DeleteLoginProfile, GetLoginProfile,
    GetLoginProfileResponse, LoginProfile, UpdateLoginProfile, UpdateLoginProfileResponse,
};
use ramgate_api::{ApiError, Empty, Secret};
use ramgate_model as model;

fn shown(cx: &Cx, user: &model::User, profile: &model::LoginProfile, made: Option<Secret>) -> LoginProfile {
    let account = cx.account();
    let policy = settings::password_policy(&account);
    let password_status = match profile.initial {
        false => "NotInitial",
        true if profiles::initial_expired(profile, &policy, cx.now()) => "InitialExpired",
        true => "InitialValid",
    };
    let max_idle_days = settings::security_preference(&account).max_idle_days_for_users;
    let state = state_of(&account, user);
    let usable = profile.active && !profiles::idle(profile, &state, max_idle_days, cx.now());
    LoginProfile {
        auto_disable_login_status: Some("Active".to_owned()),
        last_login_time: state.last_logon_at.map(iso8601),
        mfa_bind_required: profile.mfa_bind_required,
        password_reset_required: profile.password_reset_required,
        password_status: password_status.to_owned(),
        status: if usable { "Active" } else { "Inactive" }.to_owned(),
        update_date: iso8601(profile.updated_at),
        user_principal_name: cx.logon_names().logon_name(&account, &user.name),
        password: made,
    }
}

fn active(status: Option<&str>) -> Option<bool> {
    status.filter(|status| !status.is_empty()).map(|status| status == "Active")
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateLoginProfile>,
) -> Result<CreateLoginProfileResponse, ApiError> {
    let request = &call.request;
    let user = named(&cx, &request.user_principal_name)?;
    let change = Change {
        password: request.password.as_ref(),
        generate: request.generate_password == Some(true),
        reset_required: request.password_reset_required,
        mfa_bind_required: request.mfa_bind_required,
        active: active(request.status.as_deref()),
    };
    let Changed { profile, made } = profiles::create(&cx, &user, change).await?;
    Ok(CreateLoginProfileResponse { login_profile: shown(&cx, &user, &profile, made) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetLoginProfile>) -> Result<GetLoginProfileResponse, ApiError> {
    let user = named(&cx, &call.request.user_principal_name)?;
    let account = cx.account();
    let profile = profiles::of(&account, &user)?;
    Ok(GetLoginProfileResponse { login_profile: shown(&cx, &user, profile, None) })
}

pub(super) async fn update(
    cx: Cx,
    call: Authorized<UpdateLoginProfile>,
) -> Result<UpdateLoginProfileResponse, ApiError> {
    let request = &call.request;
    let user = named(&cx, &request.user_principal_name)?;
    let change = Change {
        password: request.password.as_ref(),
        generate: request.generate_password == Some(true),
        reset_required: request.password_reset_required,
        mfa_bind_required: request.mfa_bind_required,
        active: active(request.status.as_deref()),
    };
    let Changed { profile, made } = profiles::update(&cx, &user, change).await?;
    Ok(UpdateLoginProfileResponse { login_profile: shown(&cx, &user, &profile, made) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteLoginProfile>) -> Result<Empty, ApiError> {
    let user = named(&cx, &call.request.user_principal_name)?;
    profiles::delete(&cx, &user).await?;
    Ok(Empty)
}

pub(super) async fn change_password(cx: Cx, call: Authorized<ChangePassword>) -> Result<Empty, ApiError> {
    profiles::change_own(&cx, &call.caller, &call.request.old_password, &call.request.new_password).await?;
    Ok(Empty)
}
