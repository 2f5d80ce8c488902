import { wideTable } from "../parts/table.js";
import { money } from "../values/money.js";
import { percent } from "../values/numbers.js";
import { clock } from "../values/times.js";

/// The numbers of a pacing plot, an hour a row, up to the running one.
export function pacingTable(pacing) {
  const rows = pacing.hours.filter((entry) => entry.spent_micros !== null);
  return wideTable({
    caption: `Planned and spent by the end of each hour, ${pacing.currency}`,
    empty: "The day has not begun.",
    columns: [
      { title: "Hour", cell: (entry) => clock(entry.hour, pacing.timezone) },
      { title: "Planned", isNumber: true, cell: (entry) => money(entry.planned_micros) },
      { title: "Spent", isNumber: true, cell: (entry) => money(entry.spent_micros) },
      { title: "Of plan", isNumber: true, cell: (entry) => percent(share(entry)) },
    ],
    rows,
  });
}

function share({ planned_micros: planned, spent_micros: spent }) {
  return planned ? spent / planned : null;
}
