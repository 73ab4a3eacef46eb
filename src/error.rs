use thiserror::Error as ThisError;

/// Why a lexicon or a cast could not be loaded. Extraction itself cannot fail.
///
/// ```
/// let error = whosaid::Lexicon::parse("[titles]\nQuaestor\n[tilted]\n").unwrap_err();
/// assert_eq!(error.line(), Some(3));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
pub(crate) enum Kind {
    #[error("lexicon, line {line}: {reason}")]
    Lexicon { line: usize, reason: String },
    #[error("lexicon, {form:?}: {reason}")]
    Entry { form: String, reason: String },
    #[error("cast: {reason}")]
    Cast { reason: String },
}

impl Error {
    /// The line of the lexicon text at fault, counted from 1, where the error has one.
    ///
    /// ```
    /// let error = whosaid::Lexicon::parse("[cues]\nskeeted skeet song\n").unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// assert!(error.to_string().starts_with("lexicon, line 2: unknown kind \"song\", expected one of speech, "));
    /// ```
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self.0 {
            Kind::Lexicon { line, .. } => Some(line),
            Kind::Entry { .. } | Kind::Cast { .. } => None,
        }
    }

    pub(crate) fn lexicon(line: usize, reason: impl Into<String>) -> Self {
        Kind::Lexicon { line, reason: reason.into() }.into()
    }

    pub(crate) fn entry(form: &str, reason: &str) -> Self {
        Kind::Entry { form: form.to_owned(), reason: reason.to_owned() }.into()
    }

    pub(crate) fn cast(reason: impl Into<String>) -> Self {
        Kind::Cast { reason: reason.into() }.into()
    }
}
