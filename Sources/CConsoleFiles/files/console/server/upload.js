import { address } from "./api.js";
import { Problem } from "./problem.js";
import { csrfToken, sessionEnded } from "./session.js";

/// Sends a file and tells how far it is; ends with the job. `fetch` cannot tell, so this is an
/// `XMLHttpRequest`. Throws a `Problem`.
export function upload(file, source, name, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/v1/audience-uploads", { source, file: name }));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
    request.addEventListener("load", () => {
      if (request.status === 401) sessionEnded();
      if (request.status >= 300) reject(Problem.from(request.status, request.responseText));
      else resolve(JSON.parse(request.responseText));
    });
    request.addEventListener("error", () => reject(new Problem(0)));
    request.addEventListener("abort", () => reject(new DOMException("left", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
