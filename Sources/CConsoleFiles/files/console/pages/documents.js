import { field } from "../forms/field.js";
import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { pageHead } from "../parts/page.js";
import { problemBox } from "../parts/problem-box.js";
import { read, route, write } from "../server/api.js";
import { may } from "../server/session.js";
import { withoutOutputs } from "../values/documents.js";
import { changeList } from "../views/change-list.js";

/// Documents: what an advertiser wants as text, checked and applied as a whole.
export async function open({ parameters: { advertiser }, signal, refreshNames }) {
  const text = field({
    kind: "textarea", name: "documents", label: "Document (YAML or JSON)",
    hint: "Each advertiser in it is replaced as a whole, with all below it. "
      + "The manual describes every key in docs/documents.md.",
    rows: 18, spellcheck: "false", autocapitalize: "off", autocomplete: "off",
  });
  const result = element("div", { class: "result" });
  const state = { text, result, refreshNames, isBusy: false };
  return {
    title: "Documents",
    content: [
      pageHead("Documents"),
      element("p", {}, "Start from what is in force, change it, check it, then apply it."),
      text.node, fileField(text).node,
      element(
        "div", { class: "buttons" },
        button("Load what is in force", "quiet", () => load(advertiser, state, signal), state),
        may("trader") && button("Check", "quiet", () => apply(state, true), state),
        may("trader") && button("Apply", "", () => apply(state, false), state)),
      result,
    ],
  };
}

function fileField(text) {
  const file = field({ name: "document-file", label: "Or read it from a file", type: "file" });
  file.input.addEventListener("change", async () => {
    const chosen = file.input.files[0];
    if (chosen) text.input.value = await chosen.text();
  });
  return file;
}

function button(words, kind, action, state) {
  const run = async () => {
    if (state.isBusy) return;
    state.isBusy = true;
    state.text.showFault(null);
    replace(state.result, element("p", { role: "status" }, "…"));
    try {
      await action();
    } catch (error) {
      if (error.name === "AbortError") return;
      const box = problemBox(error);
      replace(state.result, box);
      box.focus();
      announce(error.message);
    } finally {
      state.isBusy = false;
    }
  };
  return element("button", { type: "button", class: kind || null, on: { click: run } }, words);
}

async function load(advertiser, { text, result }, signal) {
  const path = route`/v1/advertisers/${advertiser}`;
  const value = await read(path, { depth: "all" }, signal);
  text.input.value = JSON.stringify({ advertisers: [withoutOutputs(value)] }, null, 2);
  replace(result, element("p", { role: "status" }, "Loaded. Nothing changes until you apply it."));
}

async function apply({ text, result, refreshNames }, isCheck) {
  const document = text.input.value;
  if (document.trim() === "") {
    text.showFault("Write or load a document first.");
    text.input.focus();
    replace(result);
    return;
  }
  const { value } = await write("POST", "/v1/apply", {
    text: document, type: "application/yaml", query: { validate_only: isCheck },
  });
  if (!isCheck) await refreshNames();
  replace(result, changeList(value));
  announce(result.querySelector("h2").textContent);
}
