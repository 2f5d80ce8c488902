import { element, setText } from "./element.js";

/// A bar that fills, with what it stands for in words; hidden until something has happened.
export function progressLine(label) {
  const bar = element("progress", { max: 1, "aria-label": label });
  const words = element("p", { class: "hint" });
  const node = element("div", { class: "progress", hidden: true }, bar, words);
  return {
    node,
    update(done, total, text) {
      node.hidden = false;
      if (total > 0) bar.value = Math.min(1, done / total);
      else bar.removeAttribute("value");
      setText(words, text);
    },
    hide() {
      node.hidden = true;
    },
  };
}
