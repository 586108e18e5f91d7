use super::{Sheets, TEMPLATE_POINTS, exported, kind_named};
use crate::{
    server::{accept_language, failure, refusal::Refusal},
    spreadsheet::{Delimiter, Format, Kind, SheetWriter},
};
use axum::{
    extract::{Request, State},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Which template is wanted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    kind: String,
    format: Option<String>,
    delimiter: Option<String>,
}

/// Sends an empty sheet of a kind, with its headings.
pub(super) async fn template(State(sheets): State<Sheets>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match sheets.template(&parts).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

impl Sheets {
    async fn template(&self, parts: &Parts) -> Result<Response, Refusal> {
        let caller = self.sign_in.user(parts, TEMPLATE_POINTS).await?;
        // Who they are says in which language they read.
        let known = caller.reader().await.map(drop).map_err(failure::of_access);
        let concluded = caller.conclude(Some("importTemplate"), &[]).await;
        concluded.map_err(|error| failure::of_store(&error))?;
        known?;
        let wanted: Wanted = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map_err(|error| Refusal::bad_request(message!("spreadsheet-import-head", error = error.to_string())))?;
        let kind = kind_named(&wanted.kind)?;
        let format = Format::of_extension(wanted.format.as_deref().unwrap_or("xlsx"))
            .ok_or_else(|| Refusal::bad_request(message!("spreadsheet-no-such-format")))?;
        let delimiter = exported::delimiter(wanted.delimiter.as_deref())?;
        let language = caller.language();
        let columns = kind.columns().iter().filter(|column| column.kind != Kind::Shown);
        let headings: Vec<String> = columns.map(|column| column.heading.in_language(language)).collect();
        let title = kind.title().in_language(language);
        let folder = self.objects.incoming().to_owned();
        let name = title.clone();
        let written = exported::on_disk(move || written(format, delimiter, &folder, &name, &headings));
        let (bytes, file) = written.await?;
        let body = match file {
            Some(file) => exported::file_body(file),
            None => bytes.into(),
        };
        let mut response = exported::answer(format, &title, body)?;
        accept_language::tell(response.headers_mut(), caller.answer_language());
        Ok(response)
    }
}

fn written(
    format: Format,
    delimiter: Delimiter,
    folder: &std::path::Path,
    title: &str,
    headings: &[String],
) -> Result<(Vec<u8>, Option<std::fs::File>), crate::spreadsheet::WriteError> {
    let mut writer = SheetWriter::begin(format, delimiter, folder, title, headings)?;
    let bytes = writer.ready()?;
    Ok((bytes, writer.finish(folder)?))
}
