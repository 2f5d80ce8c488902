import { setText } from "./element.js";

/// Has a sentence read aloud by screen readers, once what they are reading is over.
export function announce(text) {
  setText(document.getElementById("announcer"), text);
}
