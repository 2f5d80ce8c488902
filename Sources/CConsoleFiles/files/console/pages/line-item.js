import { bidForm } from "../forms/bid-form.js";
import { field } from "../forms/field.js";
import { Edited } from "../forms/save.js";
import { element, replace } from "../parts/element.js";
import { facts, statusBadge } from "../parts/facts.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead, section } from "../parts/page.js";
import { places } from "../parts/places.js";
import { read, readTagged, route } from "../server/api.js";
import { may } from "../server/session.js";
import { money } from "../values/money.js";
import { deliveryFacts, deliveryOf } from "../views/delivery.js";
import { funnelView } from "../views/funnel.js";
import { bidWords } from "../views/line-item-table.js";
import { targetingFacts } from "../views/targeting.js";

/// One line item: why it bids or does not, what it pays, whom it wants.
export async function open({ parameters: { advertiser, id }, signal }) {
  const path = route`/v1/advertisers/${advertiser}/line-items/${id}`;
  const edited = new Edited(await readTagged(path, {}, signal));
  const campaign = edited.value.campaign;
  const pacing = await read(
    route`/v1/advertisers/${advertiser}/campaigns/${campaign}/pacing`, {}, signal);
  const parts = {
    badge: element("span"), funnel: element("div", { "aria-live": "off" }),
    delivery: element("div"), minutes: minutesField(), path, advertiser, id, pacing,
  };
  const update = () => refresh(parts, signal);
  parts.minutes.input.addEventListener("change", () => update().catch(() => {}));
  await keepFresh(5, signal, update);
  return {
    title: id,
    content: [
      pageHead(id, {
        crumbs: [["Campaigns", places.overview(advertiser)],
          [campaign, places.campaign(advertiser, campaign)]],
        beside: [parts.badge, element(
          "a", { href: places.history(advertiser, "line-items", id) }, "History")],
      }),
      section("Why it bids, and why not", element("div", { class: "filter" }, parts.minutes.node),
        parts.funnel),
      section("Delivery today", parts.delivery),
      section("Bid and budget", bidPart(edited, path, pacing.currency, update)),
      section("Targeting", targetingFacts(edited.value.targeting)),
    ],
  };
}

function minutesField() {
  return field({
    name: "minutes", label: "Requests of the last", value: "60",
    options: [["5", "5 minutes"], ["15", "15 minutes"], ["60", "hour"]],
  });
}

function bidPart(edited, path, currency, onSaved) {
  if (may("trader")) return bidForm({ edited, path, currency, onSaved });
  const { bid, budget = {} } = edited.value;
  return facts([
    ["Bid", bidWords(bid, currency)],
    ["Daily budget", money(budget.daily_micros, currency)],
    ["Total budget", money(budget.total_micros, currency)],
  ]);
}

async function refresh({ path, advertiser, id, pacing, ...parts }, signal) {
  const item = await read(path, {}, signal);
  const minutes = parts.minutes.input.value;
  const funnel = await read(`${path}/funnel`, { minutes }, signal);
  const totals = await deliveryOf(advertiser, pacing.day, "", { line_item: id }, signal);
  replace(parts.badge, statusBadge(item.status ?? "active"));
  replace(parts.funnel, funnelView(funnel));
  replace(parts.delivery, deliveryFacts(totals[0], pacing.currency));
}
