//! The word class of every token in its place.
//!
//! A form has up to three classes in the lexicon; its neighbours choose between them. Forms that the lexicon
//! does not have are classed by how they are written.

use crate::bits::{BITS, places};
use crate::grammar::tally::Tally;
use crate::growth::Growth;
use crate::lexicon::{Function, Lexicon, Outline, Outlines, Tag, Traits, Word, WordId};
use crate::text::sentence::Stretch;
use crate::text::token::{KINDS, Shape, TokenKind, Tokens};

/// The tokens of a text with their classes: what the grammar parses.
#[derive(Clone, Copy)]
pub(crate) struct Tagged<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a Tokens,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tags: &'a [Tag],
}

impl<'a> Tagged<'a> {
    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.tags[at]
    }

    pub(crate) fn kind(&self, at: usize) -> TokenKind {
        self.tokens.kind(at)
    }

    pub(crate) fn word(&self, at: usize) -> &'a Word {
        self.lexicon.word(self.tokens.word[at])
    }

    pub(crate) fn any(&self, at: usize, traits: Traits) -> bool {
        self.word(at).traits.any(traits)
    }

    pub(crate) fn function(&self, at: usize) -> Function {
        self.word(at).function
    }

    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.tokens.text(self.text, at)
    }

    pub(crate) fn is(&self, at: usize, form: &str) -> bool {
        self.tokens.size(at) == form.len() && self.form(at).eq_ignore_ascii_case(form)
    }
}

impl Tag {
    /// A verb in any form, the modals left out.
    pub(crate) fn verb(self) -> bool {
        matches!(self, Tag::Base | Tag::Third | Tag::Past | Tag::Gerund | Tag::Participle)
    }

    /// A verb form that can be finite.
    pub(crate) fn finite(self) -> bool {
        matches!(self, Tag::Base | Tag::Third | Tag::Past | Tag::Modal)
    }

    /// What can be the head of a noun phrase.
    pub(crate) fn nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Plural | Tag::Name)
    }
}

/// Classes the tokens of texts, in memory that is used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagger {
    /// What a paragraph leaves open.
    doubts: Vec<Doubts>,
    /// Common words that stood as names so far.
    surnames: Tally,
    /// The words with a capital and those that the lexicon does not have, ascending.
    pub(crate) capitals: Vec<u32>,
}

/// What words leave open, a bit for each of some tokens in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Doubts {
    /// Neighbours class the word.
    doubtful: u64,
    /// It has a capital that may only show that a sentence, line or quotation begins.
    opens: u64,
    /// It stood as a name before.
    surname: u64,
}

/// The class of the tokens that are no words, by kind.
const TAGS: [Tag; KINDS] = {
    let mut tags = [Tag::Punctuation; KINDS];
    tags[TokenKind::Number as usize] = Tag::Number;
    tags
};

impl Tagger {
    /// Classes all tokens of a text, in place of what was in `tags`.
    pub(crate) fn read(
        &mut self,
        text: &str,
        tokens: &Tokens,
        lexicon: &Lexicon,
        paragraphs: &[Stretch],
        tags: &mut Vec<Tag>,
    ) {
        tags.clear();
        tags.reserve_exact(tokens.len());
        tags.resize(tokens.len(), Tag::Punctuation);
        let forms = Forms::of(lexicon);
        let scene = Scene { text, tokens, lexicon, outlines: lexicon.outlines(), forms: &forms };
        self.surnames.clear();
        self.capitals.clear();
        for &paragraph in paragraphs {
            self.read_alone(&scene, paragraph, tags);
            for (first, doubts) in paragraph.range().step_by(BITS).zip(self.doubts.drain(..)) {
                for bit in places(doubts.doubtful) {
                    let place = Place::new(&scene, tags, paragraph, first + bit);
                    let set = |bits: u64| bits >> bit & 1 != 0;
                    tags[first + bit] = in_place(place, set(doubts.opens), set(doubts.surname));
                }
            }
        }
    }

    /// Gives every token of a paragraph its commonest class, and notes where that does not settle it.
    fn read_alone(&mut self, scene: &Scene, paragraph: Stretch, tags: &mut [Tag]) {
        let heading = heading(scene.tokens, paragraph);
        let range = paragraph.range();
        let shapes = scene.tokens.shape[range.clone()].chunks(BITS);
        let words = scene.tokens.word[range.clone()].chunks(BITS);
        for ((shapes, words), first) in shapes.zip(words).zip(range.step_by(BITS)) {
            let mut by_kind = TAGS;
            let (mut doubtful, mut special) = (0, 0);
            let tokens = shapes.iter().zip(words).zip(&mut tags[first..first + shapes.len()]);
            // it takes no branch
            for (bit, ((&shape, &id), tag)) in tokens.enumerate() {
                let outline = scene.outlines.of(id);
                by_kind[TokenKind::Word as usize] = outline.tag;
                *tag = by_kind[shape.number()];
                let marked = shape.any(Shape::CAPITAL, Shape::CLITIC);
                let small = shape.is_small_word();
                doubtful |= u64::from(small & outline.has(Outline::DOUBTFUL)) << bit;
                special |= u64::from(marked | small & outline.has(Outline::UNKNOWN)) << bit;
            }
            let mut doubts = Doubts { doubtful, ..Doubts::default() };
            for bit in places(special) {
                self.look_again(scene, paragraph, heading, first + bit, tags, &mut doubts);
            }
            self.doubts.add(doubts);
        }
    }

    /// Gives a token its class that had that of its kind or word.
    fn look_again(
        &mut self,
        scene: &Scene,
        paragraph: Stretch,
        heading: bool,
        at: usize,
        tags: &mut [Tag],
        doubts: &mut Doubts,
    ) {
        let (text, tokens) = (scene.text, scene.tokens);
        let (shape, id) = (tokens.shape[at], tokens.word[at]);
        let bit = 1 << ((at - paragraph.range().start) % BITS);
        if shape.kind() == TokenKind::Mark {
            // *the voters’ choice*
            if owns(text, tokens, &tags[..at], at) {
                tags[at] = Tag::Genitive;
            }
            return;
        }
        self.capitals.add(at as u32);
        if !shape.any(Shape::CAPITAL, Shape::CLITIC) {
            tags[at] = by_ending(tokens.text(text, at));
            doubts.doubtful |= if tags[at] == Tag::Past { bit } else { 0 };
            return;
        }
        let word = scene.lexicon.word(id);
        tags[at] = alone(text, tokens, word, at, heading);
        let opens = !heading && shape.has(Shape::CAPITAL) && opens(tokens, paragraph, at);
        let behind_name = tags[at] == Tag::Name && at > 0 && tags[at - 1] == Tag::Name;
        let surname = !heading && self.surname(id, word, opens, behind_name);
        let doubtful = opens || scene.forms.ask_neighbours(tokens, at) || in_doubt(word, tags[at]);
        doubts.doubtful |= if doubtful { bit } else { 0 };
        doubts.opens |= if opens { bit } else { 0 };
        doubts.surname |= if surname { bit } else { 0 };
    }
}

impl Tagger {
    /// Whether a common word with a capital that says nothing stood as a name before: as a noun with a capital inside a
    /// sentence, as any word with one behind another name.
    fn surname(&mut self, id: WordId, word: &Word, opens: bool, behind_name: bool) -> bool {
        let first = word.tags[0];
        if first == Tag::Unknown || first == Tag::Name {
            return false;
        }
        if !opens && (behind_name || first.nominal()) {
            self.surnames.watch(id);
        }
        opens && self.surnames.watches(id)
    }
}

/// Forms that the rules know by name.
struct Forms {
    that: WordId,
    to: WordId,
    her: WordId,
    by: WordId,
    articles: [WordId; 3],
    /// Determiners that can be subjects.
    stand_alone: [WordId; 7],
    s: WordId,
    modal: [WordId; 2],
}

impl Forms {
    fn of(lexicon: &Lexicon) -> Forms {
        let form = |form: &str| lexicon.look_up(form.as_bytes());
        Forms {
            that: form("that"),
            to: form("to"),
            her: form("her"),
            by: form("by"),
            articles: ["the", "a", "no"].map(form),
            stand_alone: ["another", "many", "some", "most", "others", "both", "several"].map(form),
            s: form("'s"),
            modal: ["'ll", "'d"].map(form),
        }
    }

    /// Whether a rule of its own classes the word.
    fn ask_neighbours(&self, tokens: &Tokens, at: usize) -> bool {
        let word = tokens.word[at];
        word == self.that || word == self.to || word == self.her || tokens.has(at, Shape::CLITIC)
    }
}

/// Whether the neighbours of a word tell more of its class than the word does.
fn in_doubt(word: &Word, tag: Tag) -> bool {
    let [first, second, _] = word.tags;
    let several = (tag == Tag::Base) | (second != Tag::Unknown);
    (tag == Tag::Past) | (tag != Tag::Name) & (first != Tag::Unknown) & several
}

/// Whether a sentence, line or quotation begins with the token, so that a capital says nothing.
fn opens(tokens: &Tokens, paragraph: Stretch, at: usize) -> bool {
    let leads = |kind: TokenKind| matches!(kind, TokenKind::Mark | TokenKind::Opening | TokenKind::Dash);
    let glued = |&at: &usize| leads(tokens.kind(at)) && !tokens.has(at, Shape::SPACED);
    let before = (paragraph.range().start..at).rev().find(|at| !glued(at)).map(|at| tokens.kind(at));
    before.is_none_or(|kind| leads(kind) || kind == TokenKind::Colon || kind.ends_sentence())
}

/// Whether most words of a paragraph have capitals, so that a capital says nothing; before a final stop a few more
/// words than a name has: *Ferry Firm Says Pier Is Unsafe.*
fn heading(tokens: &Tokens, paragraph: Stretch) -> bool {
    let range = paragraph.range();
    if !(4..=30).contains(&range.len()) {
        return false;
    }
    let (words, capitals) = tokens.capitals(range.clone());
    let least = if tokens.kind(range.end - 1) == TokenKind::Stop { 5 } else { 3 };
    words >= least && capitals * 5 >= words * 4
}

/// The commonest class of a word, its neighbours unseen.
fn alone(text: &str, tokens: &Tokens, word: &Word, at: usize, opens: bool) -> Tag {
    let first = word.tags[0];
    if !tokens.has(at, Shape::CAPITAL) {
        return if first == Tag::Unknown { by_ending(tokens.text(text, at)) } else { first };
    }
    let initial =
        tokens.has(at, Shape::DOTTED) && tokens.size(at) == 2 || first == Tag::Modal && tokens.size(at) == 1;
    let named = Traits(Traits::GIVEN_NAME.0 | Traits::PLACE.0 | Traits::TITLE.0);
    let named = match first {
        Tag::Unknown => true,
        Tag::Modal => !opens,
        _ => open_class(first) && (!opens || word.traits.any(named)),
    };
    if initial || named { Tag::Name } else { first }
}

/// Whether new words of the class appear: the classes of names' common words.
fn open_class(tag: Tag) -> bool {
    tag.verb() || tag.nominal() || matches!(tag, Tag::Adjective | Tag::Adverb | Tag::Number)
}

/// The likeliest class of an unknown word that is not capitalised.
fn by_ending(form: &str) -> Tag {
    const LONGEST_PREFIX: usize = 3;
    const ENDINGS: [(&str, Tag); 14] = [
        ("ly", Tag::Adverb),
        ("ing", Tag::Gerund),
        ("ed", Tag::Past),
        ("ness", Tag::Noun),
        ("ss", Tag::Noun),
        ("ous", Tag::Adjective),
        ("us", Tag::Noun),
        ("is", Tag::Noun),
        ("s", Tag::Plural),
        ("able", Tag::Adjective),
        ("al", Tag::Adjective),
        ("ful", Tag::Adjective),
        ("ive", Tag::Adjective),
        ("ish", Tag::Adjective),
    ];
    // *well-connected*, but *re-elected*, *co-founded*
    let compound = form.find('-').is_some_and(|hyphen| hyphen > LONGEST_PREFIX);
    match ENDINGS.iter().find(|(ending, _)| form.ends_with(ending)) {
        Some((_, Tag::Past)) if compound => Tag::Adjective,
        Some(&(_, tag)) => tag,
        None => Tag::Noun,
    }
}

/// A text in which words are classed.
struct Scene<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    lexicon: &'a Lexicon,
    outlines: Outlines<'a>,
    forms: &'a Forms,
}

/// A word among its neighbours; the classes of those before it are settled.
struct Place<'a> {
    scene: &'a Scene<'a>,
    tags: &'a [Tag],
    at: usize,
    id: WordId,
    word: &'a Word,
    /// Those that it can have.
    classes: Classes,
    /// The classes right before and behind it.
    before: Tag,
    after: Tag,
    /// Its class where the neighbours say nothing.
    tag: Tag,
    paragraph: Stretch,
}

impl<'a> Place<'a> {
    #[inline]
    fn new(scene: &'a Scene, tags: &'a [Tag], paragraph: Stretch, at: usize) -> Self {
        let id = scene.tokens.word[at];
        let range = paragraph.range();
        let before = if at > range.start { tags[at - 1] } else { Tag::Punctuation };
        let after = if at + 1 < range.end { tags[at + 1] } else { Tag::Punctuation };
        let word = scene.lexicon.word(id);
        Place {
            scene,
            tags,
            at,
            id,
            word,
            classes: Classes::of(&word.tags),
            before,
            after,
            tag: tags[at],
            paragraph,
        }
    }

    fn before(&self, back: usize) -> Tag {
        let at = self.at.checked_sub(back).filter(|&at| self.paragraph.contains(at));
        at.map_or(Tag::Punctuation, |at| self.tags[at])
    }

    fn after(&self, on: usize) -> Tag {
        let at = self.at + on;
        if self.paragraph.contains(at) { self.tags[at] } else { Tag::Punctuation }
    }

    fn can_be(&self, tag: Tag) -> bool {
        self.classes.has(tag)
    }

    /// The first of the classes that the form can have.
    #[inline]
    fn first_of(&self, classes: Classes) -> Option<Tag> {
        if !self.classes.meets(classes) {
            return None;
        }
        self.word.tags.into_iter().find(|&tag| classes.has(tag))
    }

    fn word_before(&self, back: usize) -> Option<WordId> {
        self.at.checked_sub(back).map(|at| self.scene.tokens.word[at])
    }

    fn word_before_is(&self, back: usize, forms: &[WordId]) -> bool {
        self.word_before(back).is_some_and(|word| forms.contains(&word))
    }

    /// The class of the last word before that is no adverb, and what is known of it: *has repeatedly* denied, *has long*
    /// denied.
    #[inline]
    fn governor(&self) -> (Tag, Outline) {
        let word = |back: usize| self.word_before(back).unwrap_or_default();
        let at = |back: usize| (self.before(back), self.scene.outlines.of(word(back)));
        let governs =
            |&(tag, outline): &(Tag, Outline)| !((tag == Tag::Adverb) | outline.has(Outline::LIGHT));
        (1..4).map(at).find(governs).unwrap_or_else(|| at(1))
    }
}

/// A set of classes.
#[derive(Clone, Copy)]
struct Classes(u32);

impl Classes {
    const fn of(tags: &[Tag]) -> Classes {
        let mut set = 0;
        let mut at = 0;
        while at < tags.len() {
            set |= 1 << tags[at] as u32;
            at += 1;
        }
        Classes(set)
    }

    #[inline]
    fn has(self, tag: Tag) -> bool {
        self.0 >> tag as u32 & 1 != 0
    }

    #[inline]
    fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }
}

const VERBS: Classes = Classes::of(&[Tag::Base, Tag::Third, Tag::Past, Tag::Gerund, Tag::Participle]);
/// *said*, *says*
const TENSED: Classes = Classes::of(&[Tag::Past, Tag::Third]);
const NOMINALS: Classes = Classes::of(&[
    Tag::Noun,
    Tag::Plural,
    Tag::Adjective,
    Tag::Number,
    Tag::Participle,
    Tag::Gerund,
    Tag::Adverb,
]);
/// What stands behind a preposition.
const GOVERNED: Classes = Classes::of(&[Tag::Gerund, Tag::Noun, Tag::Plural, Tag::Adjective]);

/// The class of a word where it stands; whether it has a capital that tells nothing, and stood as a name before.
fn in_place(mut place: Place, opens: bool, surname: bool) -> Tag {
    let forms = place.scene.forms;
    if place.scene.tokens.has(place.at, Shape::CLITIC) {
        return clitic(&place);
    }
    match place.id {
        id if id == forms.that => return that(&place),
        id if id == forms.to => return to(&place),
        id if id == forms.her => return her(&place),
        _ => {}
    }
    if opens {
        place.tag = alone(place.scene.text, place.scene.tokens, place.word, place.at, true);
        if place.tag == Tag::Name && inverted(&place) {
            return Tag::Past;
        }
        // ***Asked** about the leak, Ruiz said …*
        if place.tag == Tag::Past && place.can_be(Tag::Participle) && adjunct(place.after) {
            return Tag::Participle;
        }
    }
    if surname && named(&place) {
        return Tag::Name;
    }
    if in_doubt(place.word, place.tag) { among_neighbours(&place) } else { place.tag }
}

/// The class of a word with several classes where it stands.
fn among_neighbours(place: &Place) -> Tag {
    let tag = place.tag;
    if let Some(tag) = quantity(place, tag).or_else(|| beside_noun(place, tag)) {
        return tag;
    }
    if let Some(verb) = phrasal(place, tag) {
        return verb;
    }
    // where most words fail a test for one reason or another, it takes one branch
    let counted = place.before == Tag::Number;
    let paused = place.before == Tag::Punctuation;
    let cut_off = paused & (tag == Tag::Participle);
    let noun = (tag.nominal() | counted | cut_off) & (place.before.nominal() | counted | paused);
    if place.classes.meets(TENSED) && (noun && beside_marks(place) || tag.nominal() && inverts(place)) {
        return place.first_of(TENSED).unwrap_or(tag);
    }
    let (governor, auxiliary) = place.governor();
    let participle = place.can_be(Tag::Participle) | (tag == Tag::Past);
    if auxiliary.has(Outline::BE_OR_HAVE) & (governor != Tag::Noun) & participle {
        return Tag::Participle;
    }
    let bare = matches!(governor, Tag::Modal | Tag::To) | auxiliary.has(Outline::DO);
    if bare & place.can_be(Tag::Base) {
        return Tag::Base;
    }
    let counts = matches!(place.before, Tag::Determiner | Tag::Number);
    if tag == Tag::Modal && counts && !place.word_before_is(1, &place.scene.forms.articles) {
        return tag;
    }
    if leads(place.before) {
        return in_phrase(place, tag);
    }
    let verbal = || place.first_of(VERBS);
    match place.before {
        // *the retired **vet** said*
        Tag::Participle if modifies(place) && place.after.finite() => place.first_of(NOMINALS).unwrap_or(tag),
        // *make it **clear***
        Tag::Pronoun if tag == Tag::Adjective && place.before(2).verb() => tag,
        // *those who **back** the plan*
        Tag::WhPronoun if place.can_be(Tag::Base) && object(place.after) => Tag::Base,
        Tag::Pronoun | Tag::WhPronoun if !place.can_be(Tag::Adverb) || tag.verb() => {
            verbal().map_or(tag, |verb| finite(place, verb))
        }
        // *who now **studies** the bridge*, *he often **claims** it*
        Tag::Adverb if tag.nominal() && matches!(governor, Tag::Pronoun | Tag::WhPronoun) => {
            place.first_of(TENSED).unwrap_or(tag)
        }
        Tag::Preposition if place.classes.meets(VERBS) => place.first_of(GOVERNED).unwrap_or(tag),
        _ if tag.verb() => verb(place, tag, governor),
        Tag::Noun | Tag::Plural | Tag::Name | Tag::Adverb if tag.nominal() => match verbal() {
            Some(verbal) if governor.nominal() => after_noun(place, tag, governor, verbal),
            _ => tag,
        },
        _ => tag,
    }
}

/// The class of a word behind what leads a noun phrase to its noun.
fn in_phrase(place: &Place, tag: Tag) -> Tag {
    match place.first_of(NOMINALS).unwrap_or(tag) {
        // *the **forward** said*
        Tag::Adverb if place.can_be(Tag::Noun) && place.after.finite() => Tag::Noun,
        Tag::Adverb => tag,
        // *a **bewigged** man*
        Tag::Past if place.word.tags[0] == Tag::Unknown && !object(place.after) => Tag::Participle,
        // *a third **said** that it leaks*: a participle would stand before a noun
        Tag::Participle if place.can_be(Tag::Past) && object(place.after) => Tag::Past,
        // *told the **hearing** he had slept*
        Tag::Gerund if place.can_be(Tag::Noun) && subject(place.after) => Tag::Noun,
        // *the **military** said*
        Tag::Adjective if place.can_be(Tag::Noun) && acts(place) => Tag::Noun,
        nominal => nominal,
    }
}

/// The verb before *out* that a clause or pause follows: *the divers **point** out that it leaks*, *as Ruiz **points** out*.
fn phrasal(place: &Place, tag: Tag) -> Option<Tag> {
    let next = place.at + 1;
    let out = || place.scene.lexicon.word(place.scene.tokens.word[next]).function == Function::Out;
    let follows = || matches!(place.after(2), Tag::Subordinator | Tag::Punctuation | Tag::WhAdverb);
    let may = tag.nominal() & place.classes.meets(VERBS);
    let phrasal = may && place.paragraph.contains(next) && out() && !leads(place.before) && follows();
    phrasal.then(|| place.first_of(VERBS)).flatten()
}

/// Whether a last name that is a word as well stands as a subject at the beginning: ***Small** said so*, ***Cross**, who …*
fn named(place: &Place) -> bool {
    let next = place.at + 1;
    let comma = || place.scene.tokens.kind(next) == TokenKind::Comma && place.after(2) == Tag::WhPronoun;
    let clitic = || place.scene.tokens.has(next, Shape::CLITIC);
    let reports = || {
        let word = place.scene.lexicon.word(place.scene.tokens.word[next]);
        word.tags.iter().any(|tag| tag.finite())
            && (word.cue.verb_share > 0 || word.traits.any(Traits(Traits::BE.0 | Traits::HAVE.0)))
    };
    next < place.paragraph.range().end && (reports() || clitic() || comma())
}

/// Whether a verb that is a given name as well opens the sentence before its subject: ***Said** Ana Ruiz: “It leaks.”*
fn inverted(place: &Place) -> bool {
    let word = place.word;
    let end = place.paragraph.range().end;
    let name = |at: usize| {
        place.scene.tokens.kind(at) == TokenKind::Word && place.scene.tokens.has(at, Shape::CAPITAL)
    };
    let after = (place.at + 1..end).find(|&at| !name(at)).filter(|&at| at > place.at + 1);
    word.tags[0] == Tag::Past
        && word.cue.verb_share >= INVERTED_SHARE
        && after.is_some_and(|at| matches!(place.scene.tokens.kind(at), TokenKind::Comma | TokenKind::Colon))
}

/// A verb that is a name as well is one at the beginning of a sentence where it reports this often.
const INVERTED_SHARE: u8 = 80;

/// Whether a word behind a noun stands where the verb of a tag stands: *“It leaks,” Ruiz **notes***,
/// *a footnote **notes**: “It leaks.”*, *the poster **claims** “It leaks.”*, *the dam, Ruiz **notes**, leaks*
fn beside_marks(place: &Place) -> bool {
    let quoted = |at: usize| place.scene.tokens.has(at, Shape::QUOTED);
    let end = uninterrupted(place);
    let before = place.before(1 + place.at - end);
    if quoted(place.at) || !before.nominal() && before != Tag::Number {
        return false;
    }
    let range = place.paragraph.range();
    let kind = |at: usize| place.scene.tokens.kind(at);
    let next = place.at + 1;
    let pauses = || matches!(kind(next), TokenKind::Comma | TokenKind::Colon) && !quoted(next);
    let sentence = || place.scene.tokens.has(next + 1, Shape::CAPITAL) && kind(next) == TokenKind::Mark;
    let opens = next + 1 < range.end && quoted(next + 1) && (pauses() || sentence());
    let phrase = |at: &usize| {
        let tag = place.tags[*at];
        tag.nominal()
            || matches!(tag, Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective | Tag::Number)
            || tag == Tag::Preposition
    };
    let subject = (range.start..end).rev().take(LONGEST_SUBJECT).take_while(|at| phrase(at) && !quoted(*at));
    let closed = || {
        let mark = subject.last().and_then(|first| first.checked_sub(1)).filter(|&at| at > range.start);
        mark.is_some_and(|at| quoted(at) && kind(at - 1).announces_tag())
    };
    let tells = || {
        let name = (range.start..place.at).rev().take_while(|&at| place.tags[at] == Tag::Name).last();
        let comma = |at: usize| range.contains(&at) && kind(at) == TokenKind::Comma;
        let parted = name.and_then(|at| at.checked_sub(1)).is_some_and(comma);
        parted
            && place.word.cue.verb_share >= TELLING
            && (comma(next) || range.end > next && kind(next) == TokenKind::Stop)
    };
    opens || closed() || tells()
}

/// A word that a name and a comma stand before is a verb where it reports something this often.
const TELLING: u8 = 50;

/// Where the subject ends, without what interrupts it and its verb: *Ruiz**, who leads the divers,** notes*,
/// *Ruiz**, 54,** notes*, *Ruiz **(D-Aske)** notes*
fn uninterrupted(place: &Place) -> usize {
    let range = place.paragraph.range();
    let kind = |at: usize| place.scene.tokens.kind(at);
    let Some(last) = place.at.checked_sub(1).filter(|&at| at > range.start) else { return place.at };
    let opening = match kind(last) {
        TokenKind::Comma => TokenKind::Comma,
        TokenKind::Closing => TokenKind::Opening,
        _ => return place.at,
    };
    let opens = (range.start..last).rev().take(LONGEST_INTERRUPTION).find(|&at| kind(at) == opening);
    let interrupts = |at: &usize| {
        opening == TokenKind::Opening || matches!(place.tags[at + 1], Tag::WhPronoun | Tag::Number)
    };
    opens.filter(interrupts).unwrap_or(place.at)
}

/// How many words stand between a subject and its verb at most.
const LONGEST_INTERRUPTION: usize = 12;

/// Whether a word stands where the verb of a tag stands before its subject: *“It leaks,” **notes** Ruiz*
fn inverts(place: &Place) -> bool {
    let first = place.paragraph.range().start;
    let quoted = |at: usize| place.scene.tokens.has(at, Shape::QUOTED);
    let closed = place.at > first + 1 && quoted(place.at - 1) && !quoted(place.at);
    let subject =
        place.after.nominal() || matches!(place.after, Tag::Number | Tag::Determiner | Tag::Possessive);
    closed && place.scene.tokens.kind(place.at - 2).announces_tag() && subject
}

/// How many words the subject between a quotation and the verb of its tag has at most.
const LONGEST_SUBJECT: usize = 8;

/// The class of a word that tells how many: ***most** said so*, ***about** fifty came*, *more **than** half left*.
fn quantity(place: &Place, tag: Tag) -> Option<Tag> {
    let function = |at: usize| place.scene.lexicon.word(place.scene.tokens.word[at]).function;
    let number = |after: Tag| after == Tag::Number;
    let next = place.at + 1;
    let before = || place.at.checked_sub(1).filter(|&at| place.paragraph.contains(at)).map(function);
    let own = place.word.function;
    if !((own == Function::Most) | (own == Function::About) | (own == Function::Than)) {
        return None;
    }
    match own {
        Function::Most if tag == Tag::Adverb => {
            let of = next < place.scene.tokens.len() && function(next) == Function::Of;
            let opens = matches!(place.before, Tag::Punctuation | Tag::Coordinator | Tag::Subordinator);
            (of || opens && place.after.finite()).then_some(Tag::Determiner)
        }
        Function::About => {
            let opens = !place.before.verb() && !place.before.nominal() && place.before != Tag::Adjective;
            (opens
                && (number(place.after)
                    || place.after == Tag::Determiner && function(next) == Function::Half))
                .then_some(Tag::Adverb)
        }
        Function::Than => {
            let more = matches!(before(), Some(Function::More | Function::Less | Function::Fewer));
            (more && number(place.after)).then_some(Tag::Adverb)
        }
        _ => None,
    }
}

/// The class of a word that a neighbouring noun decides: *the base **chief***, *said **retired** judge Ruiz*,
/// *another **tweeted** it*, *biologist and **dive** instructor*.
fn beside_noun(place: &Place, tag: Tag) -> Option<Tag> {
    let (before, after) = (place.before, place.after);
    let role = |at: usize| {
        place
            .scene
            .tokens
            .word
            .get(at)
            .is_some_and(|&id| place.scene.lexicon.word(id).traits.any(Traits::ROLE))
    };
    match (before, tag) {
        (Tag::Noun | Tag::Name, Tag::Adjective) if place.can_be(Tag::Noun) => {
            let ends = after.finite() || matches!(after, Tag::Participle | Tag::Punctuation);
            ends.then_some(Tag::Noun)
        }
        (Tag::Past | Tag::Third, Tag::Participle) if place.can_be(Tag::Adjective) && after.nominal() => {
            Some(Tag::Adjective)
        }
        (Tag::Coordinator, Tag::Base) if place.can_be(Tag::Noun) && place.before(2) == Tag::Noun => {
            let occupation = after == Tag::Noun && role(place.at + 1);
            occupation.then_some(Tag::Noun)
        }
        (Tag::Determiner, Tag::Past | Tag::Third)
            if place.word_before_is(1, &place.scene.forms.stand_alone) =>
        {
            let object = matches!(
                after,
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Pronoun
                    | Tag::Subordinator
                    | Tag::Punctuation
                    | Tag::To
            );
            place.first_of(TENSED).filter(|_| object || after == Tag::Number)
        }
        _ => None,
    }
}

/// Whether an apostrophe stands behind a noun in *s*.
fn owns(text: &str, tokens: &Tokens, tags: &[Tag], at: usize) -> bool {
    let last = || tokens.text(text, at - 1).ends_with(['s', 'S']);
    tags.last().is_some_and(|tag| tag.nominal()) && last()
}

/// *’s* of the genitive or of *is* and *has*; *’re*, *’ll* and their like.
fn clitic(place: &Place) -> Tag {
    if place.id == place.scene.forms.s {
        let subject = matches!(
            place.before,
            Tag::Pronoun | Tag::Existential | Tag::WhPronoun | Tag::WhAdverb | Tag::Determiner
        );
        let predicate = matches!(place.after, Tag::Determiner | Tag::Pronoun | Tag::Preposition | Tag::To);
        return if subject || predicate { Tag::Third } else { Tag::Genitive };
    }
    let modal = place.scene.forms.modal.contains(&place.scene.tokens.word[place.at]);
    if modal { Tag::Modal } else { Tag::Base }
}

/// *to* of *to say*, of *to the dam*
fn to(place: &Place) -> Tag {
    let on = if place.after == Tag::Adverb { 2 } else { 1 };
    let at = place.at + on;
    let bare = at < place.scene.tokens.len()
        && place.scene.tokens.kind(at) == TokenKind::Word
        && !place.scene.tokens.has(at, Shape::CAPITAL)
        && place.scene.lexicon.word(place.scene.tokens.word[at]).tags.contains(&Tag::Base);
    if bare { Tag::To } else { Tag::Preposition }
}

/// *her* of *her dam*, of *told her*
fn her(place: &Place) -> Tag {
    match place.after {
        Tag::Noun | Tag::Plural | Tag::Adjective | Tag::Name | Tag::Number | Tag::Unknown => Tag::Possessive,
        Tag::Participle | Tag::Gerund | Tag::Base | Tag::Past if place.after(2).nominal() => Tag::Possessive,
        Tag::Adverb if matches!(place.after(2), Tag::Adjective | Tag::Noun) => Tag::Possessive,
        _ => Tag::Pronoun,
    }
}

/// *that* of *that dam*, of *said that the dam leaks*, of *the dam that leaks*.
fn that(place: &Place) -> Tag {
    match (place.before, place.after) {
        (
            Tag::Noun | Tag::Plural | Tag::Name | Tag::Number,
            Tag::Third | Tag::Past | Tag::Modal | Tag::Base,
        ) => Tag::WhPronoun,
        (Tag::Noun | Tag::Plural | Tag::Name, _) => Tag::Subordinator,
        // *clear that safety matters*
        (Tag::Adjective, _) => Tag::Subordinator,
        (before, Tag::Noun) if !before.verb() || !before.finite() => Tag::Determiner,
        (Tag::Preposition, _) => Tag::Determiner,
        // *believes that for the mill the dam is old*
        (before, Tag::Preposition) if before.verb() => Tag::Subordinator,
        (_, Tag::Punctuation | Tag::Third | Tag::Modal | Tag::Preposition) => Tag::Determiner,
        _ => Tag::Subordinator,
    }
}

/// What can begin the object or clause of a verb.
fn object(tag: Tag) -> bool {
    matches!(tag, Tag::Determiner | Tag::Possessive | Tag::Pronoun | Tag::Subordinator)
}

/// The same, an infinitive, name or question counted in.
fn begins_object(tag: Tag) -> bool {
    object(tag) || matches!(tag, Tag::To | Tag::Name | Tag::WhAdverb)
}

/// Whether what a word names is the subject of the verb behind it: *the **military** said*, but not *his top shows*, *has in
/// the past said*.
fn acts(place: &Place) -> bool {
    let next = place.scene.tokens.word.get(place.at + 1).copied().unwrap_or_default();
    let noun = || place.scene.lexicon.word(next).tags.contains(&Tag::Plural);
    let verb = matches!(place.after, Tag::Past | Tag::Third | Tag::Modal) && !noun();
    verb && place.before(2) != Tag::Preposition
}

/// Whether the participle before a word leads to it, as its own determiner tells: *the **retired** vet*.
fn modifies(place: &Place) -> bool {
    leads(place.before(2)) && place.before(2) != Tag::Number
}

/// What leads a noun phrase to its noun.
fn leads(tag: Tag) -> bool {
    matches!(tag, Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective | Tag::Number)
}

/// What goes on with a participle that opens a sentence.
fn adjunct(tag: Tag) -> bool {
    matches!(tag, Tag::Preposition | Tag::Subordinator | Tag::WhAdverb | Tag::WhPronoun)
}

/// What begins a clause behind a noun, and the verb of the noun.
fn subject(tag: Tag) -> bool {
    tag.finite() || matches!(tag, Tag::Determiner | Tag::Possessive | Tag::Pronoun | Tag::Subordinator)
}

const FINITE: Classes = Classes::of(&[Tag::Past, Tag::Third, Tag::Base]);

/// The class of a verb after a subject.
fn finite(place: &Place, verb: Tag) -> Tag {
    match verb {
        Tag::Participle => place.first_of(FINITE).unwrap_or(verb),
        verb => verb,
    }
}

/// Past tense or participle: *the plan backed by* all, *the mayor backed* it.
fn verb(place: &Place, tag: Tag, subject: Tag) -> Tag {
    let reduced = |place: &Place| {
        matches!(place.before, Tag::Noun | Tag::Plural | Tag::Adjective | Tag::Punctuation)
            && matches!(place.after, Tag::Preposition | Tag::To)
            && place.at + 1 < place.scene.tokens.len()
            && place.scene.tokens.word[place.at + 1] == place.scene.forms.by
    };
    // *of Danish **registered** voters*
    let modifies = |place: &Place| {
        place.before == Tag::Name && place.before(2) == Tag::Preposition && place.after == Tag::Plural
    };
    match tag {
        Tag::Past | Tag::Participle if place.can_be(Tag::Participle) && modifies(place) => Tag::Participle,
        Tag::Past if reduced(place) => Tag::Participle,
        Tag::Participle if place.can_be(Tag::Past) && !reduced(place) => match subject {
            Tag::Noun | Tag::Plural | Tag::Name | Tag::Coordinator | Tag::Pronoun | Tag::WhPronoun => {
                Tag::Past
            }
            // *Ruiz, in a letter, **accused** him*, *that nobody was hurt **angered** them*
            _ if place.after == Tag::Pronoun => Tag::Past,
            Tag::Participle if object(place.after) => Tag::Past,
            _ => tag,
        },
        Tag::Base if matches!(place.before, Tag::Noun | Tag::Name) => {
            place.first_of(Classes::of(&[Tag::Past, Tag::Noun])).unwrap_or(tag)
        }
        tag => tag,
    }
}

/// *The mayor (often) plans to go*, but *the road plans*.
fn after_noun(place: &Place, nominal: Tag, governor: Tag, verbal: Tag) -> Tag {
    let object = begins_object(place.after);
    let agrees = match verbal {
        Tag::Third => matches!(governor, Tag::Noun | Tag::Name),
        // *mountain guide Ana Ruiz*
        Tag::Base if place.after == Tag::Name => governor == Tag::Plural,
        Tag::Base => governor != Tag::Name,
        _ => true,
    };
    // *Ruiz shot back*
    let told = verbal == Tag::Past && place.before == Tag::Name && place.after == Tag::Adverb;
    if object && agrees || told { verbal } else { nominal }
}

#[cfg(test)]
mod tests {
    use Tag::{
        Adjective, Adverb, Base, Coordinator, Determiner, Genitive, Gerund, Modal, Name, Noun, Number,
        Participle, Past, Plural, Possessive, Preposition, Pronoun, Punctuation, Subordinator, Third, To,
        WhAdverb, WhPronoun,
    };

    use super::*;

    #[test]
    fn neighbours_leave_a_word_alone_that_is_not_doubtful() {
        const NEAR: [Tag; 23] = [
            Adjective,
            Adverb,
            Base,
            Coordinator,
            Determiner,
            Genitive,
            Gerund,
            Modal,
            Name,
            Noun,
            Number,
            Participle,
            Past,
            Plural,
            Possessive,
            Preposition,
            Pronoun,
            Punctuation,
            Subordinator,
            Third,
            To,
            WhAdverb,
            WhPronoun,
        ];
        const FAR: [Tag; 7] = [Adverb, Modal, Noun, Past, Preposition, Punctuation, To];
        let lexicon = Lexicon::english();
        let (forms, outlines) = (Forms::of(&lexicon), lexicon.outlines());
        let text = "it was a word out that";
        let mut tokens = Tokens::default();
        tokens.read(text, &lexicon);
        let paragraph = Stretch::new(0, tokens.len());
        let mut settled = Vec::new();
        for id in (1..=u16::MAX).map(WordId) {
            let own = lexicon.word(id).tags;
            if in_doubt(lexicon.word(id), own[0]) && !outlines.of(id).has(Outline::DOUBTFUL) {
                settled.push((own, id));
            }
        }
        settled.sort_unstable();
        settled.dedup_by_key(|(own, _)| *own);
        assert!(settled.len() > 20);
        for (own, id) in settled {
            tokens.word[3] = id;
            for governor in ["was", "did", "long", "the"] {
                tokens.word[2] = lexicon.look_up(governor.as_bytes());
                let scene = Scene { text, tokens: &tokens, lexicon: &lexicon, outlines, forms: &forms };
                for (far, before) in FAR.iter().flat_map(|far| NEAR.map(|before| (*far, before))) {
                    for after in NEAR {
                        let tags = [Pronoun, far, before, own[0], after, Subordinator];
                        let place = Place::new(&scene, &tags, paragraph, 3);
                        assert_eq!(among_neighbours(&place), own[0], "{own:?} in {tags:?} behind {governor}");
                    }
                }
            }
        }
    }
}
