//! Which topics are forgotten when, as the server tells of changes. Pure: the clock is an argument, in milliseconds.

use models::event::{Event, EventTopic};

use super::Topic;
use super::invitations::InvitedTo;

/// Changes often come in swarms: what they name is forgotten once, a little later.
const PAUSE_MS: f64 = 250.0;
/// A running run logs and prints without end; the table of all runs and its log follow no faster than this.
const SLOW_PAUSE_MS: f64 = 2_000.0;

/// What is to be forgotten, and what was forgotten lately.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    due: Vec<(Topic, f64)>,
    slow: Vec<(Topic, f64)>,
}

impl Agenda {
    /// Notes what a change makes stale.
    pub(super) fn add(&mut self, event: &Event, now: f64) {
        let is_frequent =
            matches!(event.topic, EventTopic::RunData | EventTopic::RunLog | EventTopic::DeploymentLog);
        for topic in topics(event) {
            let waits = is_frequent && is_slow(topic);
            let earliest = if waits { self.slow_pause_ends(topic) } else { now };
            let at = earliest.max(now) + PAUSE_MS;
            match self.due.iter_mut().find(|(known, _)| *known == topic) {
                Some((_, known)) => *known = known.min(at),
                None => self.due.push((topic, at)),
            }
        }
    }

    /// Takes what is due.
    pub(super) fn take(&mut self, now: f64) -> Vec<Topic> {
        let (due, later) = std::mem::take(&mut self.due).into_iter().partition(|(_, at)| *at <= now);
        self.due = later;
        let due: Vec<Topic> = Vec::into_iter(due).map(|(topic, _)| topic).collect();
        self.slow.retain(|(topic, at)| now - at < SLOW_PAUSE_MS && !due.contains(topic));
        self.slow.extend(due.iter().filter(|topic| is_slow(**topic)).map(|topic| (*topic, now)));
        due
    }

    /// In how many milliseconds something is due; `None` when nothing is.
    pub(super) fn next(&self, now: f64) -> Option<f64> {
        self.due.iter().map(|(_, at)| (at - now).max(0.0)).reduce(f64::min)
    }

    fn slow_pause_ends(&self, topic: Topic) -> f64 {
        self.slow.iter().find(|(slow, _)| *slow == topic).map_or(0.0, |(_, at)| at + SLOW_PAUSE_MS - PAUSE_MS)
    }
}

/// Whether whoever looks at the topic can wait while changes come without end.
fn is_slow(topic: Topic) -> bool {
    matches!(topic, Topic::Runs(_) | Topic::AllRuns | Topic::RunLog(..) | Topic::DeploymentLogs(_))
}

fn topics(event: &Event) -> Vec<Topic> {
    let project = event.project_id;
    match (event.topic, event.run_id) {
        // Who accepts an invitation becomes a member.
        (EventTopic::Project, _) => {
            let invited = Topic::Invited(InvitedTo::Project(project));
            // It may have come or gone, and what its runs are called by with it.
            vec![Topic::Project(project), Topic::Projects, Topic::AllRuns, invited]
        }
        (EventTopic::Repositories, _) => {
            vec![
                Topic::Project(project),
                Topic::Projects,
                Topic::Repositories(project),
                Topic::Runs(project),
                Topic::AllRuns,
            ]
        }
        (EventTopic::Experiments, _) => {
            vec![Topic::Project(project), Topic::Repositories(project), Topic::Runs(project), Topic::AllRuns]
        }
        (EventTopic::Run, run) => {
            let mut topics = vec![
                Topic::Runs(project),
                Topic::AllRuns,
                Topic::Project(project),
                Topic::Projects,
                Topic::Activity(project),
            ];
            topics.push(run.map_or(Topic::EachRun(project), |run| Topic::Run(project, run)));
            topics.extend(run.map(|run| Topic::RunData(project, run)));
            topics
        }
        (EventTopic::RunData, Some(run)) => {
            vec![Topic::RunData(project, run), Topic::Runs(project), Topic::AllRuns]
        }
        (EventTopic::DeploymentLog, _) => vec![Topic::DeploymentLogs(project)],
        (EventTopic::Views, _) => vec![Topic::Views(project)],
        (EventTopic::RunTemplates, _) => vec![Topic::RunTemplates(project)],
        (EventTopic::Schedules, _) => vec![Topic::Schedules(project)],
        (EventTopic::Predictions, _) => vec![Topic::Predictions(project)],
        (EventTopic::RunArtifacts, Some(run)) => vec![Topic::RunFiles(project, run)],
        // Who accepts one elsewhere belongs to a team or a project from then on.
        (EventTopic::Invitations, _) => vec![Topic::Invitations, Topic::Teams, Topic::Projects],
        (EventTopic::RunLog, Some(run)) => vec![Topic::RunLog(project, run)],
        (EventTopic::RunData | EventTopic::RunArtifacts | EventTopic::RunLog, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::id::{ProjectId, RunId};

    #[test]
    fn a_swarm_of_changes_is_one_reading() {
        let mut agenda = Agenda::default();
        for now in [0.0, 50.0, 100.0] {
            agenda.add(&logged(), now);
        }
        assert_eq!(agenda.take(249.0), []);
        let due = [Topic::RunData(project(), run()), Topic::Runs(project()), Topic::AllRuns];
        assert_eq!(agenda.take(250.0), due);
        assert_eq!(agenda.next(250.0), None);
    }

    #[test]
    fn a_table_follows_a_running_run_every_two_seconds() {
        let mut agenda = Agenda::default();
        agenda.add(&logged(), 0.0);
        agenda.take(250.0);
        agenda.add(&logged(), 300.0);
        assert_eq!(agenda.take(550.0), [Topic::RunData(project(), run())]);
        assert_eq!(agenda.next(550.0), Some(1_700.0));
        assert_eq!(agenda.take(2_250.0), [Topic::Runs(project()), Topic::AllRuns]);
    }

    #[test]
    fn a_log_follows_a_running_run_every_two_seconds() {
        let printed = Event { topic: EventTopic::RunLog, ..logged() };
        let mut agenda = Agenda::default();
        agenda.add(&printed, 0.0);
        assert_eq!(agenda.take(250.0), [Topic::RunLog(project(), run())]);
        agenda.add(&printed, 300.0);
        assert_eq!(agenda.take(2_249.0), []);
        assert_eq!(agenda.take(2_250.0), [Topic::RunLog(project(), run())]);
    }

    #[test]
    fn the_end_of_a_run_shows_in_the_table_at_once() {
        let mut agenda = Agenda::default();
        agenda.add(&logged(), 0.0);
        agenda.take(250.0);
        agenda.add(&Event { topic: EventTopic::Run, ..logged() }, 300.0);
        assert!(agenda.take(550.0).contains(&Topic::Runs(project())));
    }

    #[test]
    fn an_invitation_shows_by_itself() {
        let mut agenda = Agenda::default();
        agenda.add(&Event { topic: EventTopic::Invitations, run_id: None, ..logged() }, 0.0);
        assert!(agenda.take(250.0).contains(&Topic::Invitations));
    }

    fn logged() -> Event {
        Event { project_id: project(), topic: EventTopic::RunData, run_id: Some(run()) }
    }

    fn project() -> ProjectId {
        "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".parse().unwrap()
    }

    fn run() -> RunId {
        "0190a5b2-c3d4-4e5f-8a9b-cdef01234568".parse().unwrap()
    }
}
