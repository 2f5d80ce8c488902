import { element } from "./element.js";

/// What went wrong, with every place that is wrong.
export function problemBox(error, faults = error.faults ?? []) {
  return element(
    "div", { class: "problem", tabindex: "-1" },
    element("p", {}, error.message),
    faults.length > 0 && element("ul", {}, faults.map(faultLine)));
}

function faultLine(fault) {
  const place = [
    fault.line && `Line ${fault.line}`,
    fault.pointer && fault.pointer,
  ].filter(Boolean).join(", ");
  return element(
    "li", {}, place && element("code", {}, place), place && ": ", fault.detail);
}
