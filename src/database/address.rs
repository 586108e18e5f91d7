/// A database URL as it may be printed: a password in it is masked, before the host or among the parameters.
#[must_use]
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (address, parameters) = match rest.split_once('?') {
        Some((address, parameters)) => (address, Some(parameters)),
        None => (rest, None),
    };
    let address = match address.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{user}:***@{host}")
        }
        None => address.to_owned(),
    };
    let parameters = parameters.map(|parameters| {
        let shown = parameters.split('&').map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if name.contains("password") => format!("{name}=***"),
            _ => parameter.to_owned(),
        });
        format!("?{}", shown.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}://{address}{}", parameters.unwrap_or_default())
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
        assert_eq!(
            masked("postgres://db.example/samsyn?user=samsyn&password=s3cret&sslmode=require"),
            "postgres://db.example/samsyn?user=samsyn&password=***&sslmode=require"
        );
        assert_eq!(masked("sqlite://data/samsyn.db"), "sqlite://data/samsyn.db");
    }
}
