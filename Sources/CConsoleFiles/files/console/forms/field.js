import { element, replace, setText } from "../parts/element.js";

let fields = 0;

/// A labelled input with room for a hint and for what is wrong with it.
///
/// `pointers` are the places in the body sent that it stands for; `options` makes it a choice of
/// `[value, words]`.
export function field({
  name, label, hint, pointers = [], options, value = "", kind = "input", ...attributes
}) {
  fields += 1;
  const id = `field-${fields}`;
  const fault = element("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const described = [hint && `${id}-hint`, `${id}-fault`].filter(Boolean).join(" ");
  const input = control(options ? "select" : kind, options, {
    id, name, "aria-describedby": described, ...attributes,
  });
  input.value = value;
  const node = element(
    "div", { class: "field" },
    element("label", { for: id }, label),
    hint && element("p", { class: "hint", id: `${id}-hint` }, hint),
    input, fault);
  return {
    node,
    input,
    pointers,
    showFault: (text) => {
      setText(fault, text ?? "");
      fault.hidden = !text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/// A box to tick with its label.
export function tickBox(label, attributes) {
  fields += 1;
  const input = element("input", { type: "checkbox", id: `field-${fields}`, ...attributes });
  const node = element(
    "div", { class: "tick" }, input, element("label", { for: input.id }, label));
  return { node, input };
}

function control(tag, options, attributes) {
  const input = element(tag, attributes);
  if (options) {
    replace(input, options.map(([value, words]) => element("option", { value }, words)));
  }
  return input;
}
