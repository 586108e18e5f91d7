use super::{
    Sheets,
    exported::{self, on_disk, unwritten},
    pages::{Asked, Page},
};
use crate::{
    administration, audit, decisions, follow_up, organisation, planning, reminders, reporting, roll_forward,
    server::{accept_language, failure, refusal::Refusal},
    spreadsheet::{Delimiter, Export, Format, SheetWriter, Whole},
    work,
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use entity::Language;
use futures_util::stream;
use serde_json::{Map, Value as Json};
use std::{fs::File, path::PathBuf};

/// What each room lets be exported.
const EXPORTS: &[&[&Export]] = &[
    planning::EXPORTS,
    follow_up::EXPORTS,
    reporting::EXPORTS,
    decisions::EXPORTS,
    roll_forward::EXPORTS,
    organisation::EXPORTS,
    administration::EXPORTS,
    reminders::EXPORTS,
    audit::EXPORTS,
    work::EXPORTS,
];

/// The parameter that says what stands between the cells of CSV.
const DELIMITER: &str = "delimiter";

/// Sends a list as a sheet.
pub(super) async fn export(State(sheets): State<Sheets>, Path(name): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match sheets.export(parts, &name).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

/// An export, and how it is wanted.
struct Wanted {
    export: &'static Export,
    format: Format,
    delimiter: Delimiter,
    variables: Map<String, Json>,
}

impl Wanted {
    fn of(name: &str, query: &str) -> Result<Self, Refusal> {
        let all = || EXPORTS.iter().flat_map(|room| room.iter().copied());
        let named = name.rsplit_once('.').and_then(|(name, extension)| {
            let export = all().find(|export| export.name == name)?;
            Some((export, Format::of_extension(extension)?))
        });
        let Some((export, format)) = named else {
            let known: Vec<&str> = all().map(|export| export.name).collect();
            let message = message!("spreadsheet-no-such-export", known = known.join(", "));
            return Err(Refusal {
                status: StatusCode::NOT_FOUND,
                ..Refusal::bad_request(message)
            });
        };
        let asked: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|error| Refusal::bad_request(message!("spreadsheet-export-head", error = error.to_string())))?;
        let (mut delimiter, mut variables) = (None, Map::new());
        for (name, value) in asked {
            if name == DELIMITER {
                delimiter = Some(value);
                continue;
            }
            let filter = export
                .filters
                .iter()
                .find(|filter| filter.name == name)
                .ok_or_else(|| {
                    let known = export.filters.iter().map(|filter| filter.name).chain([DELIMITER]);
                    let known = known.collect::<Vec<_>>().join(", ");
                    Refusal::bad_request(message!("spreadsheet-no-such-filter", name, known))
                })?;
            let known = filter.value(&value);
            let value = known.ok_or_else(|| Refusal::bad_request(message!("spreadsheet-bad-filter", name, value)))?;
            variables.insert(name, value);
        }
        Ok(Self {
            export,
            format,
            delimiter: exported::delimiter(delimiter.as_deref())?,
            variables: export.variables(variables),
        })
    }
}

impl Sheets {
    async fn export(&self, parts: Parts, name: &str) -> Result<Response, Refusal> {
        let wanted = Wanted::of(name, parts.uri.query().unwrap_or_default())?;
        let answer_language = accept_language::of_parts(&parts);
        let asked = Asked {
            sheets: self.clone(),
            parts,
            export: wanted.export,
            variables: wanted.variables,
        };
        // What is wrong with the question is known with the first page, before anything is sent.
        let first = asked.first().await?;
        let language = answer_language.get();
        let title = wanted.export.title.in_language(language);
        let Whole { headings, rows } = wanted.export.shape.sheet(&first.data, language);
        let folder = self.objects.incoming().to_owned();
        let begun = {
            let (folder, title) = (folder.clone(), title.clone());
            on_disk(move || {
                let mut writer = SheetWriter::begin(wanted.format, wanted.delimiter, &folder, &title, &headings)?;
                writer.rows(&rows)?;
                Ok(writer)
            })
        };
        let writing = Writing {
            writer: begun.await?,
            asked,
            next: first.next,
            language,
        };
        let body = match wanted.format {
            Format::Csv => writing.streamed(),
            Format::Xlsx => exported::file_body(writing.whole(folder).await?),
        };
        let mut response = exported::answer(wanted.format, &title, body)?;
        accept_language::tell(response.headers_mut(), &answer_language);
        Ok(response)
    }
}

/// An export that is under way.
struct Writing {
    writer: SheetWriter,
    asked: Asked,
    next: Option<String>,
    language: Language,
}

impl Writing {
    /// Reads the next page and writes its rows; none when there is no further one.
    async fn advanced(mut self) -> Result<Option<Self>, Refusal> {
        let Some(cursor) = self.next.take() else {
            return Ok(None);
        };
        let Page { data, next } = self.asked.after(&cursor).await?;
        let Whole { rows, .. } = self.asked.export.shape.sheet(&data, self.language);
        let mut writer = self.writer;
        let writer = on_disk(move || {
            writer.rows(&rows)?;
            Ok(writer)
        });
        Ok(Some(Self {
            writer: writer.await?,
            next,
            ..self
        }))
    }

    /// Each page's rows when they are read. When one cannot be, the transfer breaks off.
    fn streamed(self) -> Body {
        /// What is to be sent next.
        enum Next {
            Begun(Box<Writing>),
            More(Box<Writing>),
        }
        let chunks = stream::try_unfold(Next::Begun(Box::new(self)), |next| async move {
            let writing = match next {
                Next::Begun(writing) => Some(*writing),
                Next::More(writing) => writing.advanced().await.map_err(broken)?,
            };
            let Some(mut writing) = writing else {
                return Ok(None);
            };
            let ready = writing.writer.ready().map_err(|error| broken(unwritten(&error)))?;
            Ok::<_, std::io::Error>(Some((Bytes::from(ready), Next::More(Box::new(writing)))))
        });
        Body::from_stream(chunks)
    }

    /// The file with all pages.
    async fn whole(self, folder: PathBuf) -> Result<File, Refusal> {
        let mut writing = self;
        while writing.next.is_some() {
            match writing.advanced().await? {
                Some(advanced) => writing = advanced,
                None => return Err(failure::internal()),
            }
        }
        let writer = writing.writer;
        let file = on_disk(move || writer.finish(&folder)).await?;
        file.ok_or_else(failure::internal)
    }
}

fn broken(refusal: Refusal) -> std::io::Error {
    tracing::warn!(code = %refusal.code, "an export was not sent whole");
    std::io::Error::other("the export broke off")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{graphql::limits::Limits, schema};
    use async_graphql::parser::{
        parse_query, parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    #[test]
    fn every_list_of_the_api_can_be_exported() {
        let schema = parse_schema(schema::build(&Limits::default()).sdl()).unwrap();
        let exports: Vec<&Export> = EXPORTS.iter().flat_map(|room| room.iter().copied()).collect();
        for export in &exports {
            parse_query(export.query).unwrap_or_else(|error| panic!("{}: {error}", export.name));
        }
        for definition in &schema.definitions {
            let TypeSystemDefinition::Type(found) = definition else {
                continue;
            };
            let TypeKind::Object(object) = &found.node.kind else {
                continue;
            };
            if found.node.name.node != "Query" {
                continue;
            }
            let lists = object
                .fields
                .iter()
                .filter(|field| field.node.ty.node.to_string().ends_with("Connection!"));
            for field in lists {
                let call = format!(" {}(", field.node.name.node);
                assert!(exports.iter().any(|export| export.query.contains(&call)), "{call}");
            }
        }
    }
}
