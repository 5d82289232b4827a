/** Answers in the place of the server. */
import type { Page, Route } from "@playwright/test";

interface Answer {
    status: number;
    /** JSON, or what pretends to be. */
    body: string;
}

/** What is said to whoever reads a path; nothing when the server shall say it. */
type Say = (path: string) => Answer | undefined;

export function refusal(status: number, problem: object): Answer {
    return { status, body: JSON.stringify(problem) };
}

/** Answers reads until the function that is returned is called, whether they are asked alone or together with others. */
export async function answerReads(page: Page, say: Say): Promise<() => Promise<void>> {
    const answer = async (route: Route): Promise<void> => {
        const { pathname, search } = new URL(route.request().url());
        if (pathname === "/api/together") {
            await answerTogether(route, say);
            return;
        }
        const said = say(pathname + search);
        await (said === undefined ? route.fallback() : route.fulfill({ contentType: "application/json", ...said }));
    };
    await page.route("**/api/**", answer);
    return async () => await page.unroute("**/api/**", answer);
}

async function answerTogether(route: Route, say: Say): Promise<void> {
    const { questions } = route.request().postDataJSON() as { questions: { path: string }[] };
    const said = questions.map(({ path }) => say(path));
    if (said.every((answer) => answer === undefined)) {
        await route.fallback();
        return;
    }
    const response = await route.fetch();
    const { answers } = (await response.json()) as { answers: Answer[] };
    await route.fulfill({ response, json: { answers: answers.map((answer, index) => said[index] ?? answer) } });
}
