import { facts } from "../parts/facts.js";
import { read } from "../server/api.js";
import { money } from "../values/money.js";
import { count, percent } from "../values/numbers.js";

/// The rows of a report of one advertiser on one day.
export async function deliveryOf(advertiser, day, groupBy, filter = {}, signal = undefined) {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const report = await read("/v1/reports/delivery", {
    advertiser, from: day, to: next, group_by: groupBy, ...filter,
  }, signal);
  return groupBy ? report.rows : report.totals;
}

/// What was delivered, as names and numbers.
export function deliveryFacts(row, currency) {
  return facts([
    ["Requests matched", count(row?.requests_matched ?? 0)],
    ["Bids", count(row?.bids ?? 0)],
    ["Wins", count(row?.wins ?? 0)],
    ["Win rate", percent(row?.win_rate)],
    ["Impressions", count(row?.impressions ?? 0)],
    ["Clicks", count(row?.clicks ?? 0)],
    ["CTR", percent(row?.ctr)],
    ["Spend", money(row?.spend_micros ?? 0, currency)],
    ["CPM", money(row?.cpm_micros, row?.cpm_micros == null ? "" : currency)],
  ]);
}
