//! What the words of a conversation tell of its people.

use crate::named::named;

named! {
    /// What a noun calls the speaker of a tag: *said her **mother***.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Calling {
        /// The word tells nothing.
        #[default]
        None = "none",
        Other = "other", Wife = "wife", Husband = "husband", Mother = "mother", Father = "father",
        Sister = "sister", Brother = "brother", Daughter = "daughter", Son = "son", Aunt = "aunt", Uncle = "uncle",
        Friend = "friend", Man = "man", Woman = "woman", Girl = "girl", Boy = "boy", Rest = "rest",
    }
}

named! {
    /// The title of a name, as far as it tells who somebody's wife, mother or daughter may be.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Honor {
        /// The word tells nothing.
        #[default]
        None = "none",
        Mr = "mr", Mrs = "mrs", Miss = "miss", Lady = "lady", Lord = "lord", Kin = "kin", Other = "other",
    }
}

named! {
    /// How speech follows what was said before, by the verb of its tag.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Reply {
        /// The word tells nothing.
        #[default]
        None = "none",
        Other = "other", Continues = "continues", Replies = "replies", Asks = "asks",
    }
}
