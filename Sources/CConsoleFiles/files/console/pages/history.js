import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { pageHead } from "../parts/page.js";
import { places } from "../parts/places.js";
import { problemBox } from "../parts/problem-box.js";
import { ask } from "../parts/question.js";
import { read, route, write } from "../server/api.js";
import { may } from "../server/session.js";
import { differences } from "../values/documents.js";
import { moment } from "../values/times.js";
import { fieldLine } from "../views/change-list.js";

const verbs = { create: "created", update: "changed", delete: "deleted", restore: "restored" };
const outputs = ["/version", "/updated_at", "/updated_by"];

/// Who changed an object, when, from what to what, newest first; each version can be restored.
export async function open({ parameters: { advertiser, kind, id }, signal }) {
  const base = route`/v1/advertisers/${advertiser}`;
  const path = kind ? base + route`/${kind}/${id}` : base;
  const list = element("ol", { class: "history" });
  const outcome = element("div", { role: "status" });
  const parts = { list, outcome, path, signal, shown: [], token: undefined };
  const more = element("button", { type: "button", class: "quiet", on: {
    click: () => next(parts, more).catch((error) => replace(outcome, problemBox(error))),
  } }, "Older versions");
  await next(parts, more);
  return {
    title: `History of ${id ?? advertiser}`,
    content: [
      pageHead(`History of ${id ?? advertiser}`, { crumbs: crumbs(advertiser, kind, id) }),
      outcome, list, more,
    ],
  };
}

function crumbs(advertiser, kind, id) {
  const way = [["Campaigns", places.overview(advertiser)]];
  if (kind === "campaigns") way.push([id, places.campaign(advertiser, id)]);
  if (kind === "line-items") way.push([id, places.lineItem(advertiser, id)]);
  return way;
}

async function next(parts, more) {
  const page = await read(
    `${parts.path}/history`, { page_size: 50, page_token: parts.token }, parts.signal);
  parts.token = page.next_page_token;
  more.hidden = !parts.token;
  for (const version of page.items) {
    const isNewest = parts.shown.length === 0;
    parts.shown.push(version);
    parts.list.append(versionItem(version, isNewest, parts));
  }
}

function versionItem(version, isNewest, parts) {
  const canRestore = may("trader") && !isNewest && version.after !== null;
  return element(
    "li", { class: "card" },
    element(
      "h2", {}, `Version ${version.version}: ${verbs[version.action] ?? version.action}`,
      isNewest && version.action !== "delete" && " (in force)"),
    element("p", { class: "hint" }, moment(version.at), ` by ${version.by}`),
    changes(version),
    canRestore && element("button", { type: "button", class: "quiet", on: {
      click: () => restore(version, parts),
    } }, `Restore version ${version.version}`));
}

function changes({ before, after }) {
  if (before === null) return element("p", {}, "The first version.");
  if (after === null) return element("p", {}, "It was deleted; an older version can be restored.");
  const lines = differences(before, after).filter(([pointer]) => !outputs.includes(pointer));
  return element("ul", {}, lines.map((line) => fieldLine(...line)));
}

async function restore({ version }, parts) {
  const isSure = await ask(
    `Bring back version ${version}? It becomes a new version, in force at once.`,
    `Restore version ${version}`);
  if (!isSure) return;
  try {
    await write("POST", `${parts.path}/restore`, { body: { version } });
    const words = `Version ${version} is in force again.`;
    replace(parts.list);
    Object.assign(parts, { shown: [], token: undefined });
    await next(parts, element("button"));
    replace(parts.outcome, element("p", { class: "notice good" }, words));
    announce(words);
  } catch (error) {
    replace(parts.outcome, problemBox(error));
    parts.outcome.firstChild.focus();
  }
}
