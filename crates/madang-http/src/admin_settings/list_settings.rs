//! `GET /admin/settings`

use super::response::SettingsDocument;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::site_settings::list_settings;
use std::sync::Arc;

pub(crate) fn route() -> Route {
    Route::get("/admin/settings", Who::admin(), handle)
        .summary("Read the settings that may be changed while the site runs")
        .answers_detail::<SettingsDocument>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let catalogue = Arc::clone(call.api().policy.catalogue());
    let settings = call.read(call.nothing(), move |uow, _, ()| list_settings(uow, &*catalogue)).await?;
    Ok(call.reply().detail(&SettingsDocument::new(&settings)))
}
