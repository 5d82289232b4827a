//! Puts what is read in the same moment into one request: a page that shows ten things asks once.

use std::cell::RefCell;

use futures::channel::oneshot;
use futures::future::{Either, join_all, select};
use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use models::paths;
use models::together::{self, Answer, Answers, MAX_QUESTIONS, Question, Questions};
use wasm_bindgen_futures::spawn_local;

use super::exchange::{Failure, exchange};
use super::message::{Message, encode};
use crate::api::ApiError;

/// The status of an answer that is too long to come with others.
const TOO_LONG: u16 = 413;

thread_local! {
    /// What is asked once this moment is over.
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// A read, and who waits for its answer.
struct Waiting {
    message: Message,
    answer: oneshot::Sender<Result<String, Failure>>,
}

/// Reads, together with all that is read in this moment.
pub(super) async fn read(message: Message) -> Result<String, Failure> {
    let (answer, answered) = oneshot::channel();
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push(Waiting { message, answer });
        waiting.len() == 1
    });
    if is_first {
        spawn_local(async {
            // Views that appear now ask now; a timer fires when they have.
            TimeoutFuture::new(0).await;
            send(WAITING.take());
        });
    }
    answered.await.unwrap_or_else(|_| Err(ApiError::Offline.into()))
}

fn send(mut waiting: Vec<Waiting>) {
    waiting.retain(|waiting| !waiting.answer.is_canceled());
    while waiting.len() > MAX_QUESTIONS {
        let rest = waiting.split_off(MAX_QUESTIONS);
        spawn_local(send_some(std::mem::replace(&mut waiting, rest)));
    }
    match waiting.pop() {
        Some(only) if waiting.is_empty() => spawn_local(send_one(only)),
        Some(last) => {
            waiting.push(last);
            spawn_local(send_some(waiting));
        }
        None => {}
    }
}

async fn send_one(Waiting { message, mut answer }: Waiting) {
    let result = match select(Box::pin(exchange(&message)), answer.cancellation()).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => return, // nobody waits any more, which ends the request
    };
    // Who does not wait any more has no use for it.
    let _ = answer.send(result);
}

async fn send_some(mut waiting: Vec<Waiting>) {
    let asked = ask(waiting.iter().map(|waiting| question(&waiting.message)).collect());
    let nobody = join_all(waiting.iter_mut().map(|waiting| waiting.answer.cancellation()));
    let answers = match select(Box::pin(asked), nobody).await {
        Either::Left((answers, _)) => answers,
        Either::Right(_) => return,
    };
    match answers {
        Ok(answers) => {
            for (waiting, answer) in waiting.into_iter().zip(answers) {
                match answer.status {
                    TOO_LONG => spawn_local(send_one(waiting)),
                    _ => drop(waiting.answer.send(result(answer))),
                }
            }
        }
        Err(Failure { error, retry_after }) => {
            for waiting in waiting {
                let _ = waiting.answer.send(Err(Failure { error: error.clone(), retry_after }));
            }
        }
    }
}

/// As many answers as there are questions.
async fn ask(questions: Vec<Question>) -> Result<Vec<Answer>, Failure> {
    let n_questions = questions.len();
    let body = encode(&Questions { questions })?;
    let body = exchange(&Message::ask(&paths::together(), body)).await?;
    let unreadable = |text: String| Failure::from(ApiError::Unreadable(text));
    let Answers { answers } = serde_json::from_str(&body).map_err(|error| unreadable(error.to_string()))?;
    if answers.len() == n_questions {
        Ok(answers)
    } else {
        Err(unreadable(format!("{} answers to {n_questions} questions", answers.len())))
    }
}

fn question(message: &Message) -> Question {
    let method = if message.method == Method::GET { together::Method::Get } else { together::Method::Post };
    Question { method, path: message.path.clone(), body: message.body.clone() }
}

fn result(Answer { status, retry_after, body }: Answer) -> Result<String, Failure> {
    match status {
        400.. => Err(Failure { error: ApiError::from_answer(status, retry_after, &body), retry_after }),
        _ if body.is_empty() => Ok("null".to_owned()),
        _ => Ok(body),
    }
}
