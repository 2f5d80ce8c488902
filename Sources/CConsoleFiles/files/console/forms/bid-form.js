import { announce } from "../parts/announce.js";
import { field } from "./field.js";
import { FieldFault, form } from "./form.js";
import { amountField, amountIn, statuses } from "./save.js";

/// Edits what a line item pays, its budget and its status.
export function bidForm({ edited, path, currency, onSaved }) {
  const { bid, budget = {}, status } = edited.value;
  const model = bid.model.toUpperCase();
  const fields = [
    amountField({
      name: "amount", label: `Bid, ${model}`, currency, micros: bid.amount_micros,
      pointer: "/bid",
    }),
    amountField({
      name: "daily", label: "Daily budget", currency, micros: budget.daily_micros,
      pointer: "/budget/daily_micros", hint: "Within the campaign's. Empty: the campaign's alone.",
    }),
    amountField({
      name: "total", label: "Total budget", currency, micros: budget.total_micros,
      pointer: "/budget/total_micros", hint: "Over the whole flight. Empty: the campaign's alone.",
    }),
    field({
      name: "status", label: "Status", options: statuses, value: status ?? "active",
      pointers: ["/status"],
    }),
  ];
  const [amount, daily, total, state] = fields;
  return form({
    label: "Bid and budget",
    fields,
    button: "Save",
    onSubmit: async () => {
      const wanted = { daily_micros: amountIn(daily), total_micros: amountIn(total) };
      const micros = amountIn(amount);
      if (micros === null) throw new FieldFault(amount, "Enter an amount such as 2.50.");
      await edited.patch(path, {
        bid: { amount_micros: micros }, budget: wanted, status: state.input.value,
      });
      await onSaved();
      const words = `Saved as version ${edited.value.version} and in force.`;
      announce(words);
      return words;
    },
  }).node;
}
