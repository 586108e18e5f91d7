//! The HTTP server.

pub mod graphiql;
