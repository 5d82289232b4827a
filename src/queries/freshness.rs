//! When an answer must be asked for, and which answers count. Pure: the clock is an argument, in milliseconds.

/// How long an answer counts as fresh.
const FRESH_FOR_MS: f64 = 5_000.0;

/// What is known about one question's answers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Freshness {
    /// Counts the requests.
    asked: u64,
    /// The request that is on its way.
    under_way: Option<u64>,
    /// When the last good answer came.
    answered_at: Option<f64>,
    /// What was known was declared wrong.
    forgotten: bool,
    /// Something has changed since the request on its way was sent.
    overtaken: bool,
}

impl Freshness {
    /// Whether somebody who looks now needs a new answer that nobody has asked for yet.
    pub(super) fn needs_asking(&self, now: f64) -> bool {
        let fresh = !self.forgotten && self.answered_at.is_some_and(|at| now - at < FRESH_FOR_MS);
        self.under_way.is_none() && !fresh
    }

    /// Starts a request and gives its number. Requests that started before no longer count.
    pub(super) fn ask(&mut self) -> u64 {
        self.asked += 1;
        self.under_way = Some(self.asked);
        self.forgotten = false;
        self.overtaken = false;
        self.asked
    }

    /// Ends the request `number`. Says whether its outcome counts: a slow one never beats a newer one.
    pub(super) fn answer(&mut self, number: u64, good: bool, now: f64) -> bool {
        if self.under_way != Some(number) {
            return false;
        }
        self.under_way = None;
        if good {
            self.answered_at = Some(now);
            self.forgotten = self.overtaken;
        } else {
            self.forgotten = true;
            self.overtaken = false;
        }
        true
    }

    /// Something has changed elsewhere. What is on its way still counts, or a question that takes longer than the time
    /// between two changes would never be answered; it is asked once more when it has come.
    pub(super) fn overtake(&mut self) {
        self.overtaken = self.under_way.is_some();
        self.forgotten |= !self.overtaken;
    }

    /// Whether the last good answer was overtaken by a change.
    pub(super) fn was_overtaken(&self) -> bool {
        self.overtaken && self.under_way.is_none()
    }

    /// Declares wrong what is known, and what is on its way.
    pub(super) fn forget(&mut self) {
        self.forgotten = true;
        self.under_way = None;
    }

    /// Whether a request is on its way.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// When the last good answer came.
    pub(super) fn answered_at(&self) -> Option<f64> {
        self.answered_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_who_look_at_once_ask_once() {
        let mut freshness = Freshness::default();
        assert!(freshness.needs_asking(0.0));
        freshness.ask();
        assert!(!freshness.needs_asking(0.0));
    }

    #[test]
    fn an_answer_goes_stale() {
        let mut freshness = answered(1_000.0);
        assert!(!freshness.needs_asking(5_999.0));
        assert!(freshness.needs_asking(6_000.0));
        freshness.ask();
        assert!(!freshness.needs_asking(6_000.0));
    }

    #[test]
    fn a_failure_is_not_remembered() {
        let mut freshness = answered(0.0);
        let number = freshness.ask();
        assert!(freshness.answer(number, false, 100.0));
        assert!(freshness.needs_asking(100.0));
        assert_eq!(freshness.answered_at(), Some(0.0));
    }

    #[test]
    fn a_slow_answer_does_not_beat_a_newer_one() {
        let mut freshness = Freshness::default();
        let slow = freshness.ask();
        let quick = freshness.ask();
        assert!(freshness.answer(quick, true, 10.0));
        assert!(!freshness.answer(slow, true, 20.0));
        assert_eq!(freshness.answered_at(), Some(10.0));
    }

    #[test]
    fn an_answer_that_was_asked_for_before_a_change_does_not_count() {
        let mut freshness = Freshness::default();
        let number = freshness.ask();
        freshness.forget();
        assert!(!freshness.answer(number, true, 10.0));
        assert!(freshness.needs_asking(10.0));
    }

    #[test]
    fn an_answer_that_a_change_has_overtaken_counts_and_is_asked_for_once_more() {
        let mut freshness = Freshness::default();
        let number = freshness.ask();
        freshness.overtake();
        assert!(!freshness.needs_asking(5.0));
        assert!(freshness.answer(number, true, 10.0));
        assert!(freshness.was_overtaken() && freshness.needs_asking(10.0));
        let number = freshness.ask();
        assert!(freshness.answer(number, true, 20.0));
        assert!(!freshness.was_overtaken() && !freshness.needs_asking(20.0));
    }

    #[test]
    fn a_change_makes_a_known_answer_stale() {
        let mut freshness = answered(0.0);
        freshness.overtake();
        assert!(freshness.needs_asking(1.0));
    }

    #[test]
    fn a_question_that_failed_is_not_asked_again_by_itself() {
        let mut freshness = Freshness::default();
        let number = freshness.ask();
        freshness.overtake();
        assert!(freshness.answer(number, false, 10.0));
        assert!(!freshness.was_overtaken());
    }

    fn answered(at: f64) -> Freshness {
        let mut freshness = Freshness::default();
        let number = freshness.ask();
        assert!(freshness.answer(number, true, at));
        freshness
    }
}
