//! What is answered when a file is not stored, not read or not sent.

use crate::{
    access::AccessError,
    attachments::ObjectsError,
    database::StoreError,
    graphql::{Caller, ErrorCode, NodeKind},
    language::{Argument, Message},
    server::refusal::Refusal,
    use_case::{Failure, Problem, ProblemKind},
};
use axum::http::StatusCode;
use uuid::Uuid;

/// The answer to a use case that did nothing. What of it is a refusal is noted, for the audit log.
pub(in crate::server) async fn of_use_case(
    caller: &Caller,
    operation: &str,
    subject: (NodeKind, Uuid),
    failure: Failure,
) -> Refusal {
    match failure {
        Failure::Problems(problems) => {
            for problem in problems.iter().filter(|problem| problem.is_refusal()) {
                let subject = Some((subject.0.table(), subject.1));
                if let Err(error) = caller.note_refusal(operation, &problem.message, subject).await {
                    return of_access(error);
                }
            }
            of_problems(&problems)
        }
        Failure::Unauthenticated => {
            caller.note_unknown();
            of_access(AccessError::Unknown)
        }
        Failure::Store(error) => of_store(&error),
    }
}

fn of_problems(problems: &[Problem]) -> Refusal {
    let (status, code) = match problems.first().map(|problem| &problem.kind) {
        None => (StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal),
        Some(ProblemKind::Forbidden | ProblemKind::SeparationOfDuties) => (StatusCode::FORBIDDEN, ErrorCode::Forbidden),
        Some(ProblemKind::NotFound) => (StatusCode::NOT_FOUND, ErrorCode::BadRequest),
        Some(ProblemKind::Invalid | ProblemKind::Invariant(_)) => (StatusCode::BAD_REQUEST, ErrorCode::BadRequest),
        Some(ProblemKind::Limit) => (StatusCode::CONFLICT, ErrorCode::LimitExceeded),
        Some(
            ProblemKind::Conflict { .. }
            | ProblemKind::IllegalTransition { .. }
            | ProblemKind::Incomplete { .. }
            | ProblemKind::Duplicate,
        ) => (StatusCode::CONFLICT, ErrorCode::BadRequest),
    };
    let messages: Vec<Message> = problems.iter().map(|problem| problem.message.clone()).collect();
    let sentences = Argument::Messages(messages, " ");
    Refusal::new(status, code, message!("request-sentences", sentences))
}

/// The answer to somebody who is not known, or when it cannot be found out who they are.
pub(in crate::server) fn of_access(error: AccessError) -> Refusal {
    match error {
        AccessError::Unknown => Refusal::invalid_token(message!("request-user-unknown")),
        AccessError::Store(error) => of_store(&error),
    }
}

/// The answer when the database fails.
pub(in crate::server) fn of_store(error: &StoreError) -> Refusal {
    tracing::error!(%error, "the database failed about a file");
    match error {
        StoreError::Unavailable(_) => Refusal::unavailable(message!("request-database-unavailable")),
        StoreError::Statement(_) | StoreError::Content(_) => internal(),
    }
}

/// The answer when the file store fails.
pub(in crate::server) fn of_objects(error: &ObjectsError) -> Refusal {
    tracing::error!(%error, "the file store failed");
    match error {
        // That a file is not there is no passing trouble.
        ObjectsError::Missing(_) | ObjectsError::Settings(_) => internal(),
        ObjectsError::Store(_) | ObjectsError::Read(_) | ObjectsError::Folder { .. } => {
            Refusal::unavailable(message!("request-file-store-unavailable"))
        }
    }
}

/// The answer to a fault of the service: its log knows the request by its id, in the answer's header.
pub(in crate::server) fn internal() -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Internal,
        message!("request-internal"),
    )
}
