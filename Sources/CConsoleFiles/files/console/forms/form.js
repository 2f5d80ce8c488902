import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { problemBox } from "../parts/problem-box.js";

/// A form: its fields, a button, and what went wrong, at the field that it is about.
///
/// `onSubmit` may throw a `Problem`; what it returns, if anything, is shown as the outcome.
export function form({ label, fields, button, buttons = [], onSubmit }) {
  const problems = element("div", { role: "alert" });
  const outcome = element("p", { class: "outcome", role: "status" });
  const submit = element("button", { type: "submit" }, button);
  const node = element(
    "form", { "aria-label": label, novalidate: true },
    problems, fields.map((one) => one.node),
    element("div", { class: "buttons" }, submit, buttons), outcome);
  let busy = false;
  const show = (words) => replace(outcome, words ?? "");
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    clear(problems, outcome, fields);
    submit.setAttribute("aria-disabled", "true");
    try {
      const words = await onSubmit(show);
      if (words) show(words);
    } catch (error) {
      if (error.name !== "AbortError") showProblem(error, problems, fields);
    } finally {
      busy = false;
      submit.removeAttribute("aria-disabled");
    }
  });
  return { node, show };
}

/// A mistake that is seen before anything is sent.
export class FieldFault extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

function clear(problems, outcome, fields) {
  replace(problems);
  replace(outcome);
  for (const one of fields) one.showFault?.(null);
}

function showProblem(error, problems, fields) {
  if (error instanceof FieldFault) {
    error.field.showFault(error.message);
    error.field.input.focus();
    announce(error.message);
    return;
  }
  const rest = (error.faults ?? []).filter((fault) => {
    const place = fields.find((one) => one.pointers?.some((pointer) => covers(pointer, fault)));
    place?.showFault(fault.detail);
    return !place;
  });
  replace(problems, problemBox(error, rest));
  const wrong = fields.find((one) => one.input?.getAttribute("aria-invalid"));
  (wrong?.input ?? problems.firstChild)?.focus();
}

/// Whether a fault is at a pointer or below it.
function covers(pointer, fault) {
  return fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`);
}
