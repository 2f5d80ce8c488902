import { element } from "./element.js";

/// Asks before something that cannot be taken back; true if the answer is yes.
export function ask(question, yes) {
  return new Promise((resolve) => {
    const close = (value) => dialog.close(value);
    const dialog = element(
      "dialog", { "aria-labelledby": "question" },
      element("p", { id: "question" }, question),
      element(
        "div", { class: "buttons" },
        element("button", { type: "button", on: { click: () => close("yes") } }, yes),
        element(
          "button", { type: "button", class: "quiet", on: { click: () => close("no") } },
          "Cancel")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
