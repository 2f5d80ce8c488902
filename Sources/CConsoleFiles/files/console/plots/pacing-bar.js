import { element, replace, shape } from "../parts/element.js";
import { money } from "../values/money.js";

/// A bar of spend within a budget with a mark where the plan is by now, and the same in words.
export function pacingBar() {
  const picture = element("div", { class: "pacing-bar", "aria-hidden": "true" });
  const words = element("p", { class: "hint" });
  return {
    node: element("div", {}, picture, words),
    update(sums, currency) {
      replace(picture, drawing(sums));
      replace(words, sentence(sums, currency));
    },
  };
}

function drawing({ budget_micros: budget, planned_micros: planned, spent_micros: spent }) {
  const whole = Math.max(budget ?? 0, planned ?? 0, spent, 1);
  const share = (value) => `${Math.min(100, (value / whole) * 100)}%`;
  return shape(
    "svg", { width: "100%", height: 30 },
    shape("rect", { class: "track", x: 0, y: 9, width: "100%", height: 14, rx: 3 }),
    shape("rect", { class: "filled", x: 0, y: 9, width: share(spent), height: 14, rx: 3 }),
    planned !== null && shape(
      "svg", { x: share(planned), y: 0, overflow: "visible" },
      shape("line", { class: "mark", x1: 0, x2: 0, y1: 4, y2: 28 }),
      shape("path", { class: "mark-head", d: "M-5 0H5L0 7Z" })));
}

function sentence({ budget_micros: budget, planned_micros: planned, spent_micros: spent }, unit) {
  const parts = [`${money(spent, unit)} spent`];
  if (planned !== null) parts.push(`▼ ${money(planned)} planned by now`);
  if (budget !== null) parts.push(`${money(budget)} budget`);
  return parts.join(" · ");
}
