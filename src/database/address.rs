/// A database URL as it may be printed: a password in it is masked.
#[must_use]
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_password_is_masked() {
        assert_eq!(
            masked("postgres://samsyn:s3cret@db.example/samsyn"),
            "postgres://samsyn:***@db.example/samsyn"
        );
        assert_eq!(masked("sqlite://data/samsyn.db"), "sqlite://data/samsyn.db");
    }
}
