import { field } from "../forms/field.js";
import { element, replace } from "../parts/element.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead } from "../parts/page.js";
import { places } from "../parts/places.js";
import { read, readList, route } from "../server/api.js";
import { may } from "../server/session.js";
import { campaignCard } from "../views/campaign-card.js";
import { deliveryOf } from "../views/delivery.js";

/// Campaigns whose pacing is asked for; more are found by their status.
const shown = 60;
/// Requests for pacing at a time.
const atOnce = 4;

/// All campaigns of an advertiser: how they pace today.
export async function open({ parameters: { advertiser }, advertisers, signal }) {
  const name = advertisers.find(({ id }) => id === advertiser)?.name ?? advertiser;
  const list = element("div", { class: "cards" });
  const rest = element("p", { class: "hint" });
  const cards = new Map();
  const status = field({
    name: "status", label: "Show", value: "active",
    options: [["active", "active"], ["paused", "paused"], ["archived", "archived"], ["", "all"]],
  });
  const update = () => refresh(advertiser, status.input.value, { list, rest, cards }, signal);
  status.input.addEventListener("change", () => {
    update().catch((error) => replace(list, element("p", { role: "alert" }, error.message)));
  });
  await keepFresh(5, signal, update);
  const create = may("trader") && element(
    "a", { class: "button", href: places.documents(advertiser) }, "New campaign");
  const history = element("a", { href: places.history(advertiser) }, "History");
  return {
    title: `Campaigns of ${name}`,
    content: [
      pageHead(`Campaigns of ${name}`, { beside: [create, history] }),
      element("div", { class: "filter" }, status.node), list, rest,
    ],
  };
}

async function refresh(advertiser, status, { list, rest, cards }, signal) {
  const path = route`/v1/advertisers/${advertiser}/campaigns`;
  const { items } = await readList(path, { status }, signal);
  const visible = items.slice(0, shown);
  const pacings = await each(
    visible, ({ id }) => read(`${path}/${encodeURIComponent(id)}/pacing`, {}, signal));
  const rows = await deliveries(advertiser, pacings, signal);
  for (const [index, campaign] of visible.entries()) {
    const card = cards.get(campaign.id) ?? campaignCard(campaign);
    cards.set(campaign.id, card);
    const { day } = pacings[index];
    card.update(campaign, pacings[index], rows.get(`${day}/${campaign.id}`));
  }
  arrange(list, visible.map(({ id }) => cards.get(id).node));
  replace(rest, items.length > shown && `${items.length - shown} more are not shown.`);
}

/// The report's rows of each day that campaigns are in, by day and campaign.
async function deliveries(advertiser, pacings, signal) {
  const rows = new Map();
  for (const day of new Set(pacings.map((pacing) => pacing.day))) {
    for (const row of await deliveryOf(advertiser, day, "campaign", {}, signal)) {
      rows.set(`${day}/${row.campaign}`, row);
    }
  }
  return rows;
}

/// Shows nodes in an order without touching those that stand right, which may have the focus.
function arrange(list, nodes) {
  const current = [...list.children];
  const isSame = current.length === nodes.length && nodes.every((node, at) => node === current[at]);
  if (isSame && nodes.length > 0) return;
  replace(list, nodes.length > 0 ? nodes : element("p", { class: "empty" }, "No such campaigns."));
}

async function each(items, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
