"use strict";

const REFRESH_MILLIS = 3000;
const byId = (id) => document.getElementById(id);

async function ask(path, options) {
  const answer = await fetch(path, { headers: { "Content-Type": "application/json" }, ...options });
  if (answer.status === 401) {
    throw Object.assign(new Error("Log in to see what is here."), { login: true });
  }
  const body = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) {
    throw new Error(body.detail ?? body.message ?? `The server answered ${answer.status}.`);
  }
  return body;
}

function cell(row, text, className) {
  const td = row.insertCell();
  td.textContent = text;
  if (className) td.className = className;
  return td;
}

function schedule(connection) {
  const { scheduleType, cronExpression, basicTiming } = connection.schedule;
  return scheduleType === "manual" ? "by hand" : (basicTiming ?? cronExpression ?? scheduleType);
}

function show(connections, jobs) {
  const body = byId("connections").tBodies[0];
  body.replaceChildren();
  for (const connection of connections) {
    const job = jobs.find((one) => one.connectionId === connection.connectionId);
    const row = body.insertRow();
    cell(row, connection.name);
    cell(row, connection.status);
    cell(row, schedule(connection));
    cell(row, job ? `${job.jobType} ${job.status}` : "none yet", job?.status);
    cell(row, job?.rowsSynced?.toLocaleString("en") ?? "", "number");
    cell(row, job?.lastUpdatedAt ? new Date(job.lastUpdatedAt).toLocaleString() : "");
    const button = document.createElement("button");
    button.textContent = "Sync now";
    button.setAttribute("aria-label", `Sync ${connection.name} now`);
    button.disabled = connection.status !== "active" || ["pending", "running"].includes(job?.status);
    button.addEventListener("click", () => sync(connection.connectionId));
    row.insertCell().append(button);
  }
  byId("connections").hidden = connections.length === 0;
  note(connections.length === 0 ? "There is no connection yet." : "");
}

function note(text) {
  byId("connections-note").textContent = text;
}

async function sync(connectionId) {
  try {
    await ask("api/public/v1/jobs", {
      method: "POST",
      body: JSON.stringify({ connectionId, jobType: "sync" }),
    });
    await refresh();
  } catch (error) {
    note(error.message);
  }
}

async function refresh() {
  try {
    const [connections, jobs] = await Promise.all([
      ask("api/public/v1/connections?limit=100"),
      ask("api/public/v1/jobs?limit=100&orderBy=createdAt%7CDESC"),
    ]);
    byId("login").hidden = true;
    const { jobsWait } = await ask("health");
    byId("health").textContent = `The server is running. ${jobsWait ?? ""}`.trim();
    show(connections.data, jobs.data);
  } catch (error) {
    byId("login").hidden = !error.login;
    byId("health").textContent = error.login ? "" : "The server does not answer.";
    note(error.message);
  }
}

byId("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { username, password } = Object.fromEntries(new FormData(event.target));
  try {
    await ask("api/login", { method: "POST", body: JSON.stringify({ username, password }) });
    byId("login-error").textContent = "";
    await refresh();
  } catch (error) {
    byId("login-error").textContent = error.login ? "User or password is wrong." : error.message;
  }
});

refresh();
setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
