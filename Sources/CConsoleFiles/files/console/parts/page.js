import { element } from "./element.js";

/// The head of a page: the way to it, its heading, and what else belongs there.
export function pageHead(title, { crumbs = [], beside = [] } = {}) {
  return element(
    "div", { class: "head" },
    crumbs.length > 0 && element(
      "nav", { "aria-label": "Way to this page" },
      element("ol", { class: "crumbs" }, crumbs.map(([words, target]) => element(
        "li", {}, element("a", { href: target }, words))))),
    element("div", { class: "headline" }, element("h1", { tabindex: "-1" }, title), beside));
}

/// A part of a page with a heading.
export function section(title, ...children) {
  const id = `section-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  return element(
    "section", { "aria-labelledby": id }, element("h2", { id }, title), children);
}
