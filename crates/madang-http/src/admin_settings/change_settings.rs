//! `PATCH /admin/settings`

use super::response::SettingsDocument;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Faults, Fields, Node, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::site_settings::{ChangeSettings, Setting, SettingValue, change_settings};
use madang_domain::text::FieldError;
use std::sync::Arc;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/admin/settings", Who::admin(), handle)
        .summary("Change settings of the site")
        .body::<ChangeSettingsBody>()
        .answers_detail::<SettingsDocument>(200)
        .if_match_required()
}

/// What changes, by key; null goes back to what the server was started with.
#[derive(ToSchema)]
#[schema(as = ChangeSettings, value_type = BTreeMap<String, Value>)]
pub(crate) struct ChangeSettingsBody(ChangeSettings);

impl Body for ChangeSettingsBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let mut changes = ChangeSettings::new();
        for (key, node) in fields.rest() {
            match setting(node) {
                Ok(change) => drop(changes.insert(key, change)),
                Err(_) => fields.refuse(&key, FieldError::Invalid).unwrap_or_default(),
            }
        }
        fields.is_clean().then_some(Self(changes))
    }
}

fn setting(node: Node) -> Result<Option<SettingValue>, Faults> {
    Ok(match node {
        Node::Null => None,
        Node::Bool(truth) => Some(SettingValue::Truth(truth)),
        Node::Int(number) => Some(SettingValue::Whole(number)),
        list @ Node::List(_) => {
            let words = value::list(usize::MAX, value::parsed(|text| Ok(text.to_owned())));
            Some(SettingValue::Texts(words(list)?))
        }
        _ => return Err(FieldError::Invalid.into()),
    })
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let catalogue = Arc::clone(call.api().policy.catalogue());
    let precondition = call.precondition();
    let answer = call
        .write(
            call.body::<ChangeSettingsBody>(),
            move |uow, ctx, ChangeSettingsBody(changes)| {
                let as_seen = |seen: &[Setting]| precondition.holds(|| SettingsDocument::new(seen));
                change_settings(uow, ctx, &*catalogue, changes, &as_seen)
            },
            |reply, settings| reply.detail(&SettingsDocument::new(&settings)),
        )
        .await?;
    // Later requests on this node are judged by it; the others read it within a second.
    call.api().policy.refresh(&call.api().store).await?;
    Ok(answer)
}
