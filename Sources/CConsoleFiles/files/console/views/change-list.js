import { element } from "../parts/element.js";
import { counted } from "../values/numbers.js";

/// Changes that are listed; of more only the number is told.
const shown = 200;
const verbs = { create: "new", update: "changed", delete: "deleted" };

/// What applying a document changed, or would change: each object, and each of its values.
export function changeList({ validate_only: isCheck, summary, changes, warnings }) {
  const head = isCheck ? "Valid. Applying it would change this:" : "Applied, and in force.";
  const counts = ["created", "updated", "deleted", "unchanged"]
    .map((name) => `${summary[name]} ${name}`).join(", ");
  // The server lists some of very many, and counts all.
  const total = summary.created + summary.updated + summary.deleted;
  return [
    element("h2", {}, changes.length === 0 && isCheck ? "Valid. Nothing would change." : head),
    element("p", {}, counts),
    warnings.length > 0 && element(
      "div", { class: "notice" }, element("p", {}, counted(warnings.length, "warning")),
      element("ul", {}, warnings.map(warningLine))),
    element("ul", { class: "changes" }, changes.slice(0, shown).map(changeLine)),
    total > shown && element("p", {}, `… and ${total - shown} more.`),
  ];
}

/// A value that changed: `/budget/daily_micros: 1 → 2`.
export function fieldLine(pointer, before, after) {
  return element(
    "li", {}, element("code", {}, pointer || "/"), ": ", valueWords(before), " → ",
    valueWords(after));
}

function changeLine({ action, kind, path, fields }) {
  return element(
    "li", {}, element("span", { class: `badge ${action}` }, verbs[action]),
    ` ${kind.replace("-", " ")} `, element("strong", {}, path),
    action === "update" && element("ul", {}, fields.map((field) => {
      return fieldLine(field.pointer, field.before, field.after);
    })));
}

function warningLine({ line, pointer, detail }) {
  return element(
    "li", {}, line ? `Line ${line}, ` : "", element("code", {}, pointer), `: ${detail}`);
}

function valueWords(value) {
  if (value === undefined || value === null) return element("em", {}, "none");
  const text = JSON.stringify(value);
  return element("code", {}, text.length > 300 ? `${text.slice(0, 300)}…` : text);
}
