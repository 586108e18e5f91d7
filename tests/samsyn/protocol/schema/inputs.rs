//! Fields that tell what arguments came to them, as JSON.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, Object, OneofObject};
use samsyn::graphql::limits::page_cost;
use serde_json::{Value, json};

#[derive(Clone, Copy, Enum, PartialEq, Eq)]
enum Color {
    Red,
    Green,
}

fn color(value: Color) -> &'static str {
    match value {
        Color::Red => "RED",
        Color::Green => "GREEN",
    }
}

#[derive(OneofObject)]
enum By {
    Id(ID),
    Name(String),
}

#[derive(InputObject)]
struct Range {
    from: i32,
    to: Option<i32>,
}

#[derive(InputObject)]
struct Filter {
    year: i32,
    ranges: Option<Vec<Range>>,
    colors: Option<Vec<Color>>,
    note: MaybeUndefined<String>,
    #[graphql(default = 3)]
    depth: i32,
}

fn told(value: &Value) -> String {
    value.to_string()
}

fn maybe<T: Into<Value>>(value: MaybeUndefined<T>) -> Value {
    match value {
        MaybeUndefined::Undefined => json!("undefined"),
        MaybeUndefined::Null => Value::Null,
        MaybeUndefined::Value(value) => value.into(),
    }
}

#[derive(Default)]
pub(super) struct Inputs;

#[Object]
impl Inputs {
    #[expect(clippy::too_many_arguments, reason = "one for each type")]
    async fn echo(
        &self,
        int: Option<i32>,
        ints: Option<Vec<i32>>,
        matrix: Option<Vec<Vec<i32>>>,
        float: Option<f64>,
        string: Option<String>,
        id: Option<ID>,
        boolean: Option<bool>,
        #[graphql(name = "color")] chosen: Option<Color>,
    ) -> String {
        told(&json!([
            int,
            ints,
            matrix,
            float,
            string,
            id.map(|id| id.0),
            boolean,
            chosen.map(color)
        ]))
    }

    async fn by(&self, by: By) -> String {
        told(&match by {
            By::Id(id) => json!({ "id": id.0 }),
            By::Name(name) => json!({ "name": name }),
        })
    }

    async fn filter(&self, filter: Filter) -> String {
        let mut object = json!({ "year": filter.year, "note": maybe(filter.note), "depth": filter.depth });
        if let Some(ranges) = filter.ranges {
            let one = |range: Range| match range.to {
                Some(to) => json!({ "from": range.from, "to": to }),
                None => json!({ "from": range.from }),
            };
            object["ranges"] = ranges.into_iter().map(one).collect();
        }
        if let Some(colors) = filter.colors {
            object["colors"] = colors.into_iter().map(color).collect();
        }
        told(&object)
    }

    async fn maybe(&self, value: MaybeUndefined<i32>) -> String {
        told(&maybe(value))
    }

    async fn defaulted(&self, #[graphql(default = 5)] value: i32) -> String {
        told(&json!(value))
    }

    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn page(&self, first: Option<i32>) -> String {
        told(&json!(first))
    }
}
