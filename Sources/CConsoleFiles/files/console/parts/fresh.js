import { Problem } from "../server/problem.js";
import { element, replace } from "./element.js";

/// A line that says since when what is shown is no longer up to date.
const banner = element("p", { class: "stale", role: "status", hidden: true });

/// The line, for the frame around the pages.
export function stalenessBanner() {
  return banner;
}

/// Runs work at once and then every few seconds, until a page is left. The first run's error is
/// thrown; later ones leave what is shown and say so.
export async function keepFresh(seconds, signal, work) {
  showFresh();
  await work(signal);
  repeat(seconds, signal, work);
}

/// The line disappears.
export function showFresh() {
  banner.hidden = true;
}

async function repeat(seconds, signal, work) {
  let wait = seconds;
  while (!signal.aborted) {
    await pause(wait * 1000, signal);
    if (signal.aborted) return;
    if (document.hidden) continue;
    try {
      await work(signal);
      if (signal.aborted) return;
      showFresh();
      wait = seconds;
    } catch (error) {
      if (signal.aborted || error.name === "AbortError") return;
      if (!(error instanceof Problem)) console.error(error);
      showStale(error);
      wait = Math.min(wait * 2, 60);
    }
  }
}

/// Waits; ends early when the page is left.
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}

function showStale(error) {
  if (!banner.hidden) return;
  const time = new Date().toLocaleTimeString("en-GB");
  replace(banner, `Not up to date since ${time}: ${error.message}`);
  banner.hidden = false;
}
