//! Login profiles as RAM shows them.

use super::lookup;
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::logon::profiles::{self, Change, Changed};
use crate::node::Cx;
use ramgate_api::ram::{
    ChangePassword, CreateLoginProfile, CreateLoginProfileResponse, DeleteLoginProfile, GetLoginProfile,
    GetLoginProfileResponse, LoginProfile, UpdateLoginProfile, UpdateLoginProfileResponse,
};
use ramgate_api::{ApiError, Empty, Secret};
use ramgate_model as model;

fn shown(user: &model::User, profile: &model::LoginProfile, made: Option<Secret>) -> LoginProfile {
    LoginProfile {
        create_date: iso8601(profile.created_at),
        mfa_bind_required: profile.mfa_bind_required,
        password_reset_required: profile.password_reset_required,
        user_name: user.name.clone(),
        password: made,
    }
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateLoginProfile>,
) -> Result<CreateLoginProfileResponse, ApiError> {
    let request = &call.request;
    let user = lookup::user(&cx.account(), &request.user_name)?.clone();
    let change = Change {
        password: request.password.as_ref(),
        generate: request.generate_password == Some(true),
        reset_required: request.password_reset_required,
        mfa_bind_required: request.mfa_bind_required,
        active: None,
    };
    let Changed { profile, made } = profiles::create(&cx, &user, change).await?;
    Ok(CreateLoginProfileResponse { login_profile: shown(&user, &profile, made) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetLoginProfile>) -> Result<GetLoginProfileResponse, ApiError> {
    let account = cx.account();
    let user = lookup::user(&account, &call.request.user_name)?;
    Ok(GetLoginProfileResponse { login_profile: shown(user, profiles::of(&account, user)?, None) })
}

pub(super) async fn update(
    cx: Cx,
    call: Authorized<UpdateLoginProfile>,
) -> Result<UpdateLoginProfileResponse, ApiError> {
    let request = &call.request;
    let user = lookup::user(&cx.account(), &request.user_name)?.clone();
    let change = Change {
        password: request.password.as_ref(),
        generate: request.generate_password == Some(true),
        reset_required: request.password_reset_required,
        mfa_bind_required: request.mfa_bind_required,
        active: None,
    };
    let changed = profiles::update(&cx, &user, change).await?;
    Ok(UpdateLoginProfileResponse { password: changed.made })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteLoginProfile>) -> Result<Empty, ApiError> {
    let user = lookup::user(&cx.account(), &call.request.user_name)?.clone();
    profiles::delete(&cx, &user).await?;
    Ok(Empty)
}

pub(super) async fn change_password(cx: Cx, call: Authorized<ChangePassword>) -> Result<Empty, ApiError> {
    profiles::change_own(&cx, &call.caller, &call.request.old_password, &call.request.new_password).await?;
    Ok(Empty)
}
