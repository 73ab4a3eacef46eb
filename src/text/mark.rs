//! What each quotation mark does: opens, closes, or is an apostrophe after all.
//!
//! A mark tells by its glyph and by what stands around it which role suits it, and never surely: curls face the wrong
//! way, apostrophes look like closing marks, marks are forgotten. So every role has a price at every mark, and the
//! marks of a paragraph get the roles that together cost least. Nearly always there are roles that cost nothing, and
//! they are read off one by one; only the other paragraphs are searched.

use std::ops::Range;

use crate::growth::Growth;
use crate::lexicon::{Lexicon, Tag, WordId};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind, Tokens};

/// How many stretches can be inside each other.
pub(crate) const DEEPEST: usize = 3;

/// What a mark does at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Opens,
    Closes,
    /// An apostrophe (*’tis*, *voters’*), inches, feet: no quotation mark.
    Apostrophe,
    /// Closes what nothing opened, or stands in a row of marks that makes no sense.
    Stray,
}

/// A mark with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The token that it is.
    pub(crate) at: u32,
    pub(crate) role: Role,
    pub(crate) family: Family,
    /// How many stretches are open around the one that it opens or closes.
    pub(crate) depth: u8,
}

/// The marks of a text, and memory for reading those of the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    pub(crate) list: Vec<Mark>,
    sights: Vec<Sight>,
    ways: Vec<[Step; Open::COUNT]>,
}

impl Marks {
    /// Lets go all but those of the list that are odd.
    pub(crate) fn keep_odd(&mut self, odd: impl FnMut(&Mark) -> bool) {
        *self = Marks { list: std::mem::take(&mut self.list), ..Marks::default() };
        self.list.retain(odd);
        self.list.shrink_to_fit();
    }

    /// Gives the marks of all paragraphs their roles, in place of what was there.
    pub(crate) fn read(&mut self, text: &str, tokens: &Tokens, lexicon: &Lexicon, paragraphs: &[Stretch]) {
        self.list.clear();
        self.sights.clear();
        let scene = Scene { text, tokens, lexicon };
        let mut votes = [0; 4];
        for (paragraph, marks) in by_paragraph(&tokens.marks, paragraphs) {
            let first = self.sights.len();
            scene.look(paragraph, &tokens.marks[marks], &mut self.sights);
            if let Some(opening) = self.sights[first..].iter().find(|s| s.surely_opens()) {
                votes[opening.family as usize] += 1;
            }
        }
        let single = votes[Family::Single as usize]
            > votes[Family::Double as usize] + votes[Family::Guillemet as usize];
        let outer = if single { Family::Single } else { Family::Double };

        self.list.reserve_exact(tokens.marks.len());
        let mut all = by_paragraph(&tokens.marks, paragraphs).peekable();
        while let Some((_, marks)) = all.next() {
            let next = all.peek().and_then(|(next, marks)| {
                let first = self.sights.get(marks.start)?;
                (tokens.marks[marks.start] == next.first && first.opens <= FACING).then_some(first.family)
            });
            let reader = Reader { outer, next };
            let sights = &self.sights[marks.clone()];
            let from = self.list.len();
            self.list.extend(tokens.marks[marks].iter().zip(sights).map(|(&at, sight)| Mark {
                at,
                role: Role::Stray,
                family: sight.family,
                depth: 0,
            }));
            if !reader.read_off(sights, &mut self.list[from..]) {
                reader.search(sights, &mut self.ways, &mut self.list[from..]);
            }
        }
    }
}

/// The paragraphs with the indices of their marks.
fn by_paragraph<'a>(
    marks: &'a [u32],
    paragraphs: &'a [Stretch],
) -> impl Iterator<Item = (Stretch, Range<usize>)> + 'a {
    let mut from = 0;
    paragraphs.iter().map(move |&paragraph| {
        let first = from;
        while marks.get(from).is_some_and(|&at| at < paragraph.end) {
            from += 1;
        }
        (paragraph, first..from)
    })
}

/// Marks that can close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Family {
    /// " “ ” „ '' ``
    Double = 1,
    /// ' ‘ ’ ‚ ‹ › `
    Single = 2,
    /// « »
    Guillemet = 3,
}

/// Which role the glyph of a mark suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Opening,
    Closing,
    Either,
}

fn glyph(form: &str) -> (Family, Form) {
    match form {
        "“" | "„" | "‟" | "``" => (Family::Double, Form::Opening),
        "”" => (Family::Double, Form::Closing),
        "«" => (Family::Guillemet, Form::Opening),
        "»" => (Family::Guillemet, Form::Closing),
        "‘" | "‚" | "‛" | "‹" | "`" => (Family::Single, Form::Opening),
        "’" | "›" => (Family::Single, Form::Closing),
        "'" | "´" => (Family::Single, Form::Either),
        _ => (Family::Double, Form::Either),
    }
}

/// How badly a role suits a mark.
type Price = u16;

/// The glyph faces the other way.
const FACING: Price = 2;
/// A double mark or guillemet without a role.
const STRAY: Price = 6;
/// The outermost marks of the document are others.
const STYLE: Price = 2;
/// Opens right inside its like.
const SAME: Price = 3;
/// Opens and never closes.
const UNCLOSED: Price = 5;
/// Opens, and the next paragraph opens with the same.
const CONTINUED: Price = 1;
/// Marks in a row, as many as can make sense: *“‘Soon’”*
const ROW: usize = 4;
/// Marks that are searched together, so that memory stays small in a paragraph without end.
const WINDOW: usize = 512;

/// What a mark looks like: the price of each role.
#[derive(Clone, Copy, Debug)]
struct Sight {
    family: Family,
    opens: Price,
    closes: Price,
    /// Of having no role where none of its family is open.
    idles: Price,
    /// Of having no role where one of its family is open.
    abstains: Price,
    /// What it is when it has no role.
    otherwise: Role,
}

impl Sight {
    /// Of a row too long for any reading.
    const NONSENSE: Sight = Sight {
        family: Family::Double,
        opens: STRAY,
        closes: STRAY,
        idles: 0,
        abstains: 0,
        otherwise: Role::Stray,
    };

    /// Whether no other role comes near to opening.
    fn surely_opens(&self) -> bool {
        self.opens == 0 && self.closes > FACING && self.idles > FACING
    }
}

/// What stands beside a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The edge of the paragraph.
    Edge,
    Space,
    Word,
    Digit,
    Stop,
    Comma,
    Colon,
    /// A dash or an ellipsis.
    Dash,
    Opening,
    Closing,
    Symbol,
}

impl Side {
    fn of(tokens: &Tokens, at: usize) -> Side {
        match tokens.kind(at) {
            TokenKind::Word if tokens.has(at, Shape::DOTTED) => Side::Stop,
            TokenKind::Word => Side::Word,
            TokenKind::Number => Side::Digit,
            TokenKind::Stop | TokenKind::Question | TokenKind::Exclamation => Side::Stop,
            TokenKind::Comma => Side::Comma,
            TokenKind::Colon | TokenKind::Semicolon => Side::Colon,
            TokenKind::Dash | TokenKind::Ellipsis => Side::Dash,
            TokenKind::Opening => Side::Opening,
            TokenKind::Closing => Side::Closing,
            TokenKind::Mark | TokenKind::Symbol => Side::Symbol,
        }
    }

    fn is_space(self) -> bool {
        matches!(self, Side::Edge | Side::Space)
    }

    fn is_word(self) -> bool {
        matches!(self, Side::Word | Side::Digit)
    }

    /// The price of opening with this to the left.
    fn before_opening(self) -> Price {
        match self {
            Side::Edge | Side::Space | Side::Dash | Side::Opening => 0,
            Side::Colon | Side::Symbol => 1,
            Side::Stop | Side::Comma | Side::Closing => 3,
            Side::Word | Side::Digit => 4,
        }
    }

    /// The price of opening with this to the right.
    fn after_opening(self) -> Price {
        match self {
            Side::Word | Side::Digit | Side::Dash | Side::Symbol | Side::Opening => 0,
            Side::Space => 3,
            Side::Stop | Side::Closing => 4,
            Side::Comma | Side::Colon => 5,
            Side::Edge => 6,
        }
    }

    /// The price of closing with this to the left.
    fn before_closing(self) -> Price {
        match self {
            Side::Word | Side::Digit | Side::Stop | Side::Comma | Side::Dash | Side::Closing => 0,
            Side::Colon | Side::Symbol => 1,
            Side::Space => 3,
            Side::Edge | Side::Opening => 4,
        }
    }

    /// The price of closing with this to the right.
    fn after_closing(self) -> Price {
        match self {
            Side::Edge
            | Side::Space
            | Side::Stop
            | Side::Comma
            | Side::Colon
            | Side::Dash
            | Side::Closing => 0,
            Side::Symbol | Side::Opening => 2,
            Side::Word | Side::Digit => 3,
        }
    }
}

/// A text in which to look at marks.
#[derive(Clone, Copy)]
struct Scene<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    lexicon: &'a Lexicon,
}

impl Scene<'_> {
    /// Looks at the marks of a paragraph; all marks of a row see what stands beside the row.
    fn look(self, paragraph: Stretch, marks: &[u32], sights: &mut Vec<Sight>) {
        let glued = |a: &u32, b: &u32| a + 1 == *b && !self.tokens.has(*b as usize, Shape::SPACED);
        for row in marks.chunk_by(glued) {
            let (first, last) = (row[0] as usize, row[row.len() - 1] as usize);
            let left = match first {
                _ if first == paragraph.first as usize => Side::Edge,
                _ if self.tokens.has(first, Shape::SPACED) => Side::Space,
                _ => Side::of(self.tokens, first - 1),
            };
            let right = match last + 1 {
                next if next == paragraph.end as usize => Side::Edge,
                next if self.tokens.has(next, Shape::SPACED) => Side::Space,
                next => Side::of(self.tokens, next),
            };
            if row.len() > ROW {
                sights.extend(row.iter().map(|_| Sight::NONSENSE));
                continue;
            }
            for at in first..=last {
                let (family, form) = glyph(self.tokens.text(self.text, at));
                let mut sight = Sight {
                    family,
                    opens: left.before_opening() + right.after_opening(),
                    closes: left.before_closing() + right.after_closing(),
                    idles: STRAY,
                    abstains: STRAY,
                    otherwise: Role::Stray,
                };
                match form {
                    Form::Opening => sight.closes += FACING,
                    Form::Closing => sight.opens += FACING,
                    Form::Either => {}
                }
                if family == Family::Single {
                    let after = (at == first && left.is_word()).then(|| at - 1);
                    let before = (at == last && right.is_word()).then_some(at + 1);
                    self.single(&mut sight, form, (left, right), after, before);
                } else {
                    let clear = sight.opens.min(sight.closes);
                    sight.opens -= clear;
                    sight.closes -= clear;
                    if family == Family::Guillemet {
                        (sight.idles, sight.abstains) = (4, 4);
                    } else if left == Side::Digit && at == first {
                        self.inches(&mut sight, at);
                    }
                }
                sights.add(sight);
            }
        }
    }

    /// The prices of a single mark that may be an apostrophe, glued to the word `after` which it stands, or `before`.
    fn single(
        self,
        sight: &mut Sight,
        form: Form,
        (left, right): (Side, Side),
        after: Option<usize>,
        before: Option<usize>,
    ) {
        sight.otherwise = Role::Apostrophe;
        if left.is_space() && right.is_space() {
            let clear = sight.opens.min(sight.closes);
            sight.opens -= clear;
            sight.closes -= clear;
            (sight.idles, sight.abstains) = (2, 2);
        } else if left.is_word() && right.is_word() {
            (sight.idles, sight.abstains) = (0, 0);
        } else if sight.opens < sight.closes && before.is_some_and(|next| self.elided(next)) {
            sight.opens += 3;
            (sight.idles, sight.abstains) = (0, 0);
        } else if sight.opens < sight.closes + FACING && !left.is_word() {
            let price = match form {
                Form::Opening => 4,
                Form::Either => 3,
                Form::Closing => 1,
            };
            (sight.idles, sight.abstains) = (price, price);
        } else if let Some(word) = after {
            self.after_word(sight, word, right);
        } else {
            sight.otherwise = Role::Stray;
            (sight.idles, sight.abstains) = (5, 5);
        }
    }

    /// The prices of a single mark at the end of a word: *the boys’ room*, *nothin’*, *‘no’*
    fn after_word(self, sight: &mut Sight, word: usize, right: Side) {
        let form = self.tokens.text(self.text, word).as_bytes();
        let next = word + 2;
        (sight.idles, sight.abstains) = if self.tokens.kind(word) == TokenKind::Number {
            (0, 1)
        } else if self.clipped(form) {
            sight.closes += 1;
            (0, 0)
        } else if !form.ends_with(b"s") && !form.ends_with(b"S") {
            (2, 4)
        } else if right == Side::Space && self.possessed(next) {
            sight.closes += 2;
            (0, 0)
        } else {
            (0, 3)
        };
    }

    /// A word that an apostrophe can end: *goin’*, *o’*, the *n* of *rock ’n’ roll*
    fn clipped(self, form: &[u8]) -> bool {
        let known = |end: &[u8]| self.lexicon.look_up_parts(&[form, end]);
        let gerund = || self.lexicon.word(known(b"g")).tags.contains(&Tag::Gerund);
        form.eq_ignore_ascii_case(b"n")
            || known(b"'") != WordId::default()
            || form.ends_with(b"in") && gerund()
    }

    /// A word that an apostrophe can begin: *’tis*, *’98*, *’ouse*, *’s-Hertogenbosch*
    fn elided(self, at: usize) -> bool {
        let form = self.tokens.text(self.text, at).as_bytes();
        let known = |lead: &[u8]| self.lexicon.look_up_parts(&[lead, form]) != WordId::default();
        match form {
            [b'0'..=b'9', rest @ ..] => matches!(rest, [b'0'..=b'9'] | [b'0'..=b'9', b's', ..]),
            [b's' | b'S' | b't', b'-', ..] => true,
            _ => known(b"'") || self.tokens.word[at] == WordId::default() && known(b"h"),
        }
    }

    /// Whether the token can be what somebody has: *the boys’ room*
    fn possessed(self, at: usize) -> bool {
        let classes = [Tag::Unknown, Tag::Noun, Tag::Plural, Tag::Name, Tag::Adjective, Tag::Participle];
        self.tokens.kind(at) == TokenKind::Word
            && classes.contains(&self.lexicon.word(self.tokens.word[at]).tags[0])
    }

    /// The prices of a double mark after a number: *12"*, *5'11"*
    fn inches(self, sight: &mut Sight, at: usize) {
        let feet = at.checked_sub(2).is_some_and(|feet| {
            self.tokens.kind(feet) == TokenKind::Mark && !self.tokens.has(feet + 1, Shape::SPACED)
        });
        sight.otherwise = Role::Apostrophe;
        (sight.idles, sight.abstains) = if feet { (0, 0) } else { (1, 2) };
        sight.closes += if feet { 3 } else { 0 };
    }
}

/// The marks open at a place, outermost first; two bits for the family of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Open(u8);

impl Open {
    const COUNT: usize = 1 << (2 * DEEPEST);

    fn depth(self) -> u8 {
        (u8::BITS - self.0.leading_zeros()).div_ceil(2) as u8
    }

    fn innermost(self) -> Option<Family> {
        match self.0 & 3 {
            1 => Some(Family::Double),
            2 => Some(Family::Single),
            3 => Some(Family::Guillemet),
            _ => None,
        }
    }

    /// With one more inside, if that is not too deep.
    fn with(self, family: Family) -> Option<Open> {
        (usize::from(self.depth()) < DEEPEST).then_some(Open(self.0 << 2 | family as u8))
    }

    /// Without the innermost of the family and those inside it, and how many these are.
    fn without(self, family: Family) -> Option<(Open, Price)> {
        let mut open = self;
        let mut inside = 0;
        while let Some(innermost) = open.innermost() {
            open = Open(open.0 >> 2);
            if innermost == family {
                return Some((open, inside));
            }
            inside += 1;
        }
        None
    }
}

/// One way to come to what is open after a mark: what was open before it, and the role of the mark.
#[derive(Clone, Copy, Debug, Default)]
struct Step(u8);

impl Step {
    fn new(before: Open, role: Option<Role>) -> Step {
        let role = match role {
            Some(Role::Opens) => 1,
            Some(_) => 2,
            None => 0,
        };
        Step(before.0 << 2 | role)
    }

    fn before(self) -> Open {
        Open(self.0 >> 2)
    }

    fn role(self) -> Option<Role> {
        match self.0 & 3 {
            1 => Some(Role::Opens),
            2 => Some(Role::Closes),
            _ => None,
        }
    }
}

/// Finds the roles of the marks of one paragraph.
#[derive(Clone, Copy, Debug)]
struct Reader {
    /// The outermost marks of the document.
    outer: Family,
    /// What the next paragraph opens with.
    next: Option<Family>,
}

impl Reader {
    /// The price of opening inside what is open, beside that of the mark's looks.
    fn inside(self, open: Open, family: Family) -> Price {
        match open.innermost() {
            Some(around) if around == family => SAME,
            Some(Family::Single) if open.depth() == 1 && self.outer != Family::Single => STYLE,
            None if family == Family::Single && self.outer != Family::Single => STYLE,
            _ => 0,
        }
    }

    /// The price of what is open at the end of the paragraph.
    fn unclosed(self, open: Open) -> Price {
        let depth = Price::from(open.depth());
        if depth == 1 && open.innermost() == self.next { CONTINUED } else { depth * UNCLOSED }
    }

    /// Gives each mark the role that costs nothing, as long as there is one; whether there always was.
    fn read_off(self, sights: &[Sight], marks: &mut [Mark]) -> bool {
        let mut open = Open::default();
        for (sight, mark) in sights.iter().zip(marks) {
            let closed = open.without(sight.family);
            match (closed, open.with(sight.family)) {
                (Some((rest, 0)), _) if sight.closes == 0 => {
                    open = rest;
                    (mark.role, mark.depth) = (Role::Closes, rest.depth());
                }
                (None, Some(more)) if sight.opens + self.inside(open, sight.family) == 0 => {
                    (mark.role, mark.depth) = (Role::Opens, open.depth());
                    open = more;
                }
                (Some(_), _) if sight.abstains == 0 => mark.role = sight.otherwise,
                (None, _) if sight.idles == 0 => mark.role = sight.otherwise,
                _ => return false,
            }
        }
        self.unclosed(open) <= CONTINUED
    }

    /// Gives the marks the roles that together cost least.
    fn search(self, sights: &[Sight], ways: &mut Vec<[Step; Open::COUNT]>, marks: &mut [Mark]) {
        let mut open = Open::default();
        let windows = sights.len().div_ceil(WINDOW);
        for (at, (sights, marks)) in sights.chunks(WINDOW).zip(marks.chunks_mut(WINDOW)).enumerate() {
            let reached = self.reach(open, sights, ways);
            let end = |open| if at + 1 == windows { self.unclosed(open) } else { 0 };
            let best = reached.iter().min_by_key(|&(open, price)| price + end(open));
            open = best.map_or(open, |(open, _)| open);
            trace(open, ways, sights, marks);
        }
    }

    /// What the marks can leave open, each for the least price and with the `ways` that lead there.
    fn reach(self, from: Open, sights: &[Sight], ways: &mut Vec<[Step; Open::COUNT]>) -> Reached {
        ways.clear();
        let mut reached = Reached::new();
        reached.at(from, 0, Step::default());
        for sight in sights {
            let family = sight.family;
            let mut next = Reached::new();
            for (open, price) in reached.iter() {
                let closed = open.without(family);
                let idle = if closed.is_some() { sight.abstains } else { sight.idles };
                next.at(open, price + idle, Step::new(open, None));
                if let Some((rest, inside)) = closed {
                    let price = price + inside * UNCLOSED;
                    next.at(rest, price + sight.closes, Step::new(open, Some(Role::Closes)));
                    if let Some(again) = rest.with(family) {
                        next.at(again, price + UNCLOSED + sight.opens, Step::new(open, Some(Role::Opens)));
                    }
                }
                if let Some(more) = open.with(family) {
                    let price = price + sight.opens + self.inside(open, family);
                    next.at(more, price, Step::new(open, Some(Role::Opens)));
                }
            }
            ways.push(next.steps);
            reached = next;
        }
        reached
    }
}

/// Goes the ways back from what is open in the end, and tells the marks their roles.
fn trace(mut open: Open, ways: &[[Step; Open::COUNT]], sights: &[Sight], marks: &mut [Mark]) {
    for ((way, sight), mark) in ways.iter().zip(sights).zip(marks).rev() {
        let step = way[usize::from(open.0)];
        (mark.role, mark.depth) = match step.role() {
            Some(Role::Opens) => (Role::Opens, open.depth() - 1),
            Some(role) => (role, open.depth()),
            None => (sight.otherwise, 0),
        };
        open = step.before();
    }
}

/// What can be open at a place, for which price at least, and by which step.
struct Reached {
    /// A bit for each `Open`.
    which: u64,
    prices: [Price; Open::COUNT],
    steps: [Step; Open::COUNT],
}

impl Reached {
    fn new() -> Self {
        Reached { which: 0, prices: [0; Open::COUNT], steps: [Step::default(); Open::COUNT] }
    }

    fn at(&mut self, open: Open, price: Price, step: Step) {
        let (bit, at) = (1 << open.0, usize::from(open.0));
        if self.which & bit == 0 || price < self.prices[at] {
            self.which |= bit;
            self.prices[at] = price;
            self.steps[at] = step;
        }
    }

    fn iter(&self) -> impl Iterator<Item = (Open, Price)> + '_ {
        let mut rest = self.which;
        std::iter::from_fn(move || {
            let at = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (at < u64::BITS).then(|| (Open(at as u8), self.prices[at as usize]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentence::{Paragraphs, paragraphs};

    /// The text with its marks drawn by their roles: `<` opens, `>` closes, `~` is an apostrophe, `?` is stray.
    fn roles(text: &str) -> String {
        let lexicon = Lexicon::english();
        let mut tokens = Tokens::default();
        tokens.read(text, &lexicon);
        let mut stretches = Vec::new();
        paragraphs(text, &tokens, Paragraphs::Detect, &mut stretches);
        let mut marks = Marks::default();
        marks.read(text, &tokens, &lexicon, &stretches);
        let mut drawn = String::new();
        let mut from = 0;
        for mark in &marks.list {
            let span = tokens.span(mark.at as usize, mark.at as usize + 1);
            drawn += &text[from..span.start];
            drawn.push(match mark.role {
                Role::Opens => '<',
                Role::Closes => '>',
                Role::Apostrophe => '~',
                Role::Stray => '?',
            });
            from = span.end;
        }
        drawn + &text[from..]
    }

    #[test]
    fn every_style_opens_and_closes() {
        for (open, close) in [
            ("\"", "\""),
            ("“", "”"),
            ("``", "''"),
            ("''", "''"),
            ("‘", "’"),
            ("'", "'"),
            ("«", "»"),
            ("„", "“"),
        ] {
            let text = format!("{open}It rained,{close} she said. {open}It poured.{close}");
            assert_eq!(roles(&text), "<It rained,> she said. <It poured.>", "{open}{close}");
        }
        assert_eq!(roles("« It rained, » she said."), "< It rained, > she said.");
        assert_eq!(roles("\" It rained , \" she said ."), "< It rained , > she said .");
    }

    #[test]
    fn marks_that_face_the_wrong_way_do_what_their_place_tells() {
        assert_eq!(roles("”It rained,” she said."), "<It rained,> she said.");
        assert_eq!(roles("“It rained,“ she said. “It poured.“"), "<It rained,> she said. <It poured.>");
        assert_eq!(roles("“It rained,\" she said. \"It poured.”"), "<It rained,> she said. <It poured.>");
        assert_eq!(roles("\"Well, \"said he. \"I see.\""), "<Well, >said he. <I see.>");
    }

    #[test]
    fn stretches_lie_inside_each_other() {
        assert_eq!(roles("“She said, ‘No,’ and left.”"), "<She said, <No,> and left.>");
        assert_eq!(roles("‘She said “no” and left,’ he said."), "<She said <no> and left,> he said.");
        assert_eq!(roles("“‘Soon’ is a word,” he said."), "<<Soon> is a word,> he said.");
        assert_eq!(roles("''I said 'no'''"), "<I said <no>>");
        assert_eq!(
            roles("\"They wrote \"no dogs\" on it,\" he said."),
            "<They wrote <no dogs> on it,> he said."
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(
            roles("The boys’ boat of ’98 is the drivers' pride."),
            "The boys~ boat of ~98 is the drivers~ pride."
        );
        assert_eq!(roles("‘The boys’ boat sank,’ he said."), "<The boys~ boat sank,> he said.");
        assert_eq!(
            roles("A 'betrayal of the '07 deal', but drivers' leaders said 'talks go on'."),
            "A <betrayal of the ~07 deal>, but drivers~ leaders said <talks go on>."
        );
        assert_eq!(
            roles("\"Tell 'em he's 5'11\" tall,\" she said."),
            "<Tell ~em he's 5~11~ tall,> she said."
        );
        assert_eq!(roles("A 12\" pizza in 'S-Hertogenbosch"), "A 12~ pizza in ~S-Hertogenbosch");
    }

    #[test]
    fn a_mark_that_is_missing_costs_its_place_alone() {
        assert_eq!(roles("“It rained, she said. “It poured.”"), "<It rained, she said. <It poured.>");
        assert_eq!(roles("It rained,” she said. “It poured.”"), "It rained,? she said. <It poured.>");
        assert_eq!(roles("\"It rained.\n\nIt poured. \"So?\""), "<It rained.\n\nIt poured. <So?>");
    }

    #[test]
    fn a_row_of_marks_means_nothing() {
        assert_eq!(roles("a \"\"\"\"\" b"), "a ????? b");
    }

    #[test]
    fn searching_and_reading_off_agree_on_plain_paragraphs() {
        let sight = |opens, closes| Sight {
            family: Family::Double,
            opens,
            closes,
            idles: STRAY,
            abstains: STRAY,
            otherwise: Role::Stray,
        };
        let sights: Vec<_> =
            (0..WINDOW + 2).map(|at| if at % 2 == 0 { sight(0, 6) } else { sight(6, 0) }).collect();
        let blank = Mark { at: 0, role: Role::Stray, family: Family::Double, depth: 0 };
        let reader = Reader { outer: Family::Double, next: None };
        let (mut plain, mut searched) = (vec![blank; sights.len()], vec![blank; sights.len()]);
        assert!(reader.read_off(&sights, &mut plain));
        reader.search(&sights, &mut Vec::new(), &mut searched);
        assert_eq!(plain, searched);
    }
}
