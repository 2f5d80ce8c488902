/// Finds the page of a hash: the first pattern that fits, with its parts in braces decoded.
export function match(routes, hash) {
  const wanted = hash.replace(/^#?\/?/, "").split("/").filter((part) => part !== "");
  for (const [pattern, page] of routes) {
    const parts = pattern.split("/").filter((part) => part !== "");
    if (parts.length !== wanted.length) continue;
    const parameters = values(parts, wanted);
    if (parameters) return { page, parameters };
  }
  return null;
}

function values(parts, wanted) {
  const parameters = {};
  for (const [index, part] of parts.entries()) {
    if (part.startsWith("{")) {
      try {
        parameters[part.slice(1, -1)] = decodeURIComponent(wanted[index]);
      } catch {
        return null;
      }
    } else if (part !== wanted[index]) {
      return null;
    }
  }
  return parameters;
}
