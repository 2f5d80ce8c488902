import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { facts } from "../parts/facts.js";
import { pause, keepFresh } from "../parts/fresh.js";
import { pageHead } from "../parts/page.js";
import { places } from "../parts/places.js";
import { progressLine } from "../parts/progress.js";
import { read, route } from "../server/api.js";
import { bytes } from "../values/numbers.js";
import { moment } from "../values/times.js";
import { stateWords } from "../values/upload-words.js";
import { uploadReport } from "../views/upload-report.js";

/// One upload: how far it is, then what became of each line.
export async function open({ parameters: { id }, signal }) {
  const path = route`/v1/audience-uploads/${id}`;
  const job = await read(path, {}, signal);
  const parts = {
    badge: element("span"), progress: progressLine("Reading"), result: element("div"),
  };
  show(job, parts);
  if (!isOver(job)) follow(path, parts, signal);
  return {
    title: job.file,
    content: [
      pageHead(job.file, { crumbs: [["Audiences", places.uploads()]], beside: [parts.badge] }),
      facts([
        ["Source", job.source],
        ["Uploaded", moment(job.created_at)],
        ["By", job.created_by ?? "the inbox"],
      ]),
      parts.progress.node, parts.result,
    ],
  };
}

/// Asks twice a second while the file is on its way, since people wait for it.
async function follow(path, parts, signal) {
  const over = new AbortController();
  signal.addEventListener("abort", () => over.abort());
  await pause(200, over.signal);
  await keepFresh(0.5, over.signal, async () => {
    const job = await read(path, {}, signal);
    show(job, parts);
    if (!isOver(job)) return;
    over.abort();
    announce(`${job.file}: ${stateWords(job.state)}`);
  }).catch(() => {});
}

function isOver({ state }) {
  return ["done", "rejected", "failed"].includes(state);
}

function show(job, { badge, progress, result }) {
  replace(badge, element("span", { class: `badge ${job.state}` }, stateWords(job.state)));
  if (isOver(job)) {
    progress.hide();
    replace(result, uploadReport(job));
    return;
  }
  const done = job.state === "receiving" ? job.received_bytes : job.read_bytes;
  const words = job.state === "queued"
    ? "Waiting to be read"
    : `${bytes(done)} of ${job.bytes ? bytes(job.bytes) : "?"} ${stateWords(job.state)}`;
  progress.update(done, job.state === "queued" ? 0 : job.bytes, words);
}
