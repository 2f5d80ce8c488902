import { element } from "../parts/element.js";

/// A moment for people, in the browser's time zone; the exact one stands in `datetime`.
export function moment(text) {
  if (!text) return "–";
  const words = new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return element("time", { datetime: text, title: text }, words);
}

/// How long ago a moment was.
export function ago(text, now = Date.now()) {
  if (!text) return "never";
  const seconds = Math.max(0, Math.round((now - Date.parse(text)) / 1000));
  const steps = [[86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
  for (const [size, name] of steps) {
    const value = Math.floor(seconds / size);
    if (value > 0) return `${value} ${name}${value === 1 ? "" : "s"} ago`;
  }
  return "just now";
}

/// How long ago a moment was, with the moment itself for those who point at it.
export function age(text) {
  return text ? element("time", { datetime: text, title: text }, ago(text)) : "never";
}

/// The clock at a moment in a time zone, such as `14:00`.
export function clock(text, timeZone) {
  return new Date(text).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
}
