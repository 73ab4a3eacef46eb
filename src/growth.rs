//! Lists that grow by little, since what they hold at most is what a text takes.

/// A list that makes room for few more elements than there are.
pub(crate) trait Growth<T> {
    /// Adds an element as `push` does, which doubles the room.
    fn add(&mut self, element: T);
}

/// Room is made for so many bytes more at least.
const FEW: usize = 128;

impl<T> Growth<T> for Vec<T> {
    #[inline]
    fn add(&mut self, element: T) {
        if self.len() == self.capacity() {
            make_room(self);
        }
        self.push(element);
    }
}

#[cold]
fn make_room<T>(list: &mut Vec<T>) {
    list.reserve_exact((FEW / size_of::<T>()).max(1).max(list.len() / 8));
}
