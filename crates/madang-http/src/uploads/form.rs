//! Reading the form of an upload, with no more memory than one picture may take.

use crate::call::Call;
use crate::problem::{Code, FieldProblem, Problem};
use actix_multipart::{Field, Multipart};
use futures_util::TryStreamExt;
use madang_domain::media::Purpose;
use madang_domain::policy::Policy;
use madang_domain::text::FieldError;
use std::time::Duration;
use tokio::time::timeout;

/// How long a whole form may take: a large picture over a slow line.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the boundaries and headers of a form may take beside the picture.
const FRAME: usize = 64 * 1024;

/// What any other field of the form may take.
const TEXT: usize = 1024;

/// How many fields are read at most.
const FIELDS: usize = 8;

/// What is uploaded, and what for.
pub(super) struct UploadForm {
    pub(super) file: Vec<u8>,
    pub(super) purpose: Purpose,
}

/// How large a form may say it is.
pub(super) fn max_bytes(policy: &Policy) -> usize {
    policy.media.max_bytes + FRAME
}

/// Reads the form, whose type and declared length have been judged.
///
/// # Errors
/// `payload_too_large` for a picture that is larger than anybody said, `malformed_request` for a form that breaks off, and
/// the refused fields.
pub(super) async fn read(call: &mut Call) -> Result<UploadForm, Problem> {
    let max = call.moment().policy.media.max_bytes;
    let payload = call.take_payload().ok_or_else(|| Problem::internal("the payload was taken before"))?;
    let form = Multipart::new(call.headers(), payload);
    timeout(PATIENCE, fields(form, max)).await.map_err(|_| Problem::from(Code::MalformedRequest))?
}

async fn fields(mut form: Multipart, max: usize) -> Result<UploadForm, Problem> {
    let (mut file, mut purpose, mut refused) = (None, None, Vec::new());
    let mut count = 0;
    while let Some(mut field) = form.try_next().await.map_err(|_| Problem::from(Code::MalformedRequest))? {
        count += 1;
        if count > FIELDS {
            return Err(Code::MalformedRequest.into());
        }
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" if file.is_none() => file = Some(bytes(&mut field, max).await?),
            "purpose" if purpose.is_none() => purpose = Some(bytes(&mut field, TEXT).await?),
            "file" | "purpose" => return Err(Code::MalformedRequest.into()),
            _ => {
                bytes(&mut field, TEXT).await?;
                refused.push(FieldProblem::new(name, FieldError::UnknownField));
            }
        }
    }
    let purpose = match &purpose {
        None => Err(FieldError::Required),
        Some(word) => {
            std::str::from_utf8(word).ok().and_then(Purpose::from_word).ok_or(FieldError::InvalidChoice)
        }
    };
    let file = match file {
        None => Err(FieldError::Required),
        Some(file) if file.is_empty() => Err(FieldError::InvalidImage),
        Some(file) => Ok(file),
    };
    match (file, purpose) {
        (Ok(file), Ok(purpose)) if refused.is_empty() => Ok(UploadForm { file, purpose }),
        (file, purpose) => {
            refused.extend(file.err().map(|code| FieldProblem::new("file", code)));
            refused.extend(purpose.err().map(|code| FieldProblem::new("purpose", code)));
            Err(Problem::fields(refused))
        }
    }
}

/// The bytes of a field, which are never more than `max` in memory.
async fn bytes(field: &mut Field, max: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.try_next().await.map_err(|_| Problem::from(Code::MalformedRequest))? {
        if bytes.len() + chunk.len() > max {
            return Err(Code::PayloadTooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
