/** Figures as they are printed, each with its goal and whether it is reached. None of them fails a test. */

/** What a figure should be. */
export interface Goal {
    atMost?: number;
    atLeast?: number;
}

/** Prints a figure. */
export function print(what: string, value: number, unit: string, goal: Goal = {}): void {
    const { atMost, atLeast } = goal;
    const reached = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
    const bound = atMost !== undefined ? `at most ${spelled(atMost)}` : atLeast !== undefined ? `at least ${spelled(atLeast)}` : "";
    const verdict = bound === "" ? "" : `  (${bound}: ${reached ? "reached" : "not reached"})`;
    console.log(`${what.padEnd(58)} ${spelled(value).padStart(9)} ${unit.padEnd(10)}${verdict}`.trimEnd());
}

/** Begins a part of the list. */
export function heading(text: string): void {
    console.log(`\n${text}`);
}

/** The value that so many of a hundred are at most. */
export function percentile(values: number[], percent: number): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export function median(values: number[]): number {
    return percentile(values, 50);
}

function spelled(value: number): string {
    return Number.isInteger(value) ? String(value) : Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(1);
}
