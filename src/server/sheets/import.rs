use super::{IMPORT_POINTS, Sheets, kind_named, report::Report};
use crate::{
    attachments::Incoming,
    graphql::{Caller, ErrorCode, NodeKind},
    language::Argument,
    planning::{Import, ImportKind, Target},
    server::{
        failure,
        receiving::{arrived, forget, is_compressed, refuse_announced, unsupported},
        refusal::Refusal,
    },
    spreadsheet::{self, FileRefusal, Filled, MOST_BYTES},
    use_case::{Failure, Problem},
};
use axum::{
    body::BodyDataStream,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

/// What an import is: all that is said in its address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    kind: String,
    year: i32,
    department_code: Option<String>,
    committee_code: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// Imports a sheet: the body, as it is.
pub(super) async fn import(State(sheets): State<Sheets>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut chunks = body.into_data_stream();
    match sheets.receive(&parts, &mut chunks).await {
        Ok(answer) => answer,
        Err(refusal) => {
            forget(&parts.headers, chunks).await;
            refusal.into_response()
        }
    }
}

impl Sheets {
    async fn receive(&self, parts: &Parts, chunks: &mut BodyDataStream) -> Result<Response, Refusal> {
        let caller = self.sign_in.user(parts, IMPORT_POINTS).await?;
        let wanted: Wanted = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map_err(|error| Refusal::bad_request(message!("spreadsheet-import-head", error = error.to_string())))?;
        let kind = kind_named(&wanted.kind)?;
        refuse_declared(&parts.headers)?;
        refuse_announced(&parts.headers, MOST_BYTES)?;
        self.refuse_strangers(&caller, kind).await?;
        let incoming = arrived(self.objects.incoming(), chunks, MOST_BYTES).await?;
        let imported = self.carry_out(&caller, kind, wanted, &incoming).await;
        // What was refused is an event, whatever is answered.
        if let Err(error) = caller.conclude(Some(kind.operation()), &[]).await {
            return Err(failure::of_store(&error));
        }
        imported
    }

    /// Whoever may write nothing of the kind anywhere does not get to send it.
    async fn refuse_strangers(&self, caller: &Caller, kind: ImportKind) -> Result<(), Refusal> {
        let reader = caller.reader().await.map_err(failure::of_access)?;
        let rights = kind.rights();
        let stranger = rights.iter().all(|right| reader.reach(*right).is_empty());
        drop(reader);
        let refused = match rights.first().filter(|_| stranger) {
            Some(right) => {
                let message = message!("access-denied", right = right.term());
                let noted = caller.note_refusal(kind.operation(), &message, None).await;
                noted.map_err(failure::of_access)?;
                Err(Refusal::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, message))
            }
            None => Ok(()),
        };
        // No connection is held while the file arrives.
        let concluded = caller.conclude(Some(kind.operation()), &[]).await;
        concluded.map_err(|error| failure::of_store(&error))?;
        refused
    }

    async fn carry_out(
        &self,
        caller: &Caller,
        kind: ImportKind,
        wanted: Wanted,
        incoming: &Incoming,
    ) -> Result<Response, Refusal> {
        let Wanted {
            year,
            department_code,
            committee_code,
            dry_run,
            ..
        } = wanted;
        let target = Target {
            year,
            department_code,
            committee_code,
        };
        // What was read stays in memory until all is done. Nothing closes the semaphore.
        let turn = Arc::clone(&self.readings).acquire_owned().await.ok();
        let (import, filled, _turn) = read(kind, target, incoming, turn).await?;
        if dry_run || !filled.problems.is_empty() {
            let looked = match caller.reader().await {
                Ok(reader) => import.look(&reader).await,
                Err(error) => return Err(failure::of_access(error)),
            };
            return match looked {
                Ok(looked) => {
                    refuse_forbidden(caller, kind, &looked.problems).await?;
                    Ok(Report::looked(kind, dry_run, looked, filled).answer(caller))
                }
                Err(reason) => Err(failed(caller, kind, reason).await),
            };
        }
        match import.carry_out(caller.gate(), caller.use_case_request(None)).await {
            Ok(counts) => Ok(Report::done(kind, counts, filled).answer(caller)),
            Err(Failure::Problems(problems)) => {
                refuse_forbidden(caller, kind, &problems).await?;
                Ok(Report::refused(kind, problems, filled).answer(caller))
            }
            Err(reason) => Err(failed(caller, kind, reason).await),
        }
    }
}

async fn failed(caller: &Caller, kind: ImportKind, failed: Failure) -> Refusal {
    let subject = (NodeKind::ControlYear, Uuid::nil());
    failure::of_use_case(caller, kind.operation(), subject, failed).await
}

/// Reads a sheet. The reading has the turn itself: it goes on to its end although nobody may wait for it any more.
async fn read(
    kind: ImportKind,
    target: Target,
    incoming: &Incoming,
    turn: Option<OwnedSemaphorePermit>,
) -> Result<(Import, Filled, Option<OwnedSemaphorePermit>), Refusal> {
    let read = incoming.look(move |file| {
        let table = spreadsheet::read(file)?;
        Ok((table.map(|table| Import::of(kind, target, table)), turn))
    });
    let (read, turn) = read.await.map_err(|error| {
        tracing::error!(%error, "a sheet cannot be read");
        failure::internal()
    })?;
    let (import, filled) = read.map_err(|refusal| match refusal {
        FileRefusal::Unsupported(message) => unsupported(message),
        FileRefusal::TooLarge(message) => {
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::LimitExceeded, message)
        }
    })?;
    Ok((import, filled, turn))
}

/// A form is no sheet, and neither is what is packed once more.
fn refuse_declared(headers: &HeaderMap) -> Result<(), Refusal> {
    if is_compressed(headers) {
        return Err(unsupported(message!("request-file-compressed")));
    }
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let form = |declared: &str| {
        let declared = declared.to_ascii_lowercase();
        declared.starts_with("multipart/") || declared.starts_with("application/json")
    };
    match declared {
        Some(declared) if form(declared) => Err(unsupported(message!("spreadsheet-send-the-file"))),
        _ => Ok(()),
    }
}

/// What somebody may not do is refused as a whole, and the audit log is told of it.
async fn refuse_forbidden(caller: &Caller, kind: ImportKind, problems: &[Problem]) -> Result<(), Refusal> {
    let refusals: Vec<&Problem> = problems.iter().filter(|problem| problem.is_refusal()).collect();
    if refusals.is_empty() {
        return Ok(());
    }
    for problem in &refusals {
        let noted = caller.note_refusal(kind.operation(), &problem.message, None).await;
        noted.map_err(failure::of_access)?;
    }
    let mut messages: Vec<_> = refusals.iter().map(|problem| problem.message.clone()).collect();
    messages.dedup();
    let sentences = Argument::Messages(messages, " ");
    let message = message!("request-sentences", sentences);
    Err(Refusal::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, message))
}
