const unit = 1_000_000;

/// An amount for people, such as `12.34 USD`; small ones with as many decimals as they need.
export function money(micros, currency = "") {
  if (micros === null || micros === undefined) return "–";
  const amount = micros / unit;
  const decimals = micros === 0 || Math.abs(amount) >= 1 ? 2 : Math.abs(amount) >= 0.01 ? 4 : 6;
  const text = amount.toLocaleString("en", {
    minimumFractionDigits: 2,
    maximumFractionDigits: decimals,
  });
  return currency ? `${text} ${currency}` : text;
}

/// An amount as it stands in a field: all its decimals, no separators.
export function amountText(micros) {
  if (micros === null || micros === undefined) return "";
  const fraction = String(micros % unit).padStart(6, "0").replace(/0+$/, "").padEnd(2, "0");
  return `${Math.floor(micros / unit)}.${fraction}`;
}

/// The micros of what was typed: null for nothing, undefined for what is no amount.
export function parseAmount(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const match = /^(\d{1,10})(?:[.,](\d{1,6}))?$/.exec(trimmed);
  if (!match) return undefined;
  const micros = Number(match[1] + (match[2] ?? "").padEnd(6, "0"));
  return Number.isSafeInteger(micros) ? micros : undefined;
}
