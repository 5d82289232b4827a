// Runs before the app; must work when all else fails.

// Set before the first paint, else a dark page flashes white. Storage may be forbidden.
try {
  const theme = localStorage.getItem("theme");
  if (/^(light|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
} catch {}

// Strings become markup through this alone: Leptos makes static markup so. What acts is refused.
const acts = /<(script|iframe|object|embed|base|meta|link|form)\b|<[^>]+[\s/"']on\w+\s*=|javascript:|srcdoc\s*=/i;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (acts.test(html) ? null : html),
  createScript: () => null,
  createScriptURL: () => null,
});

// Text nodes only: it may come from anywhere.
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const button = (emphasis, text, onclick) => {
  const element = make("button", { className: "button", onclick }, text);
  element.dataset.emphasis = emphasis;
  return element;
};

function fail(title, cause) {
  if (document.querySelector(".fatal")) return; // the first cause is the one to read
  const report = [title, cause, location.pathname, navigator.userAgent, new Date()].join("\n");
  // By hand only: a page that reloads itself can do so for ever.
  const reload = button("primary", "Reload", () => location.reload());
  const copy = button("secondary", "Copy report", () =>
    navigator.clipboard?.writeText(report).then(() => copy.replaceChildren("Copied")));
  const dialog = make("dialog", { className: "fatal", role: "alertdialog", ariaLabel: title },
    make("h1", {}, title),
    make("p", {}, "Reloading usually helps. What was saved is not lost."),
    make("pre", { tabIndex: 0 }, String(cause)),
    make("div", { className: "fatal-actions" }, reload, copy));
  dialog.oncancel = (event) => event.preventDefault(); // nothing works behind
  document.body.append(dialog);
  dialog.showModal();
  reload.focus();
}

// A panic ends the app. Its hook sends the message; the trap that follows is the net below.
const stopped = (cause) => fail("The console stopped working", cause);
const trap = (error) => error instanceof WebAssembly.RuntimeError && stopped(error);
addEventListener("console:panic", (event) => stopped(event.detail));
addEventListener("error", (event) => trap(event.error));
addEventListener("unhandledrejection", (event) => trap(event.reason));

// A quick start shows nothing in between.
const waiting = make("div", { className: "boot", role: "status" }, "Loading the console…");
const timer = setTimeout(() => document.body.append(waiting), 300);

// The build names both files in the page. Not awaited: this script holds back the first paint.
const file = (name) => document.querySelector(`meta[name=console-${name}]`).content;
import(file("js"))
  .then((glue) => glue.default({ module_or_path: file("wasm") }))
  .catch((error) => fail("The console could not be loaded", error))
  .finally(() => (clearTimeout(timer), waiting.remove()));
