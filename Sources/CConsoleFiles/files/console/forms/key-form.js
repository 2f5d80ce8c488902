import { element } from "../parts/element.js";
import { write } from "../server/api.js";
import { field, tickBox } from "./field.js";
import { FieldFault, form } from "./form.js";

/// Makes a key. A key with a scope can only make keys within it.
export function keyForm({ advertisers, scope, onMade }) {
  const name = field({
    name: "name", label: "Name", hint: "Who or what uses it.", autocomplete: "off",
    pointers: ["/name"],
  });
  const role = field({
    name: "role", label: "Role", value: "viewer", pointers: ["/role"],
    options: [
      ["viewer", "viewer: sees"],
      ["trader", "trader: sees and changes"],
      ["admin", "admin: also makes keys"],
    ],
  });
  const boxes = advertisers.map(({ id }) => tickBox(id, { value: id }));
  const hint = scope === null
    ? "None ticked: all advertisers, also those to come." : "Tick at least one.";
  const choice = {
    node: element(
      "fieldset", {}, element("legend", {}, "Advertisers"), element("p", { class: "hint" }, hint),
      boxes.map((box) => box.node)),
  };
  const { node } = form({
    label: "Make a key",
    fields: [name, role, choice],
    button: "Make the key",
    onSubmit: async () => {
      if (name.input.value.trim() === "") throw new FieldFault(name, "Enter a name.");
      const chosen = boxes.filter((box) => box.input.checked).map((box) => box.input.value);
      const { value } = await write("POST", "/v1/keys", {
        body: {
          name: name.input.value.trim(),
          role: role.input.value,
          advertisers: chosen.length === 0 ? null : chosen,
        },
      });
      node.reset();
      await onMade(value);
    },
  });
  return node;
}
