import { announce } from "../parts/announce.js";
import { pause } from "../parts/fresh.js";
import { read } from "../server/api.js";
import { money } from "../values/money.js";
import { field } from "./field.js";
import { form } from "./form.js";
import { amountField, amountIn, statuses } from "./save.js";

/// How long a budget is waited for until it is said that it takes unusually long.
const patienceMilliseconds = 10_000;

/// Edits a campaign's budget and status, and says when the bidder holds to it.
export function budgetForm({ edited, path, currency, signal, onSaved }) {
  const { budget = {}, status } = edited.value;
  const fields = [
    amountField({
      name: "daily", label: "Daily budget", currency, micros: budget.daily_micros,
      pointer: "/budget/daily_micros", hint: "From midnight to midnight. Empty: no daily limit.",
    }),
    amountField({
      name: "total", label: "Total budget", currency, micros: budget.total_micros,
      pointer: "/budget/total_micros", hint: "Over the whole flight. Empty: no total limit.",
    }),
    field({
      name: "status", label: "Status", options: statuses, value: status ?? "active",
      pointers: ["/status"],
    }),
  ];
  const [daily, total, state] = fields;
  return form({
    label: "Budget and status",
    fields,
    button: "Save",
    onSubmit: async (show) => {
      const wanted = { daily_micros: amountIn(daily), total_micros: amountIn(total) };
      await edited.patch(path, { budget: wanted, status: state.input.value });
      const saved = `Saved as version ${edited.value.version}.`;
      show(`${saved} Waiting for the bidder…`);
      const isHeld = await waitUntilHeld(path, wanted, signal);
      await onSaved();
      const words = isHeld
        ? `${saved} In force: ${inForceWords(wanted, state.input.value, currency)}`
        : `${saved} The bidder has not confirmed it yet; look again in a moment.`;
      announce(words);
      return words;
    },
  }).node;
}

/// Asks until the pacing is measured against the new budget, which is the bidder's own.
async function waitUntilHeld(path, wanted, signal) {
  const end = Date.now() + patienceMilliseconds;
  while (Date.now() < end && !signal.aborted) {
    const pacing = await read(`${path}/pacing`, {}, signal);
    const isHeld = pacing.daily.budget_micros === wanted.daily_micros
      && pacing.total.budget_micros === wanted.total_micros;
    if (isHeld) return true;
    await pause(300, signal);
  }
  return false;
}

function inForceWords(wanted, status, currency) {
  const limit = (micros) => (micros === null ? "no limit" : money(micros, currency));
  const amounts = `${limit(wanted.daily_micros)} a day, ${limit(wanted.total_micros)} in total`;
  return status === "active" ? `${amounts}.` : `${amounts}; ${status}, so it does not bid.`;
}
