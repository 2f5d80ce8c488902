import { element, replace, setText } from "../parts/element.js";
import { statusBadge } from "../parts/facts.js";
import { places } from "../parts/places.js";
import { pacingBar } from "../plots/pacing-bar.js";
import { money } from "../values/money.js";
import { count, percent } from "../values/numbers.js";

/// A campaign on the overview: its status, spend, pacing and win rate, kept up to date in place.
export function campaignCard(campaign) {
  const address = places.campaign(campaign.advertiser, campaign.id);
  const badge = element("span");
  const pace = element("p", { class: "pace" });
  const bar = pacingBar();
  const numbers = element("p", { class: "numbers" });
  const node = element(
    "article", { class: "card" },
    element(
      "div", { class: "headline" },
      element("h2", {}, element("a", { href: address }, campaign.id)), badge),
    pace, bar.node, numbers);
  return {
    node,
    update(current, pacing, delivery) {
      replace(badge, statusBadge(current.status ?? "active"));
      const sums = pacing.daily.budget_micros === null ? pacing.total : pacing.daily;
      bar.update(sums, pacing.currency);
      setText(pace, paceWords(pacing, sums));
      setText(numbers, numberWords(delivery, pacing.currency));
    },
  };
}

function paceWords(pacing, sums) {
  const period = sums === pacing.total ? "Over the flight" : "Today";
  if (!sums.planned_micros) return `${period}: ${money(sums.spent_micros, pacing.currency)} spent`;
  return `${period}: ${percent(sums.spent_micros / sums.planned_micros)} of plan`;
}

function numberWords(row, currency) {
  if (!row) return "No bids today.";
  const cpm = row.cpm_micros === null ? "" : `, CPM ${money(row.cpm_micros, currency)}`;
  return `Today: win rate ${percent(row.win_rate)}, ${count(row.bids)} bids, `
    + `${count(row.impressions)} impressions${cpm}`;
}
