import { element } from "./element.js";

/// A table with a caption; on narrow screens each row becomes a block of labelled values.
///
/// A column has a `title`, a `cell(row)` and, for numbers, `isNumber`; the first names the row.
export function table({ caption, columns, rows, empty = "Nothing here yet." }) {
  if (rows.length === 0) return element("p", { class: "empty" }, empty);
  return element(
    "table", { class: "stacked", role: "table" },
    element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element(
      "tr", { role: "row" },
      columns.map((column) => element(
        "th", { scope: "col", role: "columnheader", class: column.isNumber && "number" },
        column.title)))),
    element("tbody", { role: "rowgroup" }, rows.map((row) => tableRow(row, columns))));
}

/// A table that scrolls sideways where it is too wide, for many columns of numbers.
export function wideTable(options) {
  const content = table(options);
  content.classList.remove("stacked");
  return element(
    "div", { class: "scroll", role: "region", tabindex: "0", "aria-label": options.caption },
    content);
}

function tableRow(row, columns) {
  return element("tr", { role: "row" }, columns.map((column, index) => element(
    index === 0 ? "th" : "td",
    {
      scope: index === 0 && "row",
      role: index === 0 ? "rowheader" : "cell",
      class: column.isNumber && "number",
      "data-label": column.title,
    },
    column.cell(row))));
}
