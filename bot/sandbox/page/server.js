// The only module that talks to the sandbox server.

const EVENTS = "/sandbox/events";
const STATE = "/sandbox/state";
const POLL = 1000; // milliseconds between two looks while the event stream is away
const REOPEN = 5000;
const FIRST_EVENT = 3000; // a stream that is silent this long after opening is helped by polling

/** Call `onState` with every new state; `onLink` with "live", "polling" or "offline". */
export function watch(onState, onLink) {
  let timer = null;

  const poll = async () => {
    try {
      const state = await (await fetch(STATE, { cache: "no-store" })).json();
      if (timer === null) return;
      onLink("polling");
      onState(state);
    } catch {
      if (timer !== null) onLink("offline");
    }
    if (timer !== null) timer = setTimeout(poll, POLL);
  };
  const startPolling = () => {
    if (timer === null) timer = setTimeout(poll, 0);
  };
  const stopPolling = () => {
    clearTimeout(timer);
    timer = null;
  };

  const listen = () => {
    const stream = new EventSource(EVENTS);
    const patience = setTimeout(startPolling, FIRST_EVENT);
    stream.addEventListener("state", (event) => {
      clearTimeout(patience);
      stopPolling();
      onLink("live");
      onState(JSON.parse(event.data));
    });
    stream.addEventListener("error", () => {
      clearTimeout(patience);
      startPolling();
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, REOPEN);
    });
  };
  if ("EventSource" in window) listen();
  else startPolling();
}

/** POST to a control address; rejects with the server's own words. */
export async function order(path, body = {}) {
  const answer = await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await reason(answer));
}

export async function callsSince(number) {
  const answer = await fetch(`/sandbox/calls?since=${number}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(await reason(answer));
  const body = await answer.json();
  return Array.isArray(body) ? body : (body.calls ?? []);
}

async function reason(answer) {
  const text = await answer.text();
  try {
    const body = JSON.parse(text);
    return String(body.error ?? body.description ?? text);
  } catch {
    return text || `${answer.status}`;
  }
}
