use super::{Files, UPLOAD_POINTS, wanted::Wanted};
use crate::{
    attachments::{BeginUpload, Incoming, KeepUpload, ObjectKey, refuse_other_content, url},
    digest::sha256_hex,
    graphql::{Caller, NodeKind},
    server::{
        failure,
        receiving::{arrived, forget, too_large, unsupported},
        refusal::Refusal,
    },
    use_case::{Failure, Repeatable, UseCase, run},
};
use axum::{
    Json,
    body::BodyDataStream,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::io::Seek;
use uuid::Uuid;

/// Attaches a file: the body, as it is.
pub(super) async fn upload(State(files): State<Files>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut chunks = body.into_data_stream();
    match files.receive(&parts, &mut chunks).await {
        Ok(created) => created,
        Err(refusal) => {
            forget(&parts.headers, chunks).await;
            refusal.into_response()
        }
    }
}

impl Files {
    async fn receive(&self, parts: &Parts, chunks: &mut BodyDataStream) -> Result<Response, Refusal> {
        let caller = self.sign_in.user(parts, UPLOAD_POINTS).await?;
        let wanted = Wanted::of(parts, self.max_bytes())?;
        let attached = self.attach(&caller, &wanted, chunks).await;
        // What was refused is an event, whatever is answered.
        let operation = Some(KeepUpload::NAME);
        if let Err(error) = caller.conclude(operation, &[]).await {
            return Err(failure::of_store(&error));
        }
        attached
    }

    fn max_bytes(&self) -> u64 {
        u64::from(self.objects.max_bytes().get())
    }

    async fn attach(&self, caller: &Caller, wanted: &Wanted, chunks: &mut BodyDataStream) -> Result<Response, Refusal> {
        let id = Uuid::now_v7();
        let subject = wanted.subject;
        // Whoever may not attach anything there does not get to send it.
        if let Err(failure) = run(
            caller.gate(),
            caller.use_case_request(None),
            BeginUpload { id, subject },
        )
        .await
        {
            return Err(refused(caller, wanted, failure).await);
        }
        let incoming = arrived(self.objects.incoming(), chunks, self.max_bytes()).await?;
        self.refuse_content(wanted, &incoming).await?;
        let key = ObjectKey {
            municipality_id: caller.identity().municipality_id(),
            id,
        };
        let put = self.objects.put(key, &incoming).await;
        put.map_err(|error| failure::of_objects(&error))?;
        let keep = KeepUpload {
            id,
            subject,
            file_name: wanted.file_name.clone(),
            kind: wanted.kind,
            // The limit is one that fits.
            size: i32::try_from(incoming.size).map_err(|_| too_large(self.max_bytes()))?,
            sha256: incoming.sha256.clone(),
        };
        let repeatable = repeatable(wanted, &incoming)?;
        let kept = run(caller.gate(), caller.use_case_request(repeatable), keep).await;
        // Where the database failed it may be an attachment all the same: then only the announcement can tell.
        if !matches!(&kept, Err(Failure::Store(_))) && !matches!(&kept, Ok(kept) if *kept == id) {
            self.discard(key).await;
        }
        match kept {
            Ok(id) => created(id, wanted, &incoming),
            Err(failure) => Err(refused(caller, wanted, failure).await),
        }
    }

    /// Removes what did not become an attachment. When that fails, it is removed later.
    async fn discard(&self, key: ObjectKey) {
        if let Err(error) = self.objects.remove(key).await {
            tracing::warn!(%error, "an upload that is not needed stays in the file store for now");
        }
    }

    async fn refuse_content(&self, wanted: &Wanted, incoming: &Incoming) -> Result<(), Refusal> {
        let kind = wanted.kind;
        let looked = incoming.look(move |file| {
            file.rewind()?;
            refuse_other_content(kind, file)
        });
        let found = looked.await.map_err(|error| {
            tracing::error!(%error, "an upload cannot be read");
            failure::internal()
        })?;
        found.map_err(|problem| unsupported(problem.message()))
    }
}

async fn refused(caller: &Caller, wanted: &Wanted, failure: Failure) -> Refusal {
    failure::of_use_case(caller, KeepUpload::NAME, wanted.subject.parts(), failure).await
}

/// The client's key with the digest of what it sent.
fn repeatable(wanted: &Wanted, incoming: &Incoming) -> Result<Option<Repeatable>, Refusal> {
    let Some(key) = wanted.idempotency_key.clone() else {
        return Ok(None);
    };
    let input = json!({
        "subjectId": wanted.subject_id,
        "fileName": wanted.file_name,
        "sha256": incoming.sha256,
    });
    let input = serde_json_canonicalizer::to_vec(&input).map_err(|error| {
        tracing::error!(%error, "an upload has no digest");
        failure::internal()
    })?;
    Ok(Some(Repeatable {
        key,
        input_hash: sha256_hex(&input),
    }))
}

fn created(id: Uuid, wanted: &Wanted, incoming: &Incoming) -> Result<Response, Refusal> {
    let url = url(id);
    let body = json!({
        "id": *NodeKind::Attachment.encode(id),
        "subjectId": wanted.subject_id,
        "fileName": wanted.file_name,
        "mediaType": wanted.kind.media_type(),
        "size": incoming.size,
        "sha256": incoming.sha256,
        "url": url,
    });
    let location = HeaderValue::try_from(url).map_err(|_| failure::internal())?;
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}
