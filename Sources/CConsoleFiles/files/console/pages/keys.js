import { keyForm } from "../forms/key-form.js";
import { announce } from "../parts/announce.js";
import { element, replace } from "../parts/element.js";
import { keepFresh } from "../parts/fresh.js";
import { pageHead, section } from "../parts/page.js";
import { problemBox } from "../parts/problem-box.js";
import { ask } from "../parts/question.js";
import { table } from "../parts/table.js";
import { readList, route, write } from "../server/api.js";
import { session } from "../server/session.js";
import { age, moment } from "../values/times.js";

/// Keys: who may do what, for which advertisers.
export async function open({ advertisers, signal }) {
  const list = element("div");
  const outcome = element("div", { role: "status" });
  const update = async () => {
    replace(list, keyTable((await readList("/v1/keys", {}, signal)).items, act));
  };
  const act = async (question, yes, work) => {
    if (!(await ask(question, yes))) return;
    try {
      replace(outcome, await work());
      announce(outcome.textContent);
    } catch (error) {
      replace(outcome, problemBox(error));
    }
    await update();
  };
  await keepFresh(30, signal, update);
  return {
    title: "Keys",
    content: [
      pageHead("Keys"), outcome, section("Keys there are", list),
      section("Make a key", keyForm({
        advertisers,
        scope: session().advertisers,
        onMade: async (key) => {
          replace(outcome, newKey(key));
          await update();
          outcome.querySelector("input").focus();
        },
      })),
    ],
  };
}

function keyTable(keys, act) {
  return table({
    caption: "The keys themselves are shown only once, when they are made",
    columns: [
      { title: "Name", cell: ({ name }) => name },
      { title: "Role", cell: ({ role }) => role },
      { title: "Advertisers", cell: ({ advertisers }) => advertisers?.join(", ") ?? "all" },
      { title: "Made", cell: (key) => moment(key.created_at) },
      { title: "Last used", cell: (key) => age(key.last_used_at) },
      { title: "Actions", cell: (key) => actions(key, act) },
    ],
    rows: keys,
  });
}

function actions({ id, name }, act) {
  const path = route`/v1/keys/${id}`;
  const rotate = () => act(
    `Replace the key of ${name}? The old one works for another hour.`, "Replace",
    async () => newKey(
      (await write("POST", `${path}/rotate`, { body: { grace_seconds: 3600 } })).value));
  const revoke = () => act(
    `Revoke the key of ${name}? Whoever uses it is shut out at once.`, "Revoke",
    async () => {
      await write("DELETE", path);
      return element("p", { class: "notice good" }, `The key of ${name} works no more.`);
    });
  const button = (words, click) => element(
    "button", { type: "button", class: "quiet", "aria-label": `${words} ${name}`, on: { click } },
    words);
  return element("div", { class: "buttons" }, button("Replace", rotate), button("Revoke", revoke));
}

/// A new key, to be copied now.
function newKey({ name, key }) {
  const input = element("input", {
    id: "new-key", type: "text", readonly: true, value: key, class: "secret",
    on: { focus: () => input.select() },
  });
  return element(
    "div", { class: "notice good" },
    element("label", { for: "new-key" }, `The key of ${name}. Copy it now: it is not shown again.`),
    input);
}
