//! What holds for every text, whatever it is, and for every well-formed one, however it is set.

mod article;

use article::{Article, STYLES, article};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use whosaid::{Cast, Character, Document, Extractor, Mention, PersonRecord, Span, Workspace, extract};

fn config() -> ProptestConfig {
    let regressions = FileFailurePersistence::Direct("tests/invariants.regressions");
    ProptestConfig {
        cases: 192,
        // the same texts in every run; another number looks further
        rng_seed: proptest::test_runner::RngSeed::Fixed(1911),
        failure_persistence: Some(Box::new(regressions)),
        ..ProptestConfig::default()
    }
}

/// Scraps that the grammar looks at, thrown together.
fn soup() -> impl Strategy<Value = String> {
    const MARKS: &str = "“ ” \" ‘ ’ ' '' `` « » „ ‹ › ` ´ ″ ( ) — -- - : ; , . … ... ? ! * _";
    const SPACES: &str = " |  |\n|\n\n|\r\n|\t|\u{a0}|\u{301}|\u{200d}|\u{feff}|\0";
    const WORDS: &str = "said says asked told according to that who he She they I him the mayor a spokesman for Ann \
        Roe Mr. Mrs. Dr. Lt. Col. O'Neil van de la Jr. U.N. St. ’s s’ won't 'tis '98 5'10\" $1.5 3,900 Monday Q A \
        ROE and but not in of rain fell is go known missed 🙂 é ß 语";
    let scrap = prop_oneof![
        3 => prop::sample::select(MARKS.split(' ').collect::<Vec<_>>()),
        2 => prop::sample::select(SPACES.split('|').collect::<Vec<_>>()),
        5 => prop::sample::select(WORDS.split(' ').collect::<Vec<_>>()),
    ];
    let spaced =
        (scrap, prop::sample::select(&["", " "][..])).prop_map(|(scrap, space)| scrap.to_owned() + space);
    prop::collection::vec(spaced, 0..80).prop_map(|scraps| scraps.concat())
}

/// The same, in many short paragraphs.
fn paragraphs() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(&["\n\n", "\n", "\r\n\r\n", "\n \n", "\n\n\n"][..]);
    prop::collection::vec((soup(), gap), 0..12)
        .prop_map(|ps| ps.into_iter().map(|(p, gap)| p + gap).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "\\PC*", soup(), paragraphs()]
}

/// The spans lie in the text, on character boundaries, hold something, ascend and do not overlap.
fn apart(text: &str, spans: impl Iterator<Item = Span>) -> Result<(), TestCaseError> {
    let mut last = 0;
    for Span { start, end } in spans {
        prop_assert!(last <= start && start < end, "{start}..{end} after {last}");
        prop_assert!(text.get(start..end).is_some(), "{start}..{end} of {text:?}");
        last = end;
    }
    Ok(())
}

/// Whatever the text, what was found in it is well formed, with and without a cast, which makes it a dialogue.
fn sound(text: &str) -> Result<(), TestCaseError> {
    sound_by(&Extractor::new(), text)?;
    sound_by(&Extractor::builder().cast(cast()).build(), text)
}

fn cast() -> Cast {
    let mut cast = Cast::new();
    cast.add(Character::new("Ann Roe").alias("the mayor")).expect("a name");
    cast.add(Character::new("O’Neil").narrator()).expect("a name");
    cast
}

fn sound_by(extractor: &Extractor, text: &str) -> Result<(), TestCaseError> {
    let doc = extractor.extract(text);
    apart(text, doc.tokens().map(|token| token.span()))?;
    apart(text, doc.sentences())?;
    apart(text, doc.paragraphs())?;
    apart(text, doc.segments().map(|segment| segment.span()))?;
    prop_assert_eq!(doc.segments().map(|segment| segment.text()).collect::<String>(), text);
    for quotation in doc.quotations() {
        prop_assert!(quotation.content().len() > 0);
        apart(text, quotation.content())?;
        apart(text, quotation.cue().into_iter())?;
        apart(text, quotation.source().map(|m| m.span()).into_iter())?;
        apart(text, quotation.addressee_mention().map(|m| m.span()).into_iter())?;
        prop_assert!((0.0..=1.0).contains(&quotation.score()), "{}", quotation.score());
    }
    let starts = doc.quotations().map(|q| q.content().next().map(|piece| piece.start));
    prop_assert!(starts.is_sorted());
    for (at, speaker) in doc.speakers().enumerate() {
        prop_assert_eq!(speaker.id() as usize, at);
        prop_assert!(
            ["Ann Roe", "O’Neil"].contains(&speaker.name()) || text.contains(speaker.name()),
            "{}",
            speaker.name()
        );
        apart(text, speaker.mentions())?;
    }
    for warning in doc.warnings() {
        apart(text, std::iter::once(warning.span()))?;
    }
    prop_assert_eq!(extractor.extract(text).to_record(), doc.to_record());
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_found_is_well_formed(text in any_text()) {
        sound(&text)?;
    }

    #[test]
    fn memory_used_before_changes_nothing(texts in prop::collection::vec(any_text(), 1..4)) {
        let extractor = Extractor::new();
        let mut workspace = Workspace::new();
        for text in &texts {
            let again = extractor.extract_with(&mut workspace, text).to_record();
            prop_assert_eq!(again, extract(text).to_record());
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_record_survives_its_json(text in prop_oneof![any_text(), article().prop_map(|a| a.plain())], id in any::<Option<String>>()) {
        let mut record = extract(&text).to_record();
        record.id = id;
        let json = serde_json::to_string(&record).expect("a record has a JSON");
        let read: whosaid::Record = serde_json::from_str(&json).expect("its own JSON");
        prop_assert_eq!(read, record);
    }

    #[test]
    fn line_ends_of_two_characters_change_nothing(text in prop_oneof![soup(), paragraphs(), article().prop_map(|a| a.plain())]) {
        let text = text.replace('\r', "");
        prop_assert_eq!(with_crlf(&text), moved(&extract(&text), |span| span));
    }

    #[test]
    fn the_style_of_the_marks_changes_nothing(article in article()) {
        let expected = read(&extract(&article.plain()));
        for style in STYLES {
            let text = article.set_in(style);
            prop_assert_eq!(read(&extract(&text)), expected.clone(), "{}:\n{}", style.name, text);
        }
    }

    #[test]
    fn where_lines_end_changes_nothing(article in article(), width in 30..100_usize) {
        let expected = read(&extract(&article.plain()));
        let wrapped = article.wrapped(width);
        let within = wrapped.lines().filter(|line| line.starts_with(char::is_lowercase)).count();
        // A line that ends where a sentence ends may be a paragraph.
        let wrapped = (within >= article.len()).then_some(wrapped);
        for text in wrapped.into_iter().chain([article.by_lines()]) {
            prop_assert_eq!(read(&extract(&text)), expected.clone(), "{}", text);
        }
    }

    #[test]
    fn a_mark_that_is_lost_costs_its_own_paragraph(article in article(), lost in any::<prop::sample::Index>()) {
        for style in STYLES.iter().take(4) {
            let at = lost.index(article.len());
            let whole = article.set_in(style);
            let damaged = article.without_last_mark(at, style);
            let elsewhere = |text: &str, article: &Article| {
                let (start, end) = article.bounds(text, at);
                let doc = extract(text);
                let other = doc.quotations().filter(|q| q.content().all(|p| p.end <= start || end <= p.start));
                other.map(|q| letters(&q.text())).collect::<Vec<_>>()
            };
            prop_assert_eq!(elsewhere(&damaged, &article), elsewhere(&whole, &article), "{}", damaged);
        }
    }

    #[test]
    fn a_paragraph_before_it_moves_a_text_and_changes_nothing(article in article()) {
        let before = "The rain had stopped by noon and the road was dry.\n\n";
        // a text that is neither clearly report nor clearly dialogue may be tipped by one paragraph more
        let report = "On Monday 11 of 14 roads were open; on Tuesday 12; on Friday the last 2.\n\n".repeat(4);
        let text = report + &article.plain();
        let after = format!("{before}{text}");
        let back = |span: Span| Span { start: span.start - before.len(), end: span.end - before.len() };
        prop_assert_eq!(moved(&extract(&after), back), moved(&extract(&text), |span| span));
    }
}

/// A word may stand at the beginning that something before it would tell about.
#[test]
fn a_text_begins_with_any_word() {
    for word in
        "Known missed of said “ who and Roe ’s her to not going Monday ! one & % “Nan” registered".split(' ')
    {
        for rest in ["", " said", " said “Yes.”", " Ann Roe, said:", " voters told her so."] {
            let text = format!("{word}{rest}");
            sound(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        }
    }
}

/// How much follows a source is counted in words, not in the characters between them.
#[test]
fn line_ends_make_no_source_longer() {
    for letters in 1..40 {
        let land = "n".repeat(letters);
        let text = format!("“It leaks,” said Anneke Vroom, who\nhas\nfarmed\nthe\nland\nbehind\n{land}.");
        assert_eq!(with_crlf(&text), moved(&extract(&text), |span| span), "{text}");
    }
}

/// What is hostile to a reader of quotations is read to its end.
#[test]
fn hostile_texts_are_read() {
    let size = if cfg!(debug_assertions) { 10_000 } else { 200_000 };
    let repeated = [
        "\"",
        "“‘",
        "”",
        "'",
        "''",
        "(",
        ".",
        "a",
        "\n",
        "—",
        "🙂",
        "e\u{301}",
        " ",
        "A",
        "A ",
        "’s",
        "he said he said ",
        "he said: ",
        "\"Who opened this and never closed it? ",
        "“It opens.\n\n",
        "“Yes.”\n\n",
        "Ann Roe, a friend of ",
        "according to ",
        "said ",
        "Q: A: ",
        "who, who, ",
        "Mr. ",
    ];
    let texts = repeated.iter().map(|scrap| scrap.repeat(size / scrap.len()));
    let one_mark = format!("“{}", "It rained. ".repeat(size / 11));
    let all_different: String = (0..size / 6).map(name).collect();
    for text in texts.chain([one_mark, all_different]) {
        sound(&text).unwrap_or_else(|e| panic!("{:?} …: {e}", text.chars().take(20).collect::<String>()));
    }
}

/// What was found, without the places: kind, content, cue, names.
fn read(doc: &Document<'_>) -> Vec<[String; 5]> {
    let words = |span: &Span| letters(span.of(doc.text()));
    let name = |who: Option<PersonRecord>| who.and_then(|who| who.name).unwrap_or_default();
    let quotations = doc.to_record().quotations.into_iter();
    quotations
        .map(|q| {
            let content: String = q.content.iter().map(words).collect();
            let cue = q.cue.as_ref().map(words).unwrap_or_default();
            [format!("{:?}", q.kind), content, cue, name(q.speaker), name(q.addressee)]
        })
        .collect()
}

/// Where things were found, with the places moved: content; cue, source, addressee.
fn moved(doc: &Document<'_>, to: impl Fn(Span) -> Span) -> Vec<(Vec<Span>, [Option<Span>; 3])> {
    let mention = |mention: Option<Mention<'_>>| mention.map(Mention::span);
    doc.quotations()
        .map(|q| {
            let around = [q.cue(), mention(q.source()), mention(q.addressee_mention())];
            (q.content().map(&to).collect(), around.map(|span| span.map(&to)))
        })
        .collect()
}

/// Where things are found when the lines end with CR LF, with the places moved to where they are without CR.
fn with_crlf(text: &str) -> Vec<(Vec<Span>, [Option<Span>; 3])> {
    let crlf = text.replace('\n', "\r\n");
    let at = |offset: usize| offset - crlf[..offset].matches('\r').count();
    moved(&extract(&crlf), |span| Span { start: at(span.start), end: at(span.end) })
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A capitalised name of its own for each number.
fn name(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (number / 26_usize.pow(place) % 26) as u8);
    format!("{}{}{}{} ", letter(0).to_ascii_uppercase(), letter(1), letter(2), letter(3))
}
