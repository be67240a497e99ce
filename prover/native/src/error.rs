//! Errors with the codes that `TributaryError` has in TypeScript.

/// What went wrong: `code` is what programs rely on, the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub code: &'static str,
    pub message: String,
    pub details: Option<String>,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: None }
    }

    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// @param bytes that could not be had
    pub fn memory(bytes: usize) -> Self {
        Self::new("TRB_NATIVE_MEMORY", "there is not enough memory").details(format!("{bytes} more bytes are needed"))
    }

    pub fn cancelled() -> Self {
        Self::new("TRB_NATIVE_CANCELLED", "the work was cancelled")
    }

    /// The object that crosses to JavaScript as an error's message.
    pub fn to_json(&self) -> String {
        let field = |name: &str, value: &str| format!("\"{name}\":{}", quoted(value));
        let mut fields = vec![field("code", self.code), field("message", &self.message)];
        fields.extend(self.details.as_ref().map(|details| field("details", details)));
        format!("{{{}}}", fields.join(","))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let details = self.details.as_ref().map(|details| format!(" ({details})")).unwrap_or_default();
        write!(f, "{}: {}{details}", self.code, self.message)
    }
}

impl std::error::Error for Error {}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_of_an_error_with_quotes_and_line_breaks() {
        let error = Error::new("TRB_X", "a \"b\"").details("c\\\nd");
        assert_eq!(error.to_json(), r#"{"code":"TRB_X","message":"a \"b\"","details":"c\\\u000ad"}"#);
    }
}
