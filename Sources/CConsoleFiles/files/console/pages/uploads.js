import { field } from "../forms/field.js";
import { FieldFault, form } from "../forms/form.js";
import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead, section } from "../parts/page.js";
import { places } from "../parts/places.js";
import { progressLine } from "../parts/progress.js";
import { table } from "../parts/table.js";
import { read, readList } from "../server/api.js";
import { may } from "../server/session.js";
import { upload } from "../server/upload.js";
import { bytes, count } from "../values/numbers.js";
import { age } from "../values/times.js";
import { stateWords } from "../values/upload-words.js";

/// Uploads of audience files: a new one, and those there were.
export async function open({ signal }) {
  const list = element("div");
  const sources = (await readList("/v1/sources", {}, signal)).items;
  await keepFresh(3, signal, async () => {
    const { items } = await read("/v1/audience-uploads", { page_size: 50 }, signal);
    replace(list, uploadTable(items));
  });
  return {
    title: "Audiences",
    content: [
      pageHead("Audiences"),
      may("trader") && section("Upload a file", uploadForm(sources, signal)),
      section("Uploads", list),
    ],
  };
}

function uploadForm(sources, signal) {
  if (sources.length === 0) {
    return element("p", {}, "No source is configured for this key, so nothing can be uploaded.");
  }
  const source = field({
    name: "source", label: "Source", value: sources[0].name, pointers: ["/source"],
    options: sources.map(({ name, format }) => [name, `${name} (${format})`]),
    hint: "Where the file comes from; it decides the format that is expected.",
  });
  const file = field({
    name: "file", label: "File", type: "file", pointers: ["/file"],
    hint: "Text or gzip, of any size. Its name must follow the source's format.",
  });
  const progress = progressLine("Sending");
  const { node } = form({
    label: "Upload a file",
    fields: [source, file],
    button: "Upload",
    onSubmit: async () => {
      const chosen = file.input.files[0];
      if (!chosen) throw new FieldFault(file, "Choose a file.");
      announce(`Sending ${chosen.name}`);
      try {
        const job = await upload(chosen, source.input.value, chosen.name, (sent, total) => {
          progress.update(sent, total, `Sending ${chosen.name}: ${bytes(sent)} of ${bytes(total)}`);
        }, signal);
        location.hash = places.upload(job.id);
      } catch (error) {
        progress.hide();
        if (error.status === 0) throw new FieldFault(file, brokenOff);
        throw error;
      }
    },
  });
  node.append(progress.node);
  return node;
}

const brokenOff = "The connection broke off before the file was there. Upload it again.";

function uploadTable(items) {
  return table({
    caption: "The newest uploads first",
    empty: "No file has been uploaded yet.",
    columns: [
      {
        title: "File",
        cell: ({ id, file }) => element("a", { href: places.upload(id) }, file),
      },
      { title: "Source", cell: ({ source }) => source },
      {
        title: "State",
        cell: ({ state }) => element("span", { class: `badge ${state}` }, stateWords(state)),
      },
      {
        title: "Lines stored", isNumber: true, cell: ({ report }) => count(report?.lines?.stored),
      },
      { title: "Malformed", isNumber: true, cell: ({ report }) => count(report?.lines?.malformed) },
      { title: "Since", cell: (job) => age(job.created_at) },
    ],
    rows: items,
  });
}
