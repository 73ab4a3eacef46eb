//! What quotation marks are there for that quote nobody: titles, nicknames, words held at arm's length.

use crate::grammar::tag::Tagged;
use crate::lexicon::{Tag, Traits};
use crate::report::attribution::Attribution;
use crate::report::reading::Kind;
use crate::text::quotation::{Quoted, Usage};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// Tells every outermost quoted stretch that is no part of a direct or mixed quotation what its marks are there for.
pub(crate) fn read(tagged: &Tagged, pieces: &[Stretch], attributions: &[Attribution], quoted: &mut [Quoted]) {
    for q in quoted.iter_mut().filter(|q| q.depth == 0) {
        q.usage = usage(tagged, q.tokens);
    }
    for attribution in attributions.iter().filter(|a| a.kind != Kind::Indirect) {
        for piece in &pieces[attribution.pieces.range()] {
            let first = quoted.partition_point(|q| q.tokens.first < piece.first);
            for q in quoted[first..].iter_mut().take_while(|q| q.tokens.first < piece.end) {
                q.usage = Usage::Speech;
            }
        }
    }
}

/// What marks are there for if nobody says what stands between them.
fn usage(tagged: &Tagged, tokens: Stretch) -> Usage {
    let words = tokens.range().filter(|&at| tagged.kind(at) == TokenKind::Word);
    // the small words of a title begin with small letters: *Notes from a Cold Kitchen*
    let headed = words.clone().all(|at| capital(tagged, at) || small(tagged.tag(at)));
    let first = words.clone().next().is_some_and(|at| capital(tagged, at));
    let before = tokens.range().start.checked_sub(1);
    let after = Some(tokens.range().end).filter(|&at| at < tagged.tokens.len());
    let inside_name =
        before.is_some_and(|at| capital(tagged, at)) && after.is_some_and(|at| capital(tagged, at));
    if before.is_some_and(|at| tagged.any(at, Traits::TERM)) {
        Usage::Term
    } else if !(headed && first) {
        Usage::Scare
    } else if inside_name && words.count() <= 3 {
        Usage::Nickname
    } else {
        Usage::Title
    }
}

fn capital(tagged: &Tagged, at: usize) -> bool {
    tagged.kind(at) == TokenKind::Word && tagged.tokens.has(at, Shape::CAPITAL)
}

/// Words that titles write with a small letter.
fn small(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Determiner | Tag::Preposition | Tag::Coordinator | Tag::To | Tag::Genitive | Tag::Possessive
    )
}
