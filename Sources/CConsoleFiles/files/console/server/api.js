import { Problem } from "./problem.js";
import { csrfToken, sessionEnded } from "./session.js";

/// Pages of a list that are fetched at most: what people can still look through.
const listPages = 10;

/// The address of a path with a query; values that are missing or empty are left out.
export function address(path, query = {}) {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") fields.set(name, value);
  }
  return fields.size === 0 ? path : `${path}?${fields}`;
}

/// A path whose parts are escaped: part`/v1/advertisers/${id}`.
export function route(texts, ...values) {
  return texts.reduce((path, text, index) => path + encodeURIComponent(values[index - 1]) + text);
}

/// Reads a value; throws a `Problem`.
export async function read(path, query, signal) {
  return (await exchange("GET", address(path, query), { signal })).value;
}

/// Reads an object with its `ETag`.
export async function readTagged(path, query, signal) {
  return exchange("GET", address(path, query), { signal });
}

/// Reads all pages of a list up to a limit; `isCut` says that there are more.
export async function readList(path, query, signal) {
  const items = [];
  let token;
  for (let page = 0; page < listPages; page += 1) {
    const part = await read(path, { page_size: 1000, ...query, page_token: token }, signal);
    items.push(...part.items);
    token = part.next_page_token;
    if (!token) return { ...part, items, isCut: false };
  }
  return { items, isCut: true };
}

/// Writes: `body` as JSON, or `text` as it is; throws a `Problem`.
export async function write(method, path, { body, text, type, ifMatch, query } = {}) {
  const headers = { "X-CSRF-Token": csrfToken() };
  if (body !== undefined) headers["Content-Type"] = type ?? "application/json";
  if (text !== undefined) headers["Content-Type"] = type;
  if (ifMatch) headers["If-Match"] = ifMatch;
  return exchange(method, address(path, query), {
    headers,
    body: body === undefined ? text : JSON.stringify(body),
  });
}

async function exchange(method, path, options) {
  let response;
  let text;
  try {
    response = await fetch(path, { method, credentials: "same-origin", ...options });
    text = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0);
  }
  if (response.status === 401) sessionEnded();
  if (!response.ok) throw Problem.from(response.status, text);
  const isJSON = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  return { value: isJSON ? JSON.parse(text) : text, tag: response.headers.get("ETag") };
}
