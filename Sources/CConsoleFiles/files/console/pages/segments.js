import { field } from "../forms/field.js";
import { element, replace } from "../parts/element.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead } from "../parts/page.js";
import { table } from "../parts/table.js";
import { shareBar } from "../plots/share-bar.js";
import { read, readList } from "../server/api.js";
import { count, counted } from "../values/numbers.js";
import { age } from "../values/times.js";

/// Segments on the page; more are found by typing how they begin.
const shown = 200;

/// Segments with how many users they have and how fresh they are.
export async function open({ signal }) {
  const list = element("div");
  const words = element("p", { class: "hint", role: "status" });
  const sources = (await readList("/v1/sources", {}, signal)).items;
  const source = field({
    name: "source", label: "Source", options: [["", "all"]].concat(sources.map(({ name }) => {
      return [name, name];
    })),
  });
  const prefix = field({
    name: "prefix", label: "Begins with", autocomplete: "off", autocapitalize: "off",
  });
  const update = async () => {
    const page = await read("/v1/segments", {
      source: source.input.value, prefix: prefix.input.value.trim(), page_size: shown,
    }, signal);
    replace(list, segmentTable(page.items));
    replace(words, foundWords(page));
  };
  for (const one of [source, prefix]) {
    one.input.addEventListener("input", () => retry(update, words));
  }
  await keepFresh(5, signal, update);
  return {
    title: "Segments",
    content: [
      pageHead("Segments"), element("div", { class: "filter" }, source.node, prefix.node), words,
      list,
    ],
  };
}

function retry(update, words) {
  update().catch((error) => {
    if (error.name !== "AbortError") replace(words, error.message);
  });
}

function foundWords(page) {
  const more = page.next_page_token ? ", and more: type how the one you look for begins" : "";
  const when = page.counted_at ? [", users counted ", age(page.counted_at)] : [];
  return [counted(page.items.length, "segment"), more, when, "."];
}

function segmentTable(items) {
  const largest = Math.max(1, ...items.map(({ users }) => users));
  return table({
    caption: "Segments; the bars compare their sizes",
    empty: "No segments. They appear once a file with them is taken in.",
    columns: [
      { title: "Segment", cell: ({ segment }) => element("code", {}, segment) },
      { title: "Users", isNumber: true, cell: ({ users }) => count(users) },
      { title: "Size", cell: ({ users }) => shareBar(users / largest) },
      { title: "Source", cell: (segment) => sourceWords(segment) },
      { title: "Updated", cell: (segment) => age(segment.updated_at) },
    ],
    rows: items,
  });
}

function sourceWords({ source, advertiser }) {
  return advertiser ? `${source ?? "–"}, of ${advertiser} alone` : source ?? "–";
}
