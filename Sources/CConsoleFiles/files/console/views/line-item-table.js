import { element } from "../parts/element.js";
import { statusBadge } from "../parts/facts.js";
import { places } from "../parts/places.js";
import { table } from "../parts/table.js";
import { money } from "../values/money.js";
import { count, percent } from "../values/numbers.js";

/// The line items of a campaign with what they did today.
export function lineItemTable(items, rows, currency) {
  const deliveries = new Map(rows.map((row) => [row.line_item, row]));
  const number = (title, value) => ({
    title, isNumber: true, cell: (item) => value(deliveries.get(item.id)),
  });
  return table({
    caption: "Line items, with what they did today",
    empty: "This campaign has no line items, so it does not bid.",
    columns: [
      { title: "Line item", cell: link },
      { title: "Status", cell: ({ status }) => statusBadge(status ?? "active") },
      { title: "Bid", isNumber: true, cell: ({ bid }) => bidWords(bid, currency) },
      {
        title: "Daily budget", isNumber: true,
        cell: ({ budget }) => budget?.daily_micros === undefined
          ? "campaign's" : money(budget.daily_micros, currency),
      },
      number("Bids", (row) => count(row?.bids ?? 0)),
      number("Win rate", (row) => percent(row?.win_rate)),
      number("Spend", (row) => money(row?.spend_micros ?? 0, currency)),
    ],
    rows: items,
  });
}

/// What a line item pays, such as `2.50 USD CPM`.
export function bidWords(bid, currency) {
  return `${money(bid.amount_micros, currency)} ${bid.model.toUpperCase()}`;
}

function link({ advertiser, id }) {
  return element("a", { href: places.lineItem(advertiser, id) }, id);
}
