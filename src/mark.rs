//! What each quotation mark does: opens, closes, or is an apostrophe after all.

use crate::token::{Shape, TokenKind, Tokens};

/// What a mark does at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Opens,
    Closes,
    /// An apostrophe (*’tis*, *voters’*), inches, feet: no quotation mark.
    Apostrophe,
    /// Closes what nothing opened, or opens inside its like.
    Stray,
}

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    /// " and ''
    Straight,
    /// “ `` « and their like, which open by their form
    Opening,
    /// ” » and their like, which close by their form
    Closing,
    /// '
    Apostrophe,
    /// ‘ ‹ `
    SingleOpening,
    /// ’ ›
    SingleClosing,
}

impl Glyph {
    fn of(form: &str) -> Glyph {
        match form {
            "“" | "„" | "‟" | "``" | "«" => Glyph::Opening,
            "”" | "»" => Glyph::Closing,
            "'" | "´" => Glyph::Apostrophe,
            "‘" | "‚" | "‛" | "‹" | "`" => Glyph::SingleOpening,
            "’" | "›" => Glyph::SingleClosing,
            _ => Glyph::Straight,
        }
    }

    fn single(self) -> bool {
        matches!(self, Glyph::Apostrophe | Glyph::SingleOpening | Glyph::SingleClosing)
    }
}

/// A mark with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The token that it is.
    pub(crate) at: u32,
    pub(crate) role: Role,
    pub(crate) single: bool,
}

/// Gives the marks of the paragraph of tokens `first..end` their roles, appending them to `marks`.
pub(crate) fn read(text: &str, tokens: &Tokens, first: usize, end: usize, marks: &mut Vec<Mark>) {
    let mut open: [Option<Glyph>; 2] = [None, None];
    let mut depth = 0;
    for at in (first..end).filter(|&at| tokens.kind[at] == TokenKind::Mark) {
        let place = Place::of(text, tokens, first, end, at);
        let glyph = Glyph::of(tokens.text(text, at));
        let top = if depth > 0 { open[depth - 1] } else { None };
        let role = if glyph.single() {
            single_role(glyph, place, top, depth)
        } else {
            double_role(glyph, place, &open[..depth])
        };
        match role {
            Role::Opens if depth < 2 => {
                open[depth] = Some(glyph);
                depth += 1;
            }
            Role::Closes => {
                depth = (0..depth)
                    .rev()
                    .find(|&d| open[d].is_some_and(|g| g.single() == glyph.single()))
                    .unwrap_or(depth);
            }
            _ => {}
        }
        marks.push(Mark { at: at as u32, role, single: glyph.single() });
    }
}

/// What stands around a mark.
#[derive(Clone, Copy)]
struct Place {
    /// White space, a bracket, a dash or another opening stands before, a word after.
    before_word: bool,
    /// A word or punctuation stands before, white space or punctuation after.
    after_word: bool,
    after_digit: bool,
    after_punctuation: bool,
    after_s: bool,
    /// What follows is an elided form: *’tis*, *’em*, *’98*.
    elision: bool,
    lower_follows: bool,
}

impl Place {
    fn of(text: &str, tokens: &Tokens, first: usize, end: usize, at: usize) -> Place {
        let glued = |at: usize| !tokens.has(at, Shape::SPACED);
        let word = |at: usize| matches!(tokens.kind[at], TokenKind::Word | TokenKind::Number);
        let left = (at > first).then(|| at - 1);
        let right = (at + 1 < end).then_some(at + 1);
        let left_glued = left.filter(|_| glued(at));
        let right_glued = right.filter(|&r| glued(r));
        let opener =
            |at: usize| matches!(tokens.kind[at], TokenKind::Opening | TokenKind::Dash | TokenKind::Mark);
        let ender =
            |at: usize| !word(at) && !matches!(tokens.kind[at], TokenKind::Opening | TokenKind::Symbol);
        let follows = right_glued.map_or("", |r| tokens.text(text, r));
        let elided = ["tis", "twas", "em", "til", "cause", "twere", "twill", "tain't", "n"];
        Place {
            before_word: right_glued.is_some() && left_glued.is_none_or(opener),
            after_word: left_glued.is_some() && right_glued.is_none_or(ender),
            after_digit: left_glued.is_some_and(|l| tokens.kind[l] == TokenKind::Number),
            after_punctuation: left_glued.is_some_and(|l| !word(l)),
            after_s: left_glued.is_some_and(|l| word(l) && tokens.text(text, l).ends_with(['s', 'S'])),
            elision: follows.as_bytes().first().is_some_and(u8::is_ascii_digit)
                || elided.iter().any(|e| follows.eq_ignore_ascii_case(e)),
            lower_follows: right.is_some_and(|r| word(r) && !tokens.has(r, Shape::CAPITAL)),
        }
    }
}

fn double_role(glyph: Glyph, place: Place, open: &[Option<Glyph>]) -> Role {
    let double_open = open.iter().flatten().any(|g| !g.single());
    let by_form = match glyph {
        Glyph::Opening => Some(Role::Opens),
        Glyph::Closing => Some(Role::Closes),
        _ => None,
    };
    let by_place = match (place.before_word, place.after_word) {
        (true, false) => Some(Role::Opens),
        (false, true) => Some(Role::Closes),
        _ => None,
    };
    let role = match (by_form, by_place) {
        // „…“ closes with the mark that elsewhere opens, »…« opens with the one that closes
        (Some(Role::Opens), Some(Role::Closes)) if double_open => Role::Closes,
        (Some(Role::Closes), Some(Role::Opens)) if !double_open => Role::Opens,
        (Some(form), _) => form,
        (None, Some(place)) => place,
        (None, None) if double_open => Role::Closes,
        (None, None) => Role::Opens,
    };
    match role {
        Role::Closes if !double_open && place.after_digit => Role::Apostrophe,
        Role::Closes if !double_open => Role::Stray,
        role => role,
    }
}

fn single_role(glyph: Glyph, place: Place, top: Option<Glyph>, depth: usize) -> Role {
    let open = top.is_some_and(Glyph::single);
    let opens = match glyph {
        Glyph::SingleOpening => place.before_word || !place.after_word,
        _ => place.before_word && !place.elision,
    };
    if opens && !open && depth < 2 {
        return Role::Opens;
    }
    let possessive = place.after_s && place.lower_follows;
    if open && place.after_word && (place.after_punctuation || !possessive) {
        return Role::Closes;
    }
    Role::Apostrophe
}
