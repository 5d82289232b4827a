/** Everything that a browser finds wrong with a page while a test runs. */
import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

export class Faults {
    readonly #found: string[] = [];
    readonly #expected: RegExp[] = [];

    /** Says that a fault belongs to what the test is about. The text to match is the message, a space and the address. */
    expect(...messages: RegExp[]): void {
        this.#expected.push(...messages);
    }

    get unexpected(): string[] {
        return this.#found.filter((fault) => !this.#expected.some((expected) => expected.test(fault)));
    }

    async watch(context: BrowserContext): Promise<void> {
        context.on("console", (message) => this.#noteMessage(message));
        context.on("weberror", (error) => this.#found.push(`uncaught: ${error.error().stack ?? error.error().message}`));
        context.on("page", (page) => this.#watchPage(page));
        await context.addInitScript(() => {
            document.addEventListener("securitypolicyviolation", (event) => {
                console.error(`policy violated: ${event.effectiveDirective} by ${event.blockedURI} ${event.sample}`);
            });
        });
    }

    #noteMessage(message: ConsoleMessage): void {
        if (message.type() === "error") {
            this.#found.push(`${message.text()} ${message.location().url}`);
        }
    }

    #watchPage(page: Page): void {
        page.on("crash", () => this.#found.push("the page crashed"));
    }
}
