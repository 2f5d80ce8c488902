import { element } from "../parts/element.js";
import { table } from "../parts/table.js";
import { shareBar } from "../plots/share-bar.js";
import { count, percent } from "../values/numbers.js";
import { stageWords } from "../values/stages.js";

/// What became of the requests that a line item was judged for: the verdict, then each stage with
/// those that it refused and those that were left behind it.
export function funnelView(funnel) {
  const stages = funnel.stages.filter((stage) => stage.refused > 0);
  const rows = [
    { words: "requests judged", refused: null, left: funnel.requests },
    ...stages.map((stage) => ({ ...stage, words: stageWords(stage.stage) })),
    { words: "bids", refused: null, left: funnel.bids },
  ];
  return element(
    "div", { class: "funnel" },
    element("p", { class: "verdict" }, verdictWords(funnel.verdict)),
    funnel.requests > 0 && table({
      caption: "In the order of the decision. The bars show what is left.",
      columns: [
        { title: "Stage", cell: ({ words }) => words },
        { title: "Refused", isNumber: true, cell: (row) => refusedWords(row, funnel) },
        { title: "Left", isNumber: true, cell: ({ left }) => count(left) },
        { title: "Share left", cell: ({ left }) => shareCell(left / funnel.requests) },
      ],
      rows,
    }));
}

/// The verdict, with the names of stages that it has between backticks as code.
function verdictWords(verdict) {
  return verdict.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

function refusedWords({ refused }, { requests }) {
  return refused === null ? "" : `${count(refused)} (${percent(refused / requests)})`;
}

function shareCell(share) {
  return element("div", { class: "share" }, shareBar(share), element("span", {}, percent(share)));
}
