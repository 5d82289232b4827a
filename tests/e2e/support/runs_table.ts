/** The table of runs as a person finds her way in it: by the names of runs and the titles of columns. */
import type { Locator, Page } from "@playwright/test";

export class RunsTable {
    readonly grid: Locator;

    constructor(readonly page: Page) {
        this.grid = page.getByRole("grid", { name: "Runs" }).or(page.getByRole("treegrid", { name: "Runs" }));
    }

    /** All rows below the headings. */
    get rows(): Locator {
        return this.grid.getByRole("rowgroup").getByRole("row");
    }

    /** The row that begins with `name`. */
    row(name: string | RegExp): Locator {
        return this.rows.filter({ has: this.page.getByRole("rowheader", { name }) });
    }

    heading(column: string): Locator {
        return this.grid.getByRole("columnheader", { name: column, exact: true });
    }

    /** The cell of a row below the heading `column`. */
    async cell(row: Locator, column: string): Promise<Locator> {
        const place = await this.heading(column).getAttribute("aria-colindex");
        return row.locator(`[aria-colindex="${place}"]`);
    }

    /** What the cells below `column` say, from the top. */
    async column(column: string): Promise<string[]> {
        const place = await this.heading(column).getAttribute("aria-colindex");
        const rows = await this.rows.evaluateAll(
            (rows, place) =>
                rows.map((row) => ({
                    index: Number(row.getAttribute("aria-rowindex")),
                    text: row.querySelector(`[aria-colindex="${place}"]`)?.textContent ?? "",
                })),
            place,
        );
        return rows.sort((one, other) => one.index - other.index).map((row) => row.text.trim());
    }

    /** The names of the runs and groups, from the top. */
    async names(): Promise<string[]> {
        return await this.column("Name");
    }
}
