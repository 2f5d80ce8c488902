import { element, replace, shape } from "../parts/element.js";
import { money } from "../values/money.js";
import { clock } from "../values/times.js";
import { linear, ticks } from "./scale.js";

const height = 260;
const margin = { top: 16, right: 76, bottom: 44, left: 68 };
const hour = 3_600_000;

/// The plot of a day's spend against its plan: the plan dashed, the spend solid with a dot an hour,
/// each named at its end. It is drawn for the width that it has.
export function pacingPlot() {
  const picture = element("div", { class: "plot" });
  let latest = null;
  const draw = () => {
    if (latest && picture.clientWidth > 0) {
      replace(picture, drawing(latest, Math.max(280, picture.clientWidth)));
    }
  };
  new ResizeObserver(draw).observe(picture);
  const node = element("figure", {}, legend(), picture);
  return {
    node,
    update(pacing) {
      latest = pacing;
      draw();
    },
  };
}

function legend() {
  const sample = (name) => shape(
    "svg", { width: 40, height: 12, "aria-hidden": "true" },
    shape("line", { class: `line ${name}`, x1: 0, x2: 40, y1: 6, y2: 6 }),
    name === "spent" && shape("circle", { class: "dot", cx: 20, cy: 6, r: 4 }));
  return element(
    "figcaption", { class: "legend" },
    element("span", {}, sample("plan"), " planned (dashed)"),
    element("span", {}, sample("spent"), " spent (solid, a dot an hour)"));
}

function drawing(pacing, width) {
  const points = pointsOf(pacing);
  const values = ticks(Math.max(...points.flatMap((point) => [point.planned, point.spent]), 0));
  const x = linear(points[0].time, points.at(-1).time, margin.left, width - margin.right);
  const y = linear(0, values.at(-1), height - margin.bottom, margin.top);
  const planned = points.filter((point) => point.planned !== null);
  const spent = points.filter((point) => point.spent !== null);
  return shape(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
      "aria-label": summary(pacing) },
    values.map((value) => level(value, y(value), width)),
    hours(pacing, points, x, width),
    shape("text", { class: "axis", x: margin.left, y: height - 6 },
      `hour of the day, ${pacing.timezone}`),
    shape("text", { class: "axis", x: 2, y: 10 }, pacing.currency),
    line("plan", planned, x, y, "planned"),
    line("spent", spent, x, y, "spent"),
    spent.map((point) => shape(
      "circle", { class: "dot", cx: x(point.time), cy: y(point.spent), r: 3 })),
    names(planned, spent, x, y));
}

/// The sums at the end of each hour; that of the running hour stands at the present.
function pointsOf(pacing) {
  const begin = Date.parse(pacing.hours[0]?.hour ?? `${pacing.day}T00:00:00Z`);
  const points = [{ time: begin, planned: pacing.hours.length ? 0 : null, spent: 0 }];
  for (const entry of pacing.hours) {
    const start = Date.parse(entry.hour);
    const isRunning = entry.spent_micros !== null && Date.now() < start + hour;
    if (isRunning) {
      points.push({ time: Math.max(Date.now(), start), planned: null, spent: entry.spent_micros });
      points.push({ time: start + hour, planned: entry.planned_micros, spent: null });
    } else {
      points.push({
        time: start + hour, planned: entry.planned_micros, spent: entry.spent_micros,
      });
    }
  }
  if (points.length === 1) points.push({ time: begin + 24 * hour, planned: null, spent: null });
  return points;
}

function level(value, y, width) {
  return [
    shape("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: y, y2: y }),
    shape(
      "text", { class: "axis", x: margin.left - 8, y: y + 4, "text-anchor": "end" },
      money(value)),
  ];
}

function hours(pacing, points, x, width) {
  const step = width < 480 ? 6 : 3;
  const places = [points[0].time];
  for (const entry of pacing.hours) places.push(Date.parse(entry.hour) + hour);
  return places.filter((_, index) => index % step === 0).map((time, index) => [
    shape("line", {
      class: "grid", x1: x(time), x2: x(time), y1: height - margin.bottom,
      y2: height - margin.bottom + 5,
    }),
    shape(
      "text",
      { class: "axis", x: x(time), y: height - margin.bottom + 19, "text-anchor": "middle" },
      index * step === 24 ? "24:00" : clock(time, pacing.timezone)),
  ]);
}

function line(name, points, x, y, key) {
  const path = points.map((point) => `${x(point.time)},${y(point[key])}`).join(" ");
  return shape("polyline", { class: `line ${name}`, points: path });
}

/// The lines' names at their ends, apart from each other and above the hours.
function names(planned, spent, x, y) {
  const label = (words, place, at) => shape(
    "text", { class: "name", x: x(place.time) + 8, y: at }, words);
  const last = spent.at(-1);
  const end = planned.at(-1);
  const isBelow = end && last.spent < (end.planned ?? 0);
  const lowest = height - margin.bottom - 8;
  const spentAt = Math.min(y(last.spent) + (isBelow ? 16 : -8), lowest);
  return [
    end && label("planned", end, y(end.planned) + 4),
    label("spent", last, spentAt),
  ];
}

function summary(pacing) {
  const { daily, currency } = pacing;
  const plan = daily.planned_micros === null
    ? "" : ` of ${money(daily.planned_micros, currency)} planned by now`;
  return `Spend by the hour on ${pacing.day}: ${money(daily.spent_micros, currency)}${plan}. `
    + "The table has the numbers.";
}
