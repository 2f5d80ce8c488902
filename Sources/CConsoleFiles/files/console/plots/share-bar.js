import { shape } from "../parts/element.js";

/// A bar as long as a share of the whole; the number stands beside it in words.
export function shareBar(share, kind = "filled") {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return shape(
    "svg", { class: "share-bar", width: "100%", height: 14, "aria-hidden": "true" },
    shape("rect", { class: "track", x: 0, y: 1, width: "100%", height: 12, rx: 2 }),
    share > 0 && shape("rect", { class: kind, x: 0, y: 1, width, height: 12, rx: 2 }));
}
