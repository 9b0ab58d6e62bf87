//! Changing the own account: nickname, picture, year of admission, settings (ACC-12).

use super::UserResponse;
use super::settings::{self, SettingsPatchBody};
use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{admission_year, check_admission_year};
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::accounts::{Nickname, SettingsPatch, UpdateMe, update_me};
use madang_domain::ids::MediaId;
use utoipa::ToSchema;
use uuid::Uuid;

pub(super) fn route() -> Route {
    Route::patch("/me", Who::guest(), handle)
        .summary("Change the own account")
        .body::<UpdateMeBody>()
        .answers_detail::<UserResponse>(200)
        .problems(&[Code::NicknameCooldown])
}

/// What is absent stays.
#[derive(ToSchema)]
#[schema(as = UpdateMe)]
pub(super) struct UpdateMeBody {
    /// 2 to 10 letters and digits of any script.
    #[schema(value_type = Option<String>, nullable = false, min_length = 2, max_length = 10)]
    nickname: Option<Nickname>,
    /// The picture, uploaded before; null takes it away.
    #[schema(value_type = Option<Uuid>)]
    image_upload_id: Option<Option<Uuid>>,
    /// From 1950 to the next year.
    #[schema(nullable = false, minimum = 1950)]
    admission_year: Option<i32>,
    #[schema(value_type = Option<SettingsPatchBody>, nullable = false)]
    settings: SettingsPatch,
}

/// Fields of the account that nobody changes here.
const READ_ONLY: [&str; 14] = [
    "username",
    "email",
    "pending_email",
    "email_verified_at",
    "enrolment_verified_at",
    "nickname_changeable_at",
    "image_url",
    "school",
    "role",
    "is_staff",
    "is_superuser",
    "state",
    "restricted_until",
    "managed_boards",
];

impl Body for UpdateMeBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        fields.read_only(&READ_ONLY);
        let policy = fields.policy();
        let parse_nickname = |text: &str| Nickname::parse(text, &policy.accounts);
        let nickname = fields.optional("nickname", value::parsed(parse_nickname));
        let image = fields.nullable("image_upload_id", value::id::<Uuid>);
        let admission_year = fields.optional("admission_year", admission_year);
        let settings = fields.optional("settings", settings::patch(policy));
        Some(Self {
            nickname: nickname?,
            image_upload_id: image?,
            admission_year: admission_year?,
            settings: settings?.unwrap_or_default(),
        })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let now = call.moment().now;
    let command = call.body::<UpdateMeBody>().and_then(|body| {
        let UpdateMeBody { nickname, image_upload_id, admission_year, settings } = body;
        if let Some(Err(code)) = admission_year.map(|year| check_admission_year(year, now)) {
            return Err(Problem::field("admission_year", code));
        }
        let image = image_upload_id.map(|image| image.map(MediaId::from));
        Ok(UpdateMe { nickname, image, admission_year, settings })
    });
    let (precondition, viewer) = (call.precondition(), call.viewer());
    let changed = call.write(
        command,
        move |uow, ctx, command| {
            update_me(uow, ctx, command, &|me| {
                precondition.holds_for(&viewer, |viewer| UserResponse::new(me, viewer))
            })
        },
        |reply, me| reply.detail(&UserResponse::new(&me, reply.viewer())),
    );
    changed.await
}
