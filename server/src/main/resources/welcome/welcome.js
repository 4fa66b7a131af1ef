"use strict";

const REFRESH_MILLIS = 3000;
const PAGE_SIZE = 20;
const STATES = { synced: "up to date", incomplete: "incomplete", pending: "waiting", paused: "paused" };
const byId = (id) => document.getElementById(id);

/** Jobs that have ended, which never change: their rows are asked for once. */
const ended = new Map();
/** The last connection of each page before this one. */
const before = [];
/** What the address names, where a message's link led here: a connection, or an end of some. */
let [, named, side, namedId] = location.pathname.match(/\/workspaces\/([^/]+)(?:\/(connection|source|destination)s?\/([^/]+))?\/?$/) ?? [];
let term = "";
let shown = "";
let workspaceId;
let asking = 0;

async function ask(path, body, method = "POST") {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (method === "POST") options.body = JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw Object.assign(new Error("The server does not answer. This page tries again."), { gone: true });
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const sentence = json.detail ?? json.message ?? `The server answered ${answer.status}.`;
    throw Object.assign(new Error(sentence), { status: answer.status });
  }
  return json;
}

function cell(row, label, text, className) {
  const td = row.insertCell();
  td.textContent = text;
  if (label) td.dataset.label = label;
  if (className) td.className = className;
  return td;
}

function more(td, text, className) {
  if (!text) return;
  const small = document.createElement("small");
  small.textContent = text;
  if (className) small.className = className;
  const box = document.createElement("span");
  box.append(td.textContent, small);
  td.replaceChildren(box);
}

function time(seconds) {
  return seconds ? new Date(seconds * 1000).toLocaleString() : "";
}

function schedule({ scheduleType, scheduleData, nextSyncAt }) {
  const basic = scheduleData?.basicSchedule;
  const cron = scheduleData?.cron;
  const rule = basic ? `every ${basic.units} ${basic.timeUnit}` : cron ? `cron ${cron.cronExpression}` : scheduleType;
  return rule === "manual" ? "by hand" : nextSyncAt ? `${rule}, next ${time(nextSyncAt)}` : rule;
}

function rowOf(connection, job) {
  const row = document.createElement("tr");
  cell(row, "", connection.name);
  more(row.lastChild, schedule(connection));
  const on = connection.status === "active";
  const known = connection.lastSyncJobStatus || connection.activeJob;
  const state = known ? connection.connectionSyncStatus : "new";
  cell(row, "State", on ? STATES[state] ?? state : "switched off");
  more(row.lastChild, connection.activeJob?.waitingReason);
  cell(row, "Last sync", connection.lastSyncJobStatus ?? "", connection.lastSyncJobStatus);
  const failure = connection.lastSyncJobStatus === "succeeded" ? null : connection.failureReason;
  more(row.lastChild, failure?.externalMessage, "why");
  cell(row, "Rows", job?.rowsSynced?.toLocaleString("en") ?? "", "number");
  cell(row, "Ended", job?.lastUpdatedAt ? new Date(job.lastUpdatedAt).toLocaleString() : "");
  const button = document.createElement("button");
  button.textContent = "Sync now";
  button.dataset.connection = connection.connectionId;
  button.setAttribute("aria-label", `Sync ${connection.name} now`);
  button.disabled = !on || connection.isRunning || Boolean(connection.activeJob);
  button.addEventListener("click", () => sync(connection.connectionId));
  row.insertCell().append(button);
  return row;
}

/** Leaves what has not changed alone, and the keyboard's place where it was. */
function show(connections, total) {
  const table = document.querySelector("#connections table");
  const now = JSON.stringify(connections);
  if (now !== shown) {
    shown = now;
    const focused = document.activeElement?.dataset?.connection;
    table.tBodies[0].replaceChildren(...connections.map((one) => rowOf(one, ended.get(one.lastSyncJobId) ?? one.job)));
    if (focused) document.querySelector(`[data-connection="${focused}"]`)?.focus();
  }
  table.hidden = connections.length === 0;
  byId("search").hidden = total <= PAGE_SIZE && !term;
  byId("pages").hidden = total <= PAGE_SIZE;
  byId("back").disabled = before.length === 0;
  byId("next").disabled = (before.length + 1) * PAGE_SIZE >= total;
  byId("next").dataset.after = connections.at(-1)?.connectionId ?? "";
  byId("page").textContent = `Page ${before.length + 1} of ${Math.ceil(total / PAGE_SIZE)}, ${total.toLocaleString("en")} connections`;
  note(total > 0 ? "" : term ? `No connection has "${term}" in its name.` : "There is no connection yet. Make one over the API, or with ./millrace apply.");
}

function note(text) {
  byId("note").textContent = text;
}

async function sync(connectionId) {
  try {
    await ask("api/public/v1/jobs", { connectionId, jobType: "sync" });
    await refresh();
  } catch (error) {
    note(error.message);
  }
}

async function jobOf(connection) {
  const id = connection.lastSyncJobId;
  if (!id || ended.has(id)) return ended.get(id);
  const job = await ask(`api/public/v1/jobs/${id}`, null, "GET");
  if (["succeeded", "failed", "cancelled"].includes(job.status)) ended.set(id, job);
  return job;
}

/** The name of what the address leads to becomes what is searched for, so that it can be seen and emptied. */
async function searchNamed() {
  const [kind, id] = [side, namedId];
  if (!kind) return;
  const { name } = await ask(`api/v1/${kind}s/get`, { [`${kind}Id`]: id }).catch((error) => {
    if (![400, 404, 422].includes(error.status)) throw error;
    return { name: "" };
  });
  [side, term] = [undefined, name];
  byId("term").value = name;
}

async function load() {
  await searchNamed();
  workspaceId ??= named ?? (await ask("api/v1/workspaces/list", {})).workspaces[0]?.workspaceId;
  const list = await ask("api/v1/web_backend/connections/list", {
    workspaceId, pageSize: PAGE_SIZE, cursor: before.at(-1), filters: term ? { searchTerm: term } : undefined,
  });
  const connectionIds = list.connections.map((one) => one.connectionId);
  const statuses = connectionIds.length ? await ask("api/v1/connections/status", { connectionIds }) : [];
  const byConnection = new Map(statuses.map((one) => [one.connectionId, one]));
  const connections = list.connections.map((one) => ({ ...one, ...byConnection.get(one.connectionId), status: one.status }));
  for (const one of connections) one.job = await jobOf(one);
  return { connections, total: list.numConnections ?? list.num_connections ?? connections.length };
}

async function sample() {
  const { data } = await ask("api/public/v1/destinations?limit=100", null, "GET");
  const duckdb = data.find((one) => one.destinationType === "duckdb");
  byId("sample").hidden = !duckdb;
  if (duckdb) {
    const file = duckdb.configuration.destination_path;
    byId("sample-name").textContent = duckdb.name;
    document.querySelector("#sample code").textContent = `./millrace query ${/^[\w./-]+$/.test(file) ? file : `'${file}'`} "SHOW TABLES"`;
  }
}

function place(name) {
  for (const id of ["login", "change", "connections"]) byId(id).hidden = id !== name;
  byId("logout").hidden = name === "login" || !byId("logout").dataset.needed;
  if (name !== "connections") byId("sample").hidden = true;
}

async function refresh() {
  const mine = ++asking;
  try {
    const { connections, total } = await load();
    if (mine !== asking) return;
    if (byId("connections").hidden) {
      place("connections");
      await sample();
    }
    const { jobsWait } = await ask("health", null, "GET");
    byId("health").textContent = `The server is running. ${jobsWait ?? ""}`.trim();
    show(connections, total);
  } catch (error) {
    if (mine !== asking) return;
    byId("health").textContent = error.gone ? error.message : "The server is running.";
    if (error.status === 401) {
      byId("logout").dataset.needed = "true";
      place(byId("change").hidden ? "login" : "change");
    } else if (error.status === 403 && error.message.includes("change_password")) {
      byId("logout").dataset.needed = "true";
      place("change");
    } else if (!error.gone) {
      byId("health").textContent = error.message;
    }
  }
}

function onSubmit(id, path, wrong) {
  const form = byId(id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await ask(path, Object.fromEntries(new FormData(form)));
      form.querySelector(".error").textContent = "";
      byId("keeper").value ||= byId("username").value;
      form.reset();
      byId("logout").dataset.needed = "true";
      place("");
      await refresh();
    } catch (error) {
      form.querySelector(".error").textContent = error.status === 401 ? wrong : error.message;
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit("login", "api/login", "The user or the password is wrong.");
onSubmit("change", "api/v1/users/change_password", "The password until now is another one.");
byId("logout").addEventListener("click", async () => {
  await ask("api/logout", {}).catch(() => {});
  place("login");
  byId("username").focus();
});
byId("search").addEventListener("submit", (event) => event.preventDefault());
byId("term").addEventListener("input", (event) => {
  term = event.target.value.trim();
  before.length = 0;
  refresh();
});
byId("back").addEventListener("click", () => { before.pop(); refresh(); });
byId("next").addEventListener("click", (event) => { before.push(event.target.dataset.after); refresh(); });

// Whoever came with a session may end it; where nobody logs in there is none to end.
ask("api/v1/instance_configuration", null, "GET")
  .then((instance) => { if (instance.auth?.mode !== "none") byId("logout").dataset.needed = "true"; })
  .catch(() => {})
  .finally(refresh);
setInterval(() => document.hidden || !byId("login").hidden || !byId("change").hidden || refresh(), REFRESH_MILLIS);
