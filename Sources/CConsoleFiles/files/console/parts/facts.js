import { element } from "./element.js";

/// Names with their values: `[[name, value], …]`.
export function facts(pairs) {
  return element("dl", { class: "facts" }, pairs.map(([name, value]) => element(
    "div", {}, element("dt", {}, name), element("dd", {}, value))));
}

/// The status of an object, in words with a sign of its own.
export function statusBadge(status) {
  const signs = { active: "●", paused: "‖", archived: "■" };
  return element(
    "span", { class: `badge ${status}` },
    element("span", { "aria-hidden": "true" }, `${signs[status] ?? "○"} `), status);
}
