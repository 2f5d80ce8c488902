import { element } from "../parts/element.js";
import { facts } from "../parts/facts.js";

/// Whom a line item wants, a dimension a line.
export function targetingFacts(targeting = {}) {
  const pairs = Object.entries(targeting).map(([name, value]) => {
    const words = name === "audience" ? expressionWords(value) : dimensionWords(value);
    return [title(name), words];
  }).filter(([, words]) => words !== "");
  if (pairs.length === 0) return element("p", {}, "Everything: no dimension is limited.");
  return facts(pairs);
}

function title(name) {
  const text = name.replaceAll("_", " ");
  return text[0].toUpperCase() + text.slice(1);
}

function dimensionWords(value) {
  if (Array.isArray(value)) return value.map(entryWords).join(", ");
  const parts = [];
  if (value.include?.length) parts.push(value.include.map(entryWords).join(", "));
  if (value.exclude?.length) parts.push(`not ${value.exclude.map(entryWords).join(", ")}`);
  if (value.open) parts.push("and the open auction");
  if (value.from !== undefined || value.to !== undefined) {
    parts.push(`from ${value.from ?? 0} to ${value.to ?? 100}`);
  }
  return parts.join("; ");
}

function entryWords(entry) {
  if (typeof entry !== "object" || entry === null) return String(entry);
  return Object.values(entry).map((part) => [part].flat().join(" ")).join(" ");
}

function expressionWords(expression) {
  const list = (items) => items.map((item) => {
    return typeof item === "string" ? item : `(${expressionWords(item)})`;
  }).join(", ");
  return ["any", "all", "none"].filter((key) => expression[key]?.length)
    .map((key) => `${key} of ${list(expression[key])}`).join("; ");
}
