//! Dialogue set with dashes instead of quotation marks: a paragraph that a dash opens is somebody's turn.
//!
//! *—It rained, said Ilse. —It poured.*

use crate::lexicon::{Lexicon, Pronoun, Tag};
use crate::text::quotation::{Quoted, Usage};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind, Tokens};

/// How many words of the name stand before the verb of a tag at most: *the old man said*.
const NAME: usize = 4;

/// Adds what the dashes of a text open to its quoted stretches, where it is set with dashes and hardly uses marks.
pub(crate) fn read(tokens: &mut Tokens, lexicon: &Lexicon, paragraphs: &[Stretch], quoted: &mut Vec<Quoted>) {
    let opened = |p: &&Stretch| p.range().len() > 1 && tokens.kind(p.range().start) == TokenKind::Dash;
    let turns = paragraphs.iter().filter(opened).count();
    let marked = quoted.iter().filter(|q| q.depth == 0).count();
    let told = |p: &Stretch| tag(tokens, lexicon, p.range().start + 1, p.range().end).is_some();
    if turns < 2 || 2 * marked > turns || !paragraphs.iter().filter(opened).any(told) {
        return;
    }
    quoted.clear();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, p)| opened(p)) {
        let end = paragraph.range().end;
        let mut from = Some(paragraph.range().start);
        while let Some(first) = from {
            let told = tag(tokens, lexicon, first + 1, end);
            let said = told.unwrap_or(end);
            let spoken = if tokens.kind(said - 1) == TokenKind::Dash { said - 1 } else { said };
            quoted.push(Quoted {
                tokens: Stretch::new(first, spoken),
                paragraph: index as u32,
                depth: 0,
                closed: true,
                continues: false,
                usage: Usage::Speech,
            });
            from = told
                .and_then(|at| (at..end.saturating_sub(1)).find(|&at| tokens.kind(at) == TokenKind::Dash));
        }
    }
    for q in quoted.iter() {
        for shape in &mut tokens.shape[q.tokens.range()] {
            *shape = shape.with(Shape::QUOTED, true);
        }
    }
}

/// Where in a turn the words begin that say who spoke, behind a comma or the end of a sentence: *, **said Ilse***,
/// *? — **she asked***.
fn tag(tokens: &Tokens, lexicon: &Lexicon, first: usize, end: usize) -> Option<usize> {
    let pause = |at: usize| {
        matches!(
            tokens.kind(at),
            TokenKind::Comma
                | TokenKind::Question
                | TokenKind::Exclamation
                | TokenKind::Stop
                | TokenKind::Ellipsis
        )
    };
    let dash = |at: usize| tokens.kind(at) == TokenKind::Dash;
    (first + 1..end).find(|&at| {
        (pause(at - 1) || dash(at - 1) && at > first + 1 && pause(at - 2)) && tells(tokens, lexicon, at, end)
    })
}

/// *said Ilse*, *Ilse said*, *the old man said*, *she asked*
fn tells(tokens: &Tokens, lexicon: &Lexicon, at: usize, end: usize) -> bool {
    let says = |at: usize| lexicon.word(tokens.word[at]).cue.says();
    let named = |at: usize| {
        let word = lexicon.word(tokens.word[at]);
        tokens.has(at, Shape::CAPITAL)
            || word.pronoun.any(Pronoun::SUBJECT)
            || word.tags[0] == Tag::Determiner
    };
    let words = (at..end.min(at + NAME + 1)).take_while(|&at| tokens.kind(at) == TokenKind::Word);
    let count = words.clone().count();
    let inverted = count > 1 && says(at) && !tokens.has(at, Shape::CAPITAL) && named(at + 1);
    inverted || named(at) && words.skip(1).any(says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentence::{Paragraphs, paragraphs};

    /// What the dashes of a text open.
    fn turns(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::english();
        let (mut tokens, mut parts, mut quoted) = (Tokens::default(), Vec::new(), Vec::new());
        tokens.read(text, &lexicon);
        paragraphs(text, &tokens, Paragraphs::Detect, &mut parts);
        read(&mut tokens, &lexicon, &parts, &mut quoted);
        quoted.iter().map(|q| tokens.span(q.tokens.range().start, q.tokens.range().end).of(text)).collect()
    }

    #[test]
    fn a_dash_opens_a_turn_and_a_tag_ends_it() {
        let text = "—Who rang? asked Ilse.\n\n—The miller, I think, the old man said. —He was wet.\n\n—Then let him in.";
        assert_eq!(turns(text), ["—Who rang?", "—The miller, I think,", "—He was wet.", "—Then let him in."]);
    }

    #[test]
    fn a_list_is_no_dialogue() {
        assert_eq!(turns("We need:\n\n– flour\n\n– salt, said to be dear\n\n– yeast"), [""; 0]);
    }
}
