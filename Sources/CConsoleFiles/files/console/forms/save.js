import { write } from "../server/api.js";
import { Problem } from "../server/problem.js";
import { amountText, parseAmount } from "../values/money.js";
import { field } from "./field.js";
import { FieldFault } from "./form.js";

/// An object that is edited: its value, and the version that an edit is based on.
export class Edited {
  constructor({ value, tag }) {
    this.value = value;
    this.tag = tag;
  }

  /// Sends a merge patch, unless someone else has changed the object since it was read.
  async patch(path, body) {
    try {
      const { value, tag } = await write("PATCH", path, {
        body, type: "application/merge-patch+json", ifMatch: this.tag,
      });
      this.value = value;
      this.tag = tag;
    } catch (error) {
      if (error.status !== 412) throw error;
      throw new Problem(412, {
        detail: "Someone has changed this in the meantime. Reload the page to see it as it is now, "
          + "then make your change again.",
      });
    }
  }
}

/// A field of an amount of money; empty where there is none.
export function amountField({ label, currency, micros, pointer, hint, name }) {
  return field({
    name, label: `${label} (${currency})`, hint, value: amountText(micros), pointers: [pointer],
    inputmode: "decimal", autocomplete: "off",
  });
}

/// The micros in a field, null where it is empty.
export function amountIn(one) {
  const micros = parseAmount(one.input.value);
  if (micros === undefined) {
    throw new FieldFault(one, "Enter an amount such as 12.50, or nothing for no limit.");
  }
  return micros;
}

/// The choices of a status.
export const statuses = [
  ["active", "active: bids"],
  ["paused", "paused: does not bid"],
  ["archived", "archived: put away for good"],
];
