const states = {
  receiving: "being sent",
  queued: "waiting to be read",
  reading: "being read",
  done: "taken in",
  rejected: "refused",
  failed: "failed",
};

const counters = {
  received: "Lines in the file",
  stored: "Stored",
  empty: "Blank",
  malformed: "Malformed",
  too_long: "Too long",
  unknown_id: "Kind of id not configured",
  duplicate: "Repeated",
  bad_segments: "Bad segments, skipped in good lines",
};

const categories = {
  malformed: "The line does not follow the format of the source.",
  too_long: "The line is longer than 102,400 bytes.",
  unknown_id: "Its kind of id is not configured here.",
  bad_segments: "The line was stored, without the segments that are not valid.",
};

/// What a line should look like, by format.
const lines = {
  "adobe-outbound": "an id, a space, then segments separated by commas, such as 123 24,26",
  suppression: "a space's name, a colon, then an id, such as nod:123",
};

const reasons = {
  replay: "This very file was taken in before; nothing changed.",
  stale: "A newer full file was taken in before; nothing changed.",
  "no line is valid": "Not one line of it could be read. Is it the right file for this source?",
};

/// The state of an upload.
export function stateWords(state) {
  return states[state] ?? state;
}

/// What a counter of a report counts.
export function counterWords(name) {
  return counters[name] ?? name.replaceAll("_", " ");
}

/// What is wrong with a line.
export function categoryWords(category, format) {
  if (category === "malformed" && lines[format]) {
    return `The line does not follow the format: ${lines[format]}.`;
  }
  return categories[category] ?? category.replaceAll("_", " ");
}

/// Why a file was refused, or changed nothing.
export function reasonWords(reason) {
  if (reasons[reason]) return reasons[reason];
  if (reason.startsWith("binary data")) {
    return `It is not a text file (${reason}). Upload plain text or gzip.`;
  }
  return `${reason[0].toUpperCase()}${reason.slice(1)}${reason.endsWith(".") ? "" : "."}`;
}
