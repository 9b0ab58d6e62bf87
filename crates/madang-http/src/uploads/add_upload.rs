//! `POST /uploads`

use super::form;
use super::response::UploadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use chrono::TimeDelta;
use madang_domain::ids::BlobId;
use madang_domain::media::{AddUpload, ImageLimits, add_upload};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::time::timeout;
use utoipa::ToSchema;

/// How long an upload waits before it is read, while as many as fit into memory are being read.
const WAIT: Duration = Duration::from_secs(10);

pub(crate) fn route() -> Route {
    Route::post("/uploads", Who::student().unrestricted(), handle)
        .summary("Upload a picture")
        .form::<UploadFormBody>(form::max_bytes)
        .answers_detail::<UploadResponse>(201)
        .problems(&[Code::LimitReached])
}

/// A picture, and what it is for.
#[derive(ToSchema)]
#[schema(as = UploadForm)]
#[expect(dead_code, reason = "documents the form, which is read field by field")]
struct UploadFormBody {
    /// JPEG, PNG, GIF or WebP, whatever it is called.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// `post` or `profile`.
    purpose: String,
}

async fn handle(mut call: Call) -> Result<Answer, Problem> {
    // Whoever may not upload is told so before anything is read; how many uploads there are is judged last.
    call.read(call.nothing(), |_, _, ()| Ok::<_, Problem>(())).await?;
    let api = std::sync::Arc::clone(call.api());
    let slot = timeout(WAIT, api.upload_slots.acquire()).await;
    let Ok(Ok(_slot)) = slot else {
        return Err(Problem::retry_after(Code::ServiceBusy, TimeDelta::seconds(5)));
    };
    let form = form::read(&mut call).await?;
    // A repeated form has another boundary, but is the same request.
    let mut said = Sha256::new_with_prefix(form.purpose.as_str());
    said.update(&form.file);
    call.says(said.finalize().to_vec());

    let (blob, purpose): (BlobId, _) = (call.moment().fresh(), form.purpose);
    let policy = &call.moment().policy.media;
    let limits = ImageLimits { max_bytes: policy.max_bytes, max_side: policy.max_side };
    let image = api.gallery.take_in(blob, form.file, purpose, limits).await?;
    let policy = policy.clone();
    let answer = call
        .write(
            Ok(AddUpload { blob, purpose, image }),
            |uow, ctx, command| add_upload(uow, ctx, *command),
            move |reply, upload| {
                let body = UploadResponse::new(&upload, &policy, reply.viewer());
                reply.created(&format!("/media/{}/full", upload.id), &body)
            },
        )
        .await;
    if is_unused(&answer)
        && let Err(error) = api.gallery.erase(blob).await
    {
        // What was answered stays true; the doctor finds what is left.
        tracing::warn!(error = &error as &dyn std::error::Error, "the files of an unused upload stay");
    }
    answer
}

/// Whether no row knows the files: the request was refused, or is the repetition of one that was answered. After a fault
/// nobody knows; files without a row are found by the doctor.
fn is_unused(answer: &Result<Answer, Problem>) -> bool {
    match answer {
        Ok(answer) => {
            answer.status != StatusCode::CREATED
                || answer.header(&HeaderName::from_static("idempotency-replayed")).is_some()
        }
        Err(problem) => !problem.is_fault(),
    }
}
