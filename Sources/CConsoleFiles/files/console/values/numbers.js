/// A count with separators.
export function count(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en");
}

/// A share as a percentage; `–` where there is none.
export function percent(share) {
  if (share === null || share === undefined) return "–";
  const value = share * 100;
  const decimals = value !== 0 && value < 10 ? (value < 1 ? 2 : 1) : 0;
  return `${value.toLocaleString("en", { maximumFractionDigits: decimals })} %`;
}

/// A size in the unit that fits.
export function bytes(value) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let index = 0;
  let rest = value;
  while (rest >= 1000 && index < units.length - 1) {
    rest /= 1000;
    index += 1;
  }
  return `${rest.toLocaleString("en", { maximumFractionDigits: index ? 1 : 0 })} ${units[index]}`;
}

/// A number with its noun: `1 line`, `2 lines`.
export function counted(value, noun) {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}
