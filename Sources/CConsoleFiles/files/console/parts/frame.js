import { may, session, signOut } from "../server/session.js";
import { element, replace } from "./element.js";
import { stalenessBanner } from "./fresh.js";
import { places } from "./places.js";
import { problemBox } from "./problem-box.js";

/// What stands around every page: name, navigation, advertiser, and whose session it is.
export function showFrame({ advertisers, advertiser, onSignOut }) {
  const header = document.getElementById("header");
  if (!session()) {
    replace(header, brand());
    return;
  }
  replace(
    header,
    element("div", { class: "bar" }, brand(), picker(advertisers, advertiser), who(onSignOut)),
    navigation(advertiser), stalenessBanner());
}

function brand() {
  return element(
    "a", { class: "brand", href: "#/" },
    element("img", { src: "/console/favicon.svg", alt: "", width: 28, height: 28 }), "Nod");
}

function picker(advertisers, advertiser) {
  if (advertisers.length < 2) {
    return element("span", { class: "advertiser" }, advertisers[0]?.name ?? "");
  }
  const select = element(
    "select", { id: "advertiser", on: { change: () => (location.hash = target(select.value)) } },
    advertisers.map(({ id, name }) => element("option", { value: id }, name ?? id)));
  select.value = advertiser;
  return element(
    "div", { class: "advertiser" }, element("label", { for: "advertiser" }, "Advertiser"), select);
}

/// The same kind of page of another advertiser.
function target(advertiser) {
  const kind = location.hash.split("/")[3];
  if (kind === "report") return places.report(advertiser);
  if (kind === "documents") return places.documents(advertiser);
  return places.overview(advertiser);
}

function who(onSignOut) {
  const { name, role } = session();
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      replace(document.getElementById("main"), problemBox(error));
      return;
    }
    onSignOut();
  };
  return element(
    "div", { class: "who" },
    element("span", {}, `${name} (${role})`),
    element("button", { type: "button", class: "quiet", on: { click: leave } }, "Sign out"));
}

function navigation(advertiser) {
  const links = [
    advertiser && ["Campaigns", places.overview(advertiser), ["campaigns", "line-items"]],
    advertiser && ["Documents", places.documents(advertiser)],
    advertiser && ["Report", places.report(advertiser)],
    ["Audiences", places.uploads()],
    ["Segments", places.segments()],
    may("admin") && ["Keys", places.keys()],
  ].filter(Boolean);
  return element("nav", { "aria-label": "Pages" }, element("ul", {}, links.map((link) => {
    const [words, address] = link;
    return element("li", {}, element(
      "a", { href: address, "aria-current": isCurrent(link) && "page" }, words));
  })));
}

function isCurrent([, address, children = []]) {
  const here = location.hash;
  if (here === address) return true;
  if (address === places.uploads()) return here.startsWith(`${address}/`);
  return children.some((child) => here.startsWith(`${address}/${child}/`));
}
