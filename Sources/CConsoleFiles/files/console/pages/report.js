import { field, tickBox } from "../forms/field.js";
import { FieldFault, form } from "../forms/form.js";
import { element, replace } from "../parts/element.js";
import { pageHead } from "../parts/page.js";
import { address, read } from "../server/api.js";
import { moment } from "../values/times.js";
import { reportTable } from "../views/report-table.js";

const keys = [
  ["day", "day"], ["hour", "hour"], ["campaign", "campaign"], ["line_item", "line item"],
  ["creative", "creative"], ["exchange", "exchange"], ["size", "size"],
];
const dayMilliseconds = 86_400_000;

/// What was delivered, by whatever is ticked, as a table and as CSV.
export async function open({ parameters: { advertiser }, signal }) {
  const result = element("div", { role: "region", "aria-label": "Report", "aria-live": "polite" });
  const from = dateField("from", "From", -6, "The first day");
  const to = dateField("to", "To", 0, "The last day");
  const boxes = keys.map(([name, words]) => tickBox(words, {
    value: name, checked: ["day", "campaign"].includes(name),
  }));
  const query = () => {
    if (from.input.value > to.input.value) {
      throw new FieldFault(to, "The last day lies before the first.");
    }
    return {
      advertiser,
      group_by: boxes.filter((box) => box.input.checked).map((box) => box.input.value).join(","),
      from: from.input.value,
      to: to.input.value && dayAfter(to.input.value),
    };
  };
  const show = async () => replace(result, await report(query(), signal));
  const { node } = form({
    label: "Report", button: "Show",
    fields: [from, to, {
      node: element(
        "fieldset", {}, element("legend", {}, "One row for each"), boxes.map((box) => box.node)),
    }],
    onSubmit: show,
  });
  node.classList.add("inline");
  await show();
  return { title: "Report", content: [pageHead("Report"), node, result] };
}

async function report(query, signal) {
  const path = "/v1/reports/delivery";
  const value = await read(path, query, signal);
  const file = `delivery-${query.advertiser}-${query.from}.csv`;
  return [
    reportTable(value),
    element(
      "p", {}, element(
        "a", { class: "button", href: address(path, { ...query, format: "csv" }), download: file },
        "Download as CSV")),
    value.complete_until && element(
      "p", { class: "hint" }, "Everything up to ", moment(value.complete_until), " is counted."),
  ];
}

function dateField(name, label, days, hint) {
  const day = new Date(Date.now() + days * dayMilliseconds).toISOString().slice(0, 10);
  return field({ name, label, hint, type: "date", value: day, pointers: [`/${name}`] });
}

function dayAfter(day) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMilliseconds).toISOString().slice(0, 10);
}
