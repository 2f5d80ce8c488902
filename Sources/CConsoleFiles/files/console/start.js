import * as campaign from "./pages/campaign.js";
import * as documents from "./pages/documents.js";
import * as historyPage from "./pages/history.js";
import * as keys from "./pages/keys.js";
import * as lineItem from "./pages/line-item.js";
import * as overview from "./pages/overview.js";
import * as report from "./pages/report.js";
import * as segments from "./pages/segments.js";
import * as signInPage from "./pages/sign-in.js";
import * as uploadPage from "./pages/upload.js";
import * as uploads from "./pages/uploads.js";
import { announce } from "./parts/announce.js";
import { element, replace } from "./parts/element.js";
import { showFrame } from "./parts/frame.js";
import { showFresh } from "./parts/fresh.js";
import { pageHead } from "./parts/page.js";
import { places } from "./parts/places.js";
import { problemBox } from "./parts/problem-box.js";
import { match } from "./parts/router.js";
import { readList } from "./server/api.js";
import { onSessionEnd, resume, session } from "./server/session.js";

const routes = [
  ["advertisers/{advertiser}", overview],
  ["advertisers/{advertiser}/campaigns/{id}", campaign],
  ["advertisers/{advertiser}/line-items/{id}", lineItem],
  ["advertisers/{advertiser}/documents", documents],
  ["advertisers/{advertiser}/report", report],
  ["advertisers/{advertiser}/history", historyPage],
  ["advertisers/{advertiser}/{kind}/{id}/history", historyPage],
  ["uploads", uploads],
  ["uploads/{id}", uploadPage],
  ["segments", segments],
  ["keys", keys],
];

let advertisers = [];
let advertiser;
let visit = new AbortController();

async function start() {
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  onSessionEnd(() => askForKey("The session has ended. Sign in again to go on."));
  window.addEventListener("hashchange", () => show());
  try {
    await resume();
    if (session()) await enter();
    else askForKey();
  } catch (error) {
    replace(document.getElementById("main"), pageHead("Nod"), problemBox(error));
  }
}

async function enter() {
  await readAdvertisers();
  await show();
}

async function readAdvertisers() {
  advertisers = (await readList("/v1/advertisers")).items;
}

/// After a change of advertisers: the frame around the page shows them.
async function refreshNames() {
  await readAdvertisers();
  showFrame({ advertisers, advertiser, onSignOut: leave });
}

/// The next key may see other advertisers: nothing of the last one stays.
function leave() {
  window.history.replaceState(null, "", "#/");
  askForKey();
}

function askForKey(reason) {
  visit.abort();
  advertisers = [];
  advertiser = undefined;
  showFrame({ advertisers: [], onSignOut: leave });
  display("Sign in", signInPage.content(reason, enter));
}

/// Shows the page of the address.
async function show() {
  if (!session()) return;
  visit.abort();
  visit = new AbortController();
  const { signal } = visit;
  const found = match(routes, location.hash);
  if (!found && advertisers.length > 0 && location.hash.replace(/^#?\/?/, "") === "") {
    location.replace(places.overview(advertiser ?? advertisers[0].id));
    return;
  }
  advertiser = found?.parameters.advertiser ?? advertiser ?? advertisers[0]?.id;
  showFrame({ advertisers, advertiser, onSignOut: leave });
  showFresh();
  document.getElementById("main").setAttribute("aria-busy", "true");
  const { title, content } = await load(found, signal);
  if (!signal.aborted) display(title, content);
}

async function load(found, signal) {
  if (!found) return { title: "Nothing here", content: nothing() };
  try {
    const { parameters, page } = found;
    return await page.open({ parameters, signal, advertisers, refreshNames });
  } catch (error) {
    if (error.name !== "AbortError" && error.status === undefined) console.error(error);
    return {
      title: "Problem",
      content: [pageHead("This page cannot be shown"), problemBox(error)],
    };
  }
}

function nothing() {
  const words = advertisers.length > 0
    ? "There is no such page." : "This key sees no advertiser yet.";
  return [pageHead("Nothing here"), element("p", {}, words)];
}

/// Puts content on the page, and the reader at its heading.
function display(title, content) {
  const main = document.getElementById("main");
  document.title = `${title} – Nod`;
  main.removeAttribute("aria-busy");
  replace(main, content);
  (main.querySelector("[data-focus]") ?? main.querySelector("h1"))?.focus();
  announce(title);
  window.scrollTo(0, 0);
}

start();
