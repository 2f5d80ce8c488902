import { budgetForm } from "../forms/budget-form.js";
import { Edited } from "../forms/save.js";
import { element, replace } from "../parts/element.js";
import { facts, statusBadge } from "../parts/facts.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead, section } from "../parts/page.js";
import { places } from "../parts/places.js";
import { pacingBar } from "../plots/pacing-bar.js";
import { pacingPlot } from "../plots/pacing-plot.js";
import { read, readList, readTagged, route } from "../server/api.js";
import { may } from "../server/session.js";
import { moment } from "../values/times.js";
import { deliveryFacts, deliveryOf } from "../views/delivery.js";
import { lineItemTable } from "../views/line-item-table.js";
import { pacingTable } from "../views/pacing-table.js";

/// One campaign: its pacing by the hour, its budget, its line items.
export async function open({ parameters: { advertiser, id }, signal }) {
  const path = route`/v1/advertisers/${advertiser}/campaigns/${id}`;
  const edited = new Edited(await readTagged(path, {}, signal));
  const pacing = await read(`${path}/pacing`, {}, signal);
  const parts = {
    badge: element("span"), delivery: element("div"), hours: element("div"),
    items: element("div"), plot: pacingPlot(), flight: pacingBar(), path, advertiser, id, edited,
  };
  await keepFresh(5, signal, () => refresh(parts, signal));
  return {
    title: id,
    content: [
      head(parts, pacing),
      section(
        "Pacing today",
        element(
          "div", { class: "beside" }, parts.plot.node,
          element(
            "details", { class: "numbers-of-plot", open: innerWidth > 900 },
            element("summary", {}, "The plot's numbers"), parts.hours))),
      section("Over the whole flight", parts.flight.node),
      section("Delivery today", parts.delivery),
      may("trader") && section(
        "Budget and status",
        budgetForm({ edited, path, currency: pacing.currency, signal,
          onSaved: () => refresh(parts, signal) })),
      section("Line items", parts.items),
    ],
  };
}

function head({ advertiser, id, badge, edited }, pacing) {
  const { flight = {} } = edited.value;
  return [
    pageHead(id, {
      crumbs: [["Campaigns", places.overview(advertiser)]],
      beside: [badge, element(
        "a", { href: places.history(advertiser, "campaigns", id) }, "History")],
    }),
    facts([
      ["Flight", flightWords(flight)],
      ["Time zone", pacing.timezone],
    ]),
  ];
}

function flightWords({ start, end }) {
  if (!start && !end) return "always";
  return element("span", {}, start && ["from ", moment(start), " "], end && ["to ", moment(end)]);
}

async function refresh({ path, advertiser, id, ...parts }, signal) {
  const pacing = await read(`${path}/pacing`, {}, signal);
  const campaign = await read(path, {}, signal);
  const rows = await deliveryOf(advertiser, pacing.day, "line_item", { campaign: id }, signal);
  const totals = await deliveryOf(advertiser, pacing.day, "", { campaign: id }, signal);
  const items = await readList(
    route`/v1/advertisers/${advertiser}/line-items`, { campaign: id }, signal);
  replace(parts.badge, statusBadge(campaign.status ?? "active"));
  parts.plot.update(pacing);
  parts.flight.update(pacing.total, pacing.currency);
  replace(parts.hours, pacingTable(pacing));
  replace(parts.delivery, deliveryFacts(totals[0], pacing.currency));
  replace(parts.items, lineItemTable(items.items, rows, pacing.currency));
}
