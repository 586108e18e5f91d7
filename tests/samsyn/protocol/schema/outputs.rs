//! Fields that fail, in every place where nulls propagate differently.

use std::time::Duration;

use async_graphql::{Context, Guard, ID, Interface, Object, Result, SimpleObject, Union};
use samsyn::graphql::{
    error::{ErrorCode, RequestError},
    limits::page_cost,
};
use samsyn::language::Message;

type Fallible<T> = Result<T>;

fn fail<T>(what: &str) -> Fallible<T> {
    Err(format!("secret: {what}").into())
}

fn panics(what: &str) -> i32 {
    assert!(what.is_empty(), "{what}");
    1
}

struct Denied;

impl Guard for Denied {
    async fn check(&self, _: &Context<'_>) -> Result<()> {
        Err(RequestError::new(ErrorCode::Forbidden, Message::new("guarded")).into())
    }
}

/// Has a field for each way to fail.
pub(crate) struct Thing;

#[Object]
impl Thing {
    async fn ok(&self) -> i32 {
        1
    }
    async fn ok_nullable(&self) -> Option<i32> {
        Some(1)
    }
    async fn fail_nn(&self) -> Fallible<i32> {
        fail("failNn")
    }
    async fn fail_nn_later(&self) -> Fallible<i32> {
        tokio::task::yield_now().await;
        fail("failNnLater")
    }
    async fn fail_nullable(&self) -> Fallible<Option<i32>> {
        fail("failNullable")
    }
    async fn fail_nullable_obj(&self) -> Fallible<Option<Thing>> {
        fail("failNullableObj")
    }
    async fn fail_inner(&self) -> Option<Fallible<i32>> {
        Some(fail("failInner"))
    }
    #[graphql(guard = "Denied")]
    async fn guarded_nn(&self) -> i32 {
        1
    }
    #[graphql(guard = "Denied")]
    async fn guarded_nullable(&self) -> Option<i32> {
        Some(1)
    }
    async fn child(&self) -> Thing {
        Thing
    }
    async fn child_nullable(&self) -> Option<Thing> {
        Some(Thing)
    }
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn page(&self, first: Option<i32>) -> Vec<Thing> {
        (0..first.unwrap_or(20)).map(|_| Thing).collect()
    }
    async fn scalar_list_nullable(&self) -> Vec<Option<Fallible<i32>>> {
        vec![Some(Ok(1)), Some(fail("item")), None]
    }
    async fn scalar_list_nn(&self) -> Option<Vec<Fallible<i32>>> {
        Some(vec![Ok(1), fail("item"), Ok(3)])
    }
    async fn panics(&self) -> i32 {
        panics("secret: panics")
    }
    async fn panics_nullable(&self) -> Option<i32> {
        Some(panics("secret: panicsNullable"))
    }
}

#[derive(SimpleObject)]
#[graphql(complex)]
struct Simple {
    id: ID,
}

#[async_graphql::ComplexObject]
impl Simple {
    async fn fail_nn(&self) -> Fallible<i32> {
        fail("failNn")
    }
}

struct Named;

#[Object]
impl Named {
    async fn id(&self) -> ID {
        ID::from("1")
    }
    async fn name(&self) -> &str {
        "n"
    }
    async fn fail_nn(&self) -> Fallible<i32> {
        fail("failNn")
    }
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID"))]
enum Node {
    Named(Named),
}

#[derive(Union)]
enum Either {
    Named(Named),
    Thing(Thing),
}

#[derive(Default)]
pub(super) struct Outputs;

#[Object]
impl Outputs {
    async fn ok(&self) -> i32 {
        1
    }
    async fn nn(&self) -> Thing {
        Thing
    }
    async fn nullable(&self) -> Option<Thing> {
        Some(Thing)
    }
    async fn list_nullable_items(&self) -> Option<Vec<Option<Thing>>> {
        Some(vec![Some(Thing), Some(Thing)])
    }
    async fn list_nn_items(&self) -> Option<Vec<Thing>> {
        Some(vec![Thing, Thing])
    }
    async fn list_all_nn(&self) -> Vec<Thing> {
        vec![Thing, Thing]
    }
    async fn fail_root_nn(&self) -> Fallible<i32> {
        fail("failRootNn")
    }
    async fn fail_root_nullable(&self) -> Fallible<Option<i32>> {
        fail("failRootNullable")
    }
    async fn fail_nn(&self) -> Fallible<Thing> {
        fail("failNn")
    }
    async fn simple(&self) -> Simple {
        Simple { id: ID::from("1") }
    }
    async fn node(&self) -> Option<Node> {
        Some(Node::Named(Named))
    }
    async fn either(&self) -> Option<Either> {
        Some(Either::Named(Named))
    }
    /// Takes longer than allowed.
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        1
    }
    /// Fails with a code.
    async fn forbidden(&self) -> Fallible<Option<i32>> {
        Err(RequestError::new(ErrorCode::Forbidden, Message::new("Not for you.")).into())
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn a(&self) -> i32 {
        1
    }
    async fn fail_nn(&self) -> Fallible<i32> {
        fail("failNn")
    }
    async fn fail_nullable(&self) -> Fallible<Option<i32>> {
        fail("failNullable")
    }
    async fn third(&self) -> i32 {
        3
    }
    async fn nullable(&self) -> Option<Thing> {
        Some(Thing)
    }
}
