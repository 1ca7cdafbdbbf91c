// The page: which phones are open, and the one stream of changes that feeds them.
import { Phone } from "./phone.js";

const phones = document.querySelector("#phones");
const add = document.querySelector("#add");
const connection = document.querySelector("#connection");
let state = null;
let open = [];

async function load() {
  state = await (await fetch("/emulator/state")).json();
  document.title = `${state.bot.first_name} · chat emulator`;
}

function remember() {
  const keys = open.map((phone) => phone.person.key).join(",");
  history.replaceState(null, "", `?as=${encodeURIComponent(keys)}`);
  add.replaceChildren(new Option("Another phone…", ""), ...state.persons.map((p) => new Option(p.first_name, p.key)));
  document.body.classList.toggle("alone", open.length < 2);
}

function openPhone(key) {
  const person = state.persons.find((p) => p.key === key || String(p.id) === key);
  if (!person) return;
  const phone = new Phone(() => state, person, {
    changed: remember,
    closed: () => {
      open = open.filter((other) => other !== phone);
      phone.element.remove();
      remember();
    },
  });
  open.push(phone);
  phones.append(phone.element);
  remember();
}

async function reload() {
  await load();
  for (const phone of open) phone.reload();
}

function listen() {
  const source = new EventSource(`/emulator/stream?since=${state.seq}`);
  source.onopen = () => { connection.textContent = ""; };
  source.onerror = () => { connection.textContent = "Reconnecting…"; };
  source.addEventListener("reset", reload);
  source.onmessage = async (event) => {
    const change = JSON.parse(event.data);
    if (["chat", "commands", "member"].includes(change.kind)) await load();
    if (change.kind === "chat") remember();
    for (const phone of open) phone.apply(change);
  };
}

add.addEventListener("change", () => {
  const key = add.value;
  add.value = "";
  if (!key) return;
  openPhone(key);
  open.at(-1).element.scrollIntoView({ inline: "end" });
  open.at(-1).focus();
});

await load();
const asked = new URLSearchParams(location.search).get("as");
const wanted = asked ? asked.split(",") : state.persons.slice(0, 1).map((p) => p.key);
for (const key of wanted) openPhone(key.trim());
if (!open.length) {
  const empty = document.createElement("p");
  empty.className = "empty";
  empty.textContent = "There is nobody here yet. Start the emulator with --person ada:Ada.";
  phones.append(empty);
}
listen();
