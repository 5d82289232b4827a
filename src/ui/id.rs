//! Names for elements that other elements point to.

use std::sync::atomic::{AtomicUsize, Ordering};

static NEXT: AtomicUsize = AtomicUsize::new(1);

/// A name that no other element of the page has, such as `field-12`.
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::unique_id;

    #[test]
    fn two_elements_never_share_a_name() {
        assert_ne!(unique_id("field"), unique_id("field"));
    }
}
