import { element } from "../parts/element.js";
import { facts } from "../parts/facts.js";
import { section } from "../parts/page.js";
import { places } from "../parts/places.js";
import { table } from "../parts/table.js";
import { count, counted } from "../values/numbers.js";
import { categoryWords, counterWords, reasonWords } from "../values/upload-words.js";

/// Lines with errors that are shown at once; those after them, on request.
const shown = 20;
/// The order of a report's counters, the sum first.
const order = [
  "received", "stored", "empty", "malformed", "too_long", "unknown_id", "duplicate", "bad_segments",
];

/// What became of a file: the outcome in a sentence, the counters, and each line that is wrong.
export function uploadReport({ state, reason, report }) {
  return [
    outcome(state, reason ?? report?.reason, report),
    report && section("Lines", facts(order.map((name) => {
      return [counterWords(name), count(report.lines[name] ?? 0)];
    }))),
    report && state === "done" && section("What changed", facts([
      ["Users new", count(report.users.new)],
      ["Users touched", count(report.users.touched)],
      ["Memberships added", count(report.memberships.added)],
      ["Memberships removed", count(report.memberships.removed)],
      ["Memberships expired", count(report.memberships.expired)],
    ])),
    report?.errors.length > 0 && section("Lines with errors", errorTables(report)),
  ];
}

function outcome(state, reason, report) {
  if (state === "done") {
    const words = reason
      ? reasonWords(reason)
      : `${counted(report?.lines.stored ?? 0, "line")} stored, in bids within two seconds.`;
    return element(
      "p", { class: "notice good" }, element("strong", {}, "Taken in. "), words, " ",
      element("a", { href: places.segments() }, "See the segments"));
  }
  const head = state === "rejected" ? "Refused: nothing of this file is in use. " : "Failed. ";
  const words = reason ? reasonWords(reason) : "The server's log has the reason.";
  return element("p", { class: "problem" }, element("strong", {}, head), words);
}

function errorTables({ errors, format }) {
  const first = "The first lines that were not stored as they stand";
  const rest = errors.slice(shown);
  return [
    errorTable(first, errors.slice(0, shown), format),
    rest.length > 0 && element(
      "details", {},
      element("summary", {}, `${counted(rest.length, "more line")} with errors`),
      errorTable("The lines after them", rest, format)),
  ];
}

function errorTable(caption, rows, format) {
  return table({
    caption,
    columns: [
      { title: "Where", cell: ({ line }) => `Line\u00a0${count(line)}` },
      { title: "What is wrong", cell: ({ category }) => categoryWords(category, format) },
      { title: "The line begins", cell: ({ text }) => element("code", {}, text) },
    ],
    rows,
  });
}
