//! Makes async-graphql behave as the GraphQL specification says, on every transport.
//!
//! | what async-graphql 8.0.0-rc.5 does | what happens here |
//! |---|---|
//! | accepts a missing or null `Int!` variable for a nullable argument | variables are coerced first: `coercion` |
//! | takes a left-out variable for `null` where the argument has a default, or a cost | `omitted` |
//! | never checks that a variable's type fits where it is used | `positions` |
//! | nulls the parent of a *nullable* field that fails | `execution` |
//! | shortens the path of an error inside a list | `execution` |
//! | lets a panic in a resolver end the connection | `execution` |
//! | shows the message of any error | `answer` |
//! | answers `null` where introspection is off | `introspection` |
//!
//! Tests compare each of these with graphql-js; when a release of async-graphql makes one unnecessary, take it out.

mod answer;
mod coercion;
mod execution;
mod introspection;
mod omitted;
mod positions;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    IntrospectionMode, Name, ObjectType, Request, Response, SchemaBuilder, ServerError, ServerResult, SubscriptionType,
    ValidationResult, Value, Variables,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextPrepareRequest, NextRequest,
        NextResolve, NextSubscribe, NextValidation, ResolveInfo,
    },
    futures_util::stream::{BoxStream, StreamExt},
    parser::types::ExecutableDocument,
};

pub(crate) use self::execution::panic_message;
use super::{
    error::{ErrorCode, RequestError, shorten},
    limits::{Allowance, Limits, Results},
    operation::selected_operation,
    request_id::RequestId,
};

/// How many problems of one kind are told of at once.
const MOST_PROBLEMS: usize = 20;

/// The extension that every schema of the service is built with.
#[derive(Clone, Debug)]
pub struct Specification {
    limits: Limits,
    introspection: bool,
}

impl Specification {
    /// Keeps to these limits, and answers introspection.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            introspection: true,
        }
    }

    /// Whether introspection is answered, or refused with `FORBIDDEN`.
    #[must_use]
    pub fn introspection(mut self, answered: bool) -> Self {
        self.introspection = answered;
        self
    }

    /// Adds itself to a schema, and [`ErrorCode`] to the schema's types, where clients find what the codes mean.
    #[must_use]
    pub fn install<Q, M, S>(self, schema: SchemaBuilder<Q, M, S>) -> SchemaBuilder<Q, M, S>
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        schema
            .register_output_type::<ErrorCode>()
            // async-graphql's own check comes later and says less.
            .limit_recursive_depth(self.limits.depth)
            .extension(self)
    }
}

impl ExtensionFactory for Specification {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Rules {
            options: self.clone(),
            request: Arc::new(RequestState::new(&self.limits)),
        })
    }
}

/// Put it into a request's data to learn afterwards whether execution began.
///
/// A response without it is a request error, which has no `data` (GraphQL specification, section 7.1.2).
#[derive(Clone, Debug, Default)]
pub struct ExecutionStarted(Arc<AtomicBool>);

impl ExecutionStarted {
    /// Whether execution began.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Put it into a request's data to have no fields suggested that are not asked for: to whom the schema is not described,
/// suggestions would describe it name by name.
#[derive(Clone, Copy, Debug)]
pub struct Unsuggested;

/// What is remembered through the hooks of one request.
struct RequestState {
    /// Errors to add to the answer.
    errors: Mutex<Vec<ServerError>>,
    /// How much the answer holds.
    results: Results,
    /// What the request cost, for the answer.
    cost: Mutex<Option<Value>>,
    /// Variables without a value, and their types.
    omitted: Mutex<HashMap<Name, String>>,
    /// For a transport that gives the request no id.
    own_id: OnceLock<RequestId>,
}

impl RequestState {
    fn new(limits: &Limits) -> Self {
        Self {
            errors: Mutex::default(),
            results: Results::new(limits.results),
            cost: Mutex::default(),
            omitted: Mutex::default(),
            own_id: OnceLock::new(),
        }
    }

    fn errors(&self) -> MutexGuard<'_, Vec<ServerError>> {
        self.errors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cost(&self) -> MutexGuard<'_, Option<Value>> {
        self.cost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn omitted(&self) -> MutexGuard<'_, HashMap<Name, String>> {
        self.omitted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn id(&self, ctx: &ExtensionContext<'_>) -> RequestId {
        ctx.data_opt::<RequestId>()
            .copied()
            .unwrap_or_else(|| *self.own_id.get_or_init(RequestId::new))
    }

    /// Completes an answer in which nothing was executed.
    fn finish(&self, mut response: Response) -> Response {
        response.errors.append(&mut self.errors());
        answer::code_request_errors(&mut response.errors);
        response.errors.iter_mut().for_each(shorten);
        if let Some(cost) = self.cost().take() {
            response.extensions.insert("cost".to_owned(), cost);
        }
        response
    }
}

struct Rules {
    options: Specification,
    request: Arc<RequestState>,
}

impl Rules {
    /// Everything that can be said about a request before it is validated.
    fn check(&self, ctx: &ExtensionContext<'_>, request: &mut Request) -> ServerResult<()> {
        let limits = &self.options.limits;
        limits.check_text(&request.query)?;
        limits.check_variables(&request.variables)?;
        let introspection = self.options.introspection && request.introspection_mode != IntrospectionMode::Disabled;
        let given = std::mem::take(&mut request.variables);
        let operation_name = request.operation_name.clone();

        let document = request.parsed_query()?;
        limits.check_document(document)?;
        if !introspection {
            introspection::refuse(document)?;
        }
        let Some(operation) = selected_operation(document, operation_name.as_deref()) else {
            return Ok(());
        };
        let registry = &ctx.schema_env.registry;
        positions::check(registry, document, operation).map_err(|problems| self.first(problems))?;
        let coerced = coercion::coerce_variables(registry, &operation.node.variable_definitions, given)
            .map_err(|problems| self.first(problems))?;
        *self.request.omitted() = coerced.omitted;
        request.variables = coerced.variables;
        Ok(())
    }

    /// The hook can only return one error: keeps the others for the answer.
    fn first(&self, mut problems: Vec<ServerError>) -> ServerError {
        let first = problems.remove(0);
        self.request.errors().append(&mut problems);
        first
    }
}

#[async_trait::async_trait]
impl Extension for Rules {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        self.request.finish(next.run(ctx).await)
    }

    fn subscribe<'s>(
        &self,
        ctx: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        let state = Arc::clone(&self.request);
        next.run(ctx, stream)
            .map(move |response| state.finish(response))
            .boxed()
    }

    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(ctx, request).await?;
        self.check(ctx, &mut request)?;
        Ok(request)
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let mut document = next.run(ctx, query, variables).await?;
        omitted::leave_out(&ctx.schema_env.registry, &mut document, &self.request.omitted());
        self.request.results.learn(&document);
        Ok(document)
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await.map_err(|mut errors| {
            errors.truncate(MOST_PROBLEMS);
            if ctx.data_opt::<Unsuggested>().is_some() {
                answer::leave_out_suggestions(&mut errors);
            }
            errors
        })?;
        self.options.limits.check_complexity(result.complexity)?;
        if let Some(allowance) = ctx.data_opt::<Allowance>() {
            let spent = allowance.spend(result.complexity);
            *self.request.cost() = allowance.told();
            spent.map_err(|error| vec![error])?;
        }
        Ok(result)
    }

    async fn execute(&self, ctx: &ExtensionContext<'_>, operation: Option<&str>, next: NextExecute<'_>) -> Response {
        if let Some(started) = ctx.data_opt::<ExecutionStarted>() {
            started.set();
        }
        let mut response = self.request.results.in_slices(next.run(ctx, operation)).await;
        if let Err(error) = self.request.results.check() {
            self.request.errors().clear();
            return Response::from_errors(error.into());
        }
        execution::collect_errors(&mut response.errors, &mut self.request.errors());
        answer::mask_internals(&mut response.errors, self.request.id(ctx));
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        execution::resolve(&self.request, ctx, info, next).await
    }
}

impl From<RequestError> for Vec<ServerError> {
    fn from(error: RequestError) -> Self {
        vec![error.into()]
    }
}
