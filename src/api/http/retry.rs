//! When a read is sent again, and after how long. Writes never are.

use crate::api::ApiError;

/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE_MS: f64 = 8_000.0;
/// The longest wait that a server may ask for before a read gives up at once, in seconds.
const LONGEST_WAIT_S: u32 = 30;

/// How long to wait before the next try, in milliseconds; `None` gives up. `tries` counts those that failed, from 1;
/// `luck` is from 0 to 1, so that a thousand pages do not come back in the same moment.
pub(super) fn pause(error: &ApiError, tries: u32, retry_after: Option<u32>, luck: f64) -> Option<u32> {
    let allowed = match error {
        ApiError::Offline | ApiError::Unreadable(_) => 3,
        ApiError::Failed { .. } | ApiError::TimedOut => 1,
        ApiError::Unauthorized
        | ApiError::Forbidden(_)
        | ApiError::Unconfirmed
        | ApiError::NotFound
        | ApiError::Conflict(_)
        | ApiError::Stale(_)
        | ApiError::Invalid(..)
        | ApiError::TooManyRequests { .. }
        | ApiError::TooLarge(_)
        | ApiError::Refused { .. } => 0,
    };
    let asked = retry_after.unwrap_or(0);
    if tries > allowed || asked > LONGEST_WAIT_S {
        return None;
    }
    let longest = (500.0 * f64::from(1_u32 << tries.min(10))).min(LONGEST_PAUSE_MS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 8000")]
    let jitter = (longest * luck.clamp(0.0, 1.0)) as u32;
    Some(asked * 1_000 + jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreachable_server_is_tried_three_more_times() {
        let pauses: Vec<_> = (1..=4).map(|tries| pause(&ApiError::Offline, tries, None, 1.0)).collect();
        assert_eq!(pauses, [Some(1_000), Some(2_000), Some(4_000), None]);
    }

    #[test]
    fn a_defect_is_tried_once_more() {
        let defect = ApiError::Failed { request_id: None };
        assert!(pause(&defect, 1, None, 0.5).is_some());
        assert_eq!(pause(&defect, 2, None, 0.5), None);
    }

    #[test]
    fn a_refusal_is_final() {
        assert_eq!(pause(&ApiError::NotFound, 1, None, 0.5), None);
        assert_eq!(pause(&ApiError::Unauthorized, 1, None, 0.5), None);
    }

    #[test]
    fn the_server_says_how_long_to_wait() {
        assert_eq!(pause(&ApiError::Offline, 1, Some(5), 0.0), Some(5_000));
        assert_eq!(pause(&ApiError::Offline, 1, Some(600), 0.0), None);
    }
}
