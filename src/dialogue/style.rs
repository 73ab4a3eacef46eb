//! Whether a text is dialogue or report, from how it is written.

use crate::grammar::tag::Tagged;
use crate::lexicon::{Facts, Outline, Tag};
use crate::text::quotation::{Quoted, Usage};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// How a text gives speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Exchanges, turn by turn: novels and stories.
    Dialogue,
    /// Statements with their sources: news.
    Report,
}

/// What is counted of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    paragraphs: u32,
    /// Outermost quotations.
    quoted: u32,
    /// Quotations that go on the clause before them: called it “a leak”.
    fragments: u32,
    /// Quotations that end in a question.
    questions: u32,
    /// Paragraphs in which nothing stands beside a quotation.
    bare: u32,
    /// Tags in the past with the verb first: “…,” said Ilse.
    inverted: u32,
    /// Words outside quotations.
    words: u32,
    /// I, we, my outside quotations.
    first_person: u32,
    /// Days, bodies, places and numbers outside quotations.
    facts: u32,
    /// says, tells outside quotations.
    present: u32,
    /// whispered, sighed outside quotations.
    manner: u32,
}

/// The style of a text; that its cast is known speaks for dialogue.
pub(crate) fn of(tagged: &Tagged, paragraphs: &[Stretch], quoted: &[Quoted], cast: bool) -> Style {
    let counts = Counts::of(tagged, paragraphs, quoted);
    let evidence = counts.evidence() + if cast { CAST } else { 0.0 };
    if evidence > 0.0 { Style::Dialogue } else { Style::Report }
}

/// What a word tells by itself.
const TELLING: Facts = Outline::FIRST_PERSON.or(Outline::FACT).or(Outline::SPEECH).or(Outline::MANNER);

/// What a cast weighs.
const CAST: f32 = 6.0;

impl Counts {
    fn of(tagged: &Tagged, paragraphs: &[Stretch], quoted: &[Quoted]) -> Self {
        let mut c = Counts { paragraphs: paragraphs.len() as u32, ..Counts::default() };
        let mut outer = quoted.iter().filter(|q| q.depth == 0 && q.usage == Usage::Speech).peekable();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let mut inside = 0;
            while let Some(q) = outer.next_if(|q| q.paragraph as usize == index) {
                inside += q.tokens.range().len();
                c.quotation(tagged, *paragraph, q.tokens);
            }
            c.bare += u32::from(inside > 0 && inside + 1 >= paragraph.range().len());
        }
        let outlines = tagged.lexicon.outlines();
        for (at, kind, shape, word) in tagged.tokens.rows(0..tagged.tokens.len()) {
            let outside = !shape.has(Shape::QUOTED);
            let number = outside & (kind == TokenKind::Number);
            c.words += u32::from(number | outside & shape.is_word());
            c.facts += u32::from(number);
            // what is no word tells nothing
            let word = outlines.of(word);
            if outside & word.has(TELLING) {
                c.word(word, tagged.tag(at));
            }
        }
        c
    }

    fn quotation(&mut self, tagged: &Tagged, paragraph: Stretch, tokens: Stretch) {
        let range = tokens.range();
        self.quoted += 1;
        self.questions +=
            u32::from(range.clone().rev().take(2).any(|at| tagged.kind(at) == TokenKind::Question));
        let goes_on = paragraph.first < tokens.first && tagged.kind(range.start - 1) == TokenKind::Word;
        let lower = range.len() > 1 && !tagged.tokens.has(range.start + 1, Shape::CAPITAL);
        self.fragments += u32::from(goes_on && lower);
        let verb = |at: usize| tagged.tag(at) == Tag::Past && tagged.word(at).cue.tag_share >= 8;
        self.inverted += u32::from(tokens.end < paragraph.end && verb(range.end));
    }

    fn word(&mut self, word: Outline, tag: Tag) {
        self.first_person += u32::from(word.has(Outline::FIRST_PERSON));
        self.facts += u32::from(word.has(Outline::FACT));
        self.present += u32::from(word.has(Outline::SPEECH) && tag == Tag::Third);
        self.manner += u32::from(word.has(Outline::MANNER) && tag == Tag::Past);
    }

    /// How much speaks for dialogue; what is negative speaks for report.
    fn evidence(&self) -> f32 {
        // three are enough in a short text; in a long one, one for each so many quotations
        let enough = |count: u32, every: f32| (count as f32 / (self.quoted as f32 / every).max(3.0)).min(1.0);
        let share = |count: u32, of: u32| count as f32 / of.max(1) as f32;
        let per_words = |count: u32, every: f32| (share(count, self.words.max(20)) * every).min(1.0);
        let evidence = [
            (0.8, enough(self.bare, 4.0)),
            (0.8, share(self.bare, self.paragraphs)),
            (2.1, enough(self.inverted, 4.0)),
            (2.4, enough(self.manner, 12.0)),
            (1.8, share(self.questions, self.quoted)),
            (2.2, share(self.quoted, self.paragraphs).min(1.0)),
            (1.8, per_words(self.first_person, 20.0)),
            (-4.4, per_words(self.facts, 10.0)),
            (-1.9, per_words(self.present, 50.0)),
            (-3.7, share(self.fragments, self.quoted)),
        ];
        // few words tell little: then only a turn without a tag is enough
        let short = if self.bare == 0 { 1.0 - (self.words as f32 / 100.0).min(1.0) } else { 0.0 };
        evidence.iter().map(|(weight, amount)| weight * amount).sum::<f32>() - 2.4 - 3.0 * short
    }
}
