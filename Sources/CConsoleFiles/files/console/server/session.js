import { Problem } from "./problem.js";

let current = null;
let whenEnded = () => {};

/// The running session, or null.
export function session() {
  return current;
}

/// What writes must carry.
export function csrfToken() {
  return current?.csrf_token ?? "";
}

/// Whether the session's key has a role or one above it.
export function may(role) {
  const roles = ["viewer", "trader", "admin"];
  return roles.indexOf(current?.role) >= roles.indexOf(role);
}

/// Calls a function when the server knows the session no more.
export function onSessionEnd(action) {
  whenEnded = action;
}

/// Forgets the session, since the server has.
export function sessionEnded() {
  if (!current) return;
  current = null;
  whenEnded();
}

/// Asks for the session that the browser's cookie belongs to; null if there is none.
export async function resume() {
  const response = await request("GET");
  current = response.ok ? await response.json() : null;
  return current;
}

/// Begins a session with a key; throws a `Problem`.
export async function signIn(key) {
  const response = await request("POST", { "Content-Type": "application/json" }, { key });
  const text = await response.text();
  if (!response.ok) throw Problem.from(response.status, text);
  current = JSON.parse(text);
}

/// Ends the session; throws a `Problem` where the server still holds it.
export async function signOut() {
  const response = await request("DELETE", { "X-CSRF-Token": csrfToken() });
  if (!response.ok && response.status !== 401) {
    throw Problem.from(response.status, await response.text());
  }
  current = null;
}

async function request(method, headers = {}, body = undefined) {
  try {
    return await fetch("/v1/session", {
      method,
      headers,
      credentials: "same-origin",
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Problem(0);
  }
}
