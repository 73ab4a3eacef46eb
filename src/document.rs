//! What an extraction found, as views into the text.

use crate::attribution::{Attribution, Kind, Rule};
use crate::extractor::Workspace;
use crate::span::Span;

/// A text with its quotations.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    text: &'t str,
    analysis: Workspace,
}

impl<'t> Document<'t> {
    pub(crate) fn new(text: &'t str, analysis: Workspace) -> Self {
        Document { text, analysis }
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The quotations, in the order in which they begin.
    pub fn quotations(&self) -> impl ExactSizeIterator<Item = Quotation<'_>> + DoubleEndedIterator {
        self.analysis.attributions.iter().map(|attribution| Quotation { doc: self, attribution })
    }
}

/// One act of saying, writing or thinking that the text reports.
#[derive(Clone, Copy, Debug)]
pub struct Quotation<'d> {
    doc: &'d Document<'d>,
    attribution: &'d Attribution,
}

impl<'d> Quotation<'d> {
    /// How much of it stands in quotation marks.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.attribution.kind
    }

    /// The pieces of its content, in bytes, quotation marks included.
    pub fn content(self) -> impl ExactSizeIterator<Item = Span> + 'd {
        let w = &self.doc.analysis;
        w.pieces[self.attribution.pieces.range()]
            .iter()
            .map(|p| w.tokens.span(p.first as usize, p.end as usize))
    }

    /// Which pattern made the attribution.
    #[must_use]
    pub fn rule(self) -> Rule {
        self.attribution.rule
    }

    /// Orders quotations by how sure the attribution is, from 0 to 1.
    #[must_use]
    pub fn score(self) -> f32 {
        self.attribution.score
    }
}
