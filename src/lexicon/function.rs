//! The words that grammar knows by name: function words and forms of address.

/// Names the words, each by its form.
macro_rules! functions {
    ($($name:ident $form:literal)*) => {
        /// Which of these words a form is, so that it need not be spelt to be known.
        #[repr(u8)]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) enum Function {
            /// Any other word.
            #[default]
            None,
            $(#[doc = $form] $name,)*
        }

        /// The words by their forms.
        pub(super) const FUNCTIONS: &[(&str, Function)] = &[$(($form, Function::$name)),*];
    };
}

functions! {
    I "i" He "he" She "she" It "it" We "we" They "they" Who "who"
    My "my" His "his" Her "her" Its "its" Our "our" Their "their"
    This "this" That "that" These "these" Those "those" Each "each" Another "another"
    All "all" Any "any" Both "both" Few "few" Many "many" Most "most" Several "several" Some "some"
    Half "half" NoneOf "none" One "one" Others "others" More "more" Less "less" Fewer "fewer" Than "than"
    And "and" But "but" Or "or" How "how" If "if" Whether "whether"
    Because "because" Since "since" While "while" Whereas "whereas" Although "although" Though "though"
    After "after" Before "before" Until "until" When "when" Once "once"
    Despite "despite" Amid "amid" Given "given" Following "following"
    About "about" Against "against" Among "among" As "as" At "at" By "by" For "for" From "from" In "in"
    Near "near"
    Inside "inside" Of "of" On "on" To "to" With "with"
    The "the" Along "along" Aloud "aloud" Aside "aside" Away "away" Back "back" Down "down" Off "off" Out "out" Up "up"
    Long "long" Heard "heard" Hears "hears"
    Sir "sir" Monsieur "monsieur" Madam "madam" Maam "ma'am" Madame "madame"
}
