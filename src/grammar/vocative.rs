//! Whom speech calls by name: *“Come, **Brandt**!”*, *“Oh, my poor old **Ruiz**, hurry!”*

use crate::grammar::tag::Tagged;
use crate::lexicon::{Tag, Traits};
use crate::text::sentence::Stretch;
use crate::text::token::TokenKind;

/// How many words may stand between a call and a name: *oh, **my poor old** Ruiz*.
const ENDEARMENTS: usize = 8;

/// Whether a name that speech has calls its bearer: nothing goes on it, and only a call or what parts it from the words
/// before leads to it.
pub(crate) fn calls(tagged: &Tagged, name: Stretch) -> bool {
    ends(tagged, name.range().end) && led(tagged, name.range().start)
}

/// Whether no phrase goes on the name that ends before the token: ***Ruiz**, hurry*, but not ***Ruiz’s** boat*.
pub(crate) fn ends(tagged: &Tagged, end: usize) -> bool {
    end >= tagged.tokens.len() || parts(tagged, end) && tagged.tag(end) != Tag::Genitive
}

/// ***Come,** Ruiz*, ***oh, my poor old** Ruiz*, but not ***captain:** Ruiz*.
fn led(tagged: &Tagged, first: usize) -> bool {
    let dear = |at: usize| tagged.any(at, Traits(Traits::ENDEARMENT.0 | Traits::TITLE.0));
    let before = (0..first).rev().take(ENDEARMENTS).find(|&at| !dear(at));
    before.is_none_or(|at| {
        parts(tagged, at) && tagged.kind(at) != TokenKind::Colon || tagged.any(at, Traits::CALL)
    })
}

/// Whether punctuation stands at the token.
fn parts(tagged: &Tagged, at: usize) -> bool {
    !matches!(tagged.kind(at), TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
}
