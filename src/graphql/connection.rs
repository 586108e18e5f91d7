//! Lists that can grow, as connections (Relay's GraphQL Cursor Connections Specification).

use super::{
    RequestError,
    limits::{DEFAULT_PAGE, MAX_PAGE},
};
use crate::{
    access::Reader,
    database::{Cursor, Page, Slice},
};
use async_graphql::{Context, Object, OutputType, TypeName};
use std::{borrow::Cow, sync::Arc};

/// A page of a list.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    page_info: PageInfo,
    total_count: i32,
}

/// An object of a list, and where it stands there.
pub struct Edge<T> {
    cursor: Cursor,
    node: T,
}

/// Whether a page has neighbours, and how to ask for them.
#[derive(Clone, Debug)]
pub struct PageInfo {
    has_previous_page: bool,
    has_next_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A page of a list, by the GraphQL Cursor Connections Specification.
#[Object(name_type)]
impl<T: OutputType + Clone> Connection<T> {
    /// The objects of the page, each with its cursor.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The objects of the page, for clients that need no cursors of their own.
    async fn nodes(&self) -> Vec<T> {
        self.edges.iter().map(|edge| edge.node.clone()).collect()
    }

    /// Whether there is more before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many objects the whole list has for this reader, whatever the page.
    async fn total_count(&self) -> i32 {
        self.total_count
    }
}

/// An object of a list, and where it stands there.
#[Object(name_type)]
impl<T: OutputType> Edge<T> {
    /// Where the object stands in the list: for `after` and `before`.
    async fn cursor(&self) -> String {
        self.cursor.clone().into_text()
    }

    /// The object.
    async fn node(&self) -> &T {
        &self.node
    }
}

/// Whether a page has neighbours, and how to ask for them.
#[Object]
impl PageInfo {
    /// Whether there are objects before the page.
    async fn has_previous_page(&self) -> bool {
        self.has_previous_page
    }

    /// Whether there are objects after the page.
    async fn has_next_page(&self) -> bool {
        self.has_next_page
    }

    /// The first object's cursor; null when the page is empty.
    async fn start_cursor(&self) -> Option<&String> {
        self.start_cursor.as_ref()
    }

    /// The last object's cursor; null when the page is empty.
    async fn end_cursor(&self) -> Option<&String> {
        self.end_cursor.as_ref()
    }
}

impl<T> Connection<T> {
    /// A page of rows, made objects of; `total_count` counts the whole list.
    pub fn of<M>(
        reader: &Arc<Reader>,
        slice: Slice<M>,
        total_count: i32,
        objects: impl FnOnce(&Arc<Reader>, Vec<M>) -> Vec<T>,
    ) -> Self {
        let (cursors, rows): (Vec<_>, Vec<_>) = slice.rows.into_iter().unzip();
        let page_info = PageInfo {
            has_previous_page: slice.has_previous,
            has_next_page: slice.has_next,
            start_cursor: cursors.first().cloned().map(Cursor::into_text),
            end_cursor: cursors.last().cloned().map(Cursor::into_text),
        };
        let nodes = objects(reader, rows);
        Self {
            edges: cursors
                .into_iter()
                .zip(nodes)
                .map(|(cursor, node)| Edge { cursor, node })
                .collect(),
            page_info,
            total_count,
        }
    }
}

/// The arguments that connections take.
#[derive(Clone, Debug, Default)]
pub struct PageArguments {
    /// How many objects, from the beginning or after `after`.
    pub first: Option<i32>,
    /// Only what comes after this object.
    pub after: Option<String>,
    /// How many objects, from the end or before `before`.
    pub last: Option<i32>,
    /// Only what comes before this object.
    pub before: Option<String>,
}

impl PageArguments {
    /// A page from the beginning of a list, or from `after` on.
    #[must_use]
    pub fn forward(first: Option<i32>, after: Option<String>) -> Self {
        Self {
            first,
            after,
            ..Self::default()
        }
    }

    /// The page that they ask for.
    ///
    /// # Errors
    /// When a number is out of range, or both directions are asked for.
    pub fn page(self) -> Result<Page, RequestError> {
        let (limit, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(RequestError::bad_request(message!("request-first-or-last")));
            }
            (None, Some(last)) => (size("last", last)?, true),
            (Some(first), None) => (size("first", first)?, false),
            (None, None) => (DEFAULT_PAGE as u64, false),
        };
        Ok(Page {
            limit,
            after: self.after.map(Cursor::from_client),
            before: self.before.map(Cursor::from_client),
            backward,
        })
    }
}

fn size(argument: &str, number: i32) -> Result<u64, RequestError> {
    match usize::try_from(number) {
        Ok(size) if size <= MAX_PAGE => Ok(size as u64),
        _ => Err(RequestError::bad_request(message!(
            "request-page-size",
            argument,
            most = MAX_PAGE,
            number
        ))),
    }
}

/// Whether the client selected `totalCount`: counting costs a statement of its own.
#[must_use]
pub fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}
