//! What an answer may tell about what went wrong.

use async_graphql::{ServerError, Value};

use crate::graphql::{
    error::{ErrorCode, RequestError, has_code, set_code},
    request_id::RequestId,
};

/// Before execution only the request can be wrong: syntax, validation, the choice of an operation.
pub(super) fn code_request_errors(errors: &mut [ServerError]) {
    for error in errors.iter_mut().filter(|error| !has_code(error)) {
        set_code(error, ErrorCode::BadRequest);
    }
}

/// Leaves out what async-graphql proposes instead of an unknown name.
pub(super) fn leave_out_suggestions(errors: &mut [ServerError]) {
    for error in errors {
        if let Some(end) = error.message.find(" Did you mean") {
            error.message.truncate(end);
        }
    }
}

/// Answers an error of the execution that has no code with no more than that it happened; the log has the rest.
pub(super) fn mask_internals(errors: &mut [ServerError], request: RequestId) {
    for error in errors {
        if !has_code(error) && is_about_input(error) {
            set_code(error, ErrorCode::BadRequest);
        } else if !has_code(error) || is_untold_internal(error) {
            tracing::error!(
                request_id = %request,
                path = ?error.path,
                error = error.message,
                "a field failed"
            );
            let masked = RequestError::internal(request);
            *error = ServerError {
                path: std::mem::take(&mut error.path),
                locations: std::mem::take(&mut error.locations),
                ..masked
            };
        }
    }
}

/// Whether async-graphql refused the value of an argument. Its own scalars and validators cannot be told to set a code;
/// their messages (`InputValueError`) name a type of the schema and what the client sent.
fn is_about_input(error: &ServerError) -> bool {
    error.source.is_none()
        && ["Failed to parse \"", "Expected input type \""]
            .iter()
            .any(|start| error.message.starts_with(start))
}

fn is_untold_internal(error: &ServerError) -> bool {
    let Some(values) = &error.extensions else { return false };
    let internal = Value::from(ErrorCode::Internal.as_str());
    values.get("code") == Some(&internal) && values.get("requestId").is_none()
}
