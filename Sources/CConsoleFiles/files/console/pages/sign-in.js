import { field } from "../forms/field.js";
import { FieldFault, form } from "../forms/form.js";
import { element } from "../parts/element.js";
import { pageHead } from "../parts/page.js";
import { signIn } from "../server/session.js";

/// Asks for a key. `onEntry` is called once a session has begun.
export function content(reason, onEntry) {
  const key = field({
    name: "key",
    label: "Key",
    hint: "An API key, or the token that the server wrote to its token file.",
    type: "password",
    autocomplete: "current-password",
    autocapitalize: "off",
    spellcheck: "false",
    pointers: ["/key"],
    "data-focus": "true",
  });
  const { node } = form({
    label: "Sign in",
    fields: [key],
    button: "Sign in",
    onSubmit: async () => {
      const text = key.input.value.trim();
      if (text === "") throw new FieldFault(key, "Enter a key.");
      await signInWith(text, key);
      await onEntry();
    },
  });
  return element(
    "div", { class: "narrow" }, pageHead("Sign in"),
    reason && element("p", { class: "notice" }, reason), node);
}

async function signInWith(text, key) {
  try {
    await signIn(text);
  } catch (error) {
    if (error.status === 401) throw new FieldFault(key, "This key does not work here.");
    if (error.status === 429) {
      throw new FieldFault(key, "Too many wrong keys. Wait a minute and try again.");
    }
    throw error;
  }
}
