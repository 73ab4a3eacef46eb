//! Quoted stretches: what stands between marks, paragraph by paragraph.

use crate::growth::Growth;
use crate::lexicon::Lexicon;
use crate::text::mark::{self, Family, Mark, Marks, Role};
use crate::text::sentence::{self, Stretch};
use crate::text::token::{Shape, Tokens};

/// A stretch between quotation marks, within one paragraph, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub(crate) tokens: Stretch,
    /// Index of its paragraph.
    pub(crate) paragraph: u32,
    /// 0 for an outermost one, 1 for one inside another.
    pub(crate) depth: u8,
    /// Its closing mark is there.
    pub(crate) closed: bool,
    /// It goes on in the next paragraph, which opens again: a speech over several paragraphs.
    pub(crate) continues: bool,
    /// What its marks are there for.
    pub(crate) usage: Usage,
}

/// What quotation marks are there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Usage {
    /// To quote.
    #[default]
    Speech,
    /// The title of a work: “The Grey Heron”
    Title,
    /// A name given to somebody: Tomas “Tom” Brandt
    Nickname,
    /// A word that is not the writer’s own: a “leader”
    Scare,
    /// A word as a word: the term “spoke”
    Term,
}

/// Finds the quoted stretches of all paragraphs, outermost and nested, ascending by their first token; tells the
/// tokens inside (`Shape::QUOTED`) and the marks (`Shape::OPENS`, `Shape::CLOSES`, `Shape::CLITIC`).
pub(crate) fn read(
    text: &str,
    tokens: &mut Tokens,
    lexicon: &Lexicon,
    paragraphs: &[Stretch],
    marks: &mut Marks,
    quoted: &mut Vec<Quoted>,
) {
    marks.read(text, tokens, lexicon, paragraphs);
    quoted.clear();
    let mut rest = &marks.list[..];
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        let (inside, after) = rest.split_at(rest.partition_point(|mark| mark.at < paragraph.end));
        let next = after.first().filter(|mark| mark.role == Role::Opens && mark.at == paragraph.end);
        let unclosed = pair(paragraph, index as u32, inside, quoted);
        if let (Some((last, family)), Some(next)) = (unclosed, next) {
            quoted[last].continues = next.family == family;
        }
        rest = after;
    }
    for q in quoted.iter_mut().filter(|q| !q.closed && !q.continues && q.depth == 0) {
        if let Some(end) = told(tokens, lexicon, q.tokens) {
            q.tokens.end = end as u32;
        }
    }
    for mark in &marks.list {
        let shape = &mut tokens.shape[mark.at as usize];
        *shape = shape
            .with(Shape::OPENS, mark.role == Role::Opens)
            .with(Shape::CLOSES, mark.role == Role::Closes)
            .with(Shape::CLITIC, mark.role == Role::Apostrophe && !shape.has(Shape::SPACED));
    }
    for q in quoted.iter().filter(|q| q.depth == 0) {
        for shape in &mut tokens.shape[q.tokens.range()] {
            *shape = shape.with(Shape::QUOTED, true);
        }
    }
}

/// Whether the mark opens a stretch that nothing closes and that does not go on in the next paragraph.
pub(crate) fn is_unclosed(quoted: &[Quoted], mark: &Mark) -> bool {
    let opened = quoted.binary_search_by_key(&mark.at, |q| q.tokens.first);
    mark.role == Role::Opens && opened.is_ok_and(|at| !quoted[at].closed && !quoted[at].continues)
}

/// Adds the stretches between the marks of a paragraph; the outermost that never closes, if there is one, and its mark.
fn pair(paragraph: Stretch, index: u32, marks: &[Mark], quoted: &mut Vec<Quoted>) -> Option<(usize, Family)> {
    let mut open = [(0, Family::Double); mark::DEEPEST];
    let mut depth = 0;
    for mark in marks.iter().filter(|mark| matches!(mark.role, Role::Opens | Role::Closes)) {
        let around = usize::from(mark.depth);
        for &(at, _) in &open[around..depth.max(around)] {
            quoted[at].tokens.end = mark.at;
        }
        depth = around;
        if mark.role == Role::Closes {
            let (at, _) = open[around];
            quoted[at].tokens.end = mark.at + 1;
            quoted[at].closed = true;
        } else {
            open[around] = (quoted.len(), mark.family);
            depth += 1;
            quoted.add(Quoted {
                tokens: Stretch { first: mark.at, end: paragraph.end },
                paragraph: index,
                depth: mark.depth,
                closed: false,
                continues: false,
                usage: Usage::default(),
            });
        }
    }
    (depth > 0).then_some(open[0])
}

/// Where in a stretch that never closes the words begin that say who spoke.
fn told(tokens: &Tokens, lexicon: &Lexicon, quoted: Stretch) -> Option<usize> {
    let end = quoted.end as usize;
    let inside = quoted.first as usize + 1..end.saturating_sub(1);
    inside
        .map(|at| at + 1)
        .filter(|at| tokens.kind(at - 1).announces_tag())
        .find(|&at| sentence::tag(tokens, lexicon, at, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentence::{Paragraphs, paragraphs};

    /// The quoted stretches of a text, a > before one for each that is around it, with what is odd of it after a bar.
    fn stretches(text: &str) -> Vec<String> {
        let lexicon = Lexicon::english();
        let mut tokens = Tokens::default();
        tokens.read(text, &lexicon);
        let (mut parts, mut marks, mut quoted) = (Vec::new(), Marks::default(), Vec::new());
        paragraphs(text, &tokens, Paragraphs::Detect, &mut parts);
        read(text, &mut tokens, &lexicon, &parts, &mut marks, &mut quoted);
        let drawn = quoted.iter().map(|q| {
            let words = tokens.span(q.tokens.first as usize, q.tokens.end as usize).of(text);
            let odd = match (q.closed, q.continues) {
                (true, _) => "",
                (false, true) => " | continues",
                (false, false) => " | unclosed",
            };
            ">".repeat(usize::from(q.depth)) + words + odd
        });
        drawn.collect()
    }

    #[test]
    fn outer_and_inner_stretches_ascend() {
        assert_eq!(
            stretches("“She said, ‘No,’ and left,” he said. “So?”"),
            ["“She said, ‘No,’ and left,”", ">‘No,’", "“So?”"]
        );
    }

    #[test]
    fn a_paragraph_that_opens_again_goes_on() {
        assert_eq!(
            stretches("“It rained.\n\n“It poured.”\n\n“So?”"),
            ["“It rained. | continues", "“It poured.”", "“So?”"]
        );
        assert_eq!(stretches("“It rained.\n\nIt poured."), ["“It rained. | unclosed"]);
        assert_eq!(stretches("“It rained.\n\nShe said “no.”"), ["“It rained. | unclosed", "“no.”"]);
    }

    #[test]
    fn what_never_closes_ends_before_its_tag() {
        assert_eq!(
            stretches("“It rained, Ilse Brandt said. “It poured.”"),
            ["“It rained, | unclosed", "“It poured.”"]
        );
    }
}
