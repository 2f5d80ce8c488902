import { element } from "../parts/element.js";
import { wideTable } from "../parts/table.js";
import { money } from "../values/money.js";
import { count, percent } from "../values/numbers.js";

/// Rows on the page; the CSV has all of them.
const shown = 500;

/// A delivery report: its rows, then the totals.
export function reportTable({ rows, totals, group_by: keys }) {
  if (totals.length === 0) {
    return element("p", { class: "empty" }, "Nothing was bid for in these days.");
  }
  const all = [...rows.slice(0, shown), ...totals.map((row) => ({ ...row, isTotal: true }))];
  return [
    wideTable({
      caption: rows.length > shown
        ? `The first ${shown} of ${rows.length} rows; the CSV has all` : "Delivery",
      columns: [...keyColumns(keys), ...numberColumns()],
      rows: all,
    }),
  ];
}

function keyColumns(keys) {
  if (keys.length === 0) return [{ title: "", cell: () => "Total" }];
  return keys.map((key, index) => ({
    title: key.replace("_", " "),
    cell: (row) => (row.isTotal ? (index === 0 ? "Total" : "") : String(row[key] ?? "–")),
  }));
}

function numberColumns() {
  const number = (title, cell) => ({ title, isNumber: true, cell });
  return [
    number("Requests", (row) => count(row.requests_matched)),
    number("Bids", (row) => count(row.bids)),
    number("Wins", (row) => count(row.wins)),
    number("Win rate", (row) => percent(row.win_rate)),
    number("Impressions", (row) => count(row.impressions)),
    number("Clicks", (row) => count(row.clicks)),
    number("CTR", (row) => percent(row.ctr)),
    number("Spend", (row) => money(row.spend_micros, row.currency)),
    number("of it late", (row) => money(row.late_micros)),
    number("CPM", (row) => money(row.cpm_micros)),
    number("Planned", (row) => money(row.planned_micros)),
    number("Of plan", (row) => percent(row.pacing)),
  ];
}
