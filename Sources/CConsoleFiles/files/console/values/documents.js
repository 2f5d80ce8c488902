const outputs = new Set(["version", "updated_at", "updated_by", "advertiser", "campaign"]);

/// An object as documents have it: without what only answers have, at every level.
export function withoutOutputs(value) {
  if (Array.isArray(value)) return value.map(withoutOutputs);
  if (typeof value !== "object" || value === null || !("id" in value)) return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([key]) => !outputs.has(key))
    .map(([key, inner]) => [key, withoutOutputs(inner)]));
}

/// Where two objects differ: `[pointer, before, after]`, maps by their keys, lists as a whole.
export function differences(before, after, pointer = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMap(before) || !isMap(after)) return [[pointer, before, after]];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    return differences(before[key], after[key], `${pointer}/${key}`);
  });
}

function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
