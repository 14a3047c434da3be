// The page: it takes all cards once, then what each save changes.
import { List } from "/files/list.js";
import { Log } from "/files/log.js";
import { Messages } from "/files/messages.js";
import { Sheet } from "/files/sheet.js";
import { Stage } from "/files/stage.js";
import { say } from "/files/words.js";

const byId = (id) => document.getElementById(id);
const stage = new Stage();
const messages = new Messages();
const list = new List(choose);
const printed = { sheet: new Sheet(messages), log: new Log(messages, press) };
const TABS = ["cards", "sheet", "log"];
let tab = "cards";
const files = new Map();
let cards = new Map();
let version = 0;

function choose(id) {
  const card = cards.get(id) ?? null;
  list.mark(card ? id : "");
  stage.show(card);
  if (card) history.replaceState(null, "", `#${id}`);
  locate(card);
}

async function locate(card) {
  const place = byId("place");
  place.hidden = true;
  if (!card) return;
  const response = await fetch(`/place?guid=${card.id.split(":")[0]}`);
  if (!response.ok || list.id !== card.id) return;
  const { at, link } = await response.json();
  place.textContent = at;
  place.href = link;
  place.hidden = false;
}

// Take what changed; the card that was just saved comes up, or stays if it is one of several.
function take(change) {
  version = change.version;
  byId("title").textContent = change.title || "hitoe";
  document.title = say("title", { title: change.title || "hitoe" });
  for (const [name, rows] of Object.entries(change.files)) files.set(name, rows);
  for (const name of files.keys()) if (!change.order.includes(name)) files.delete(name);
  const all = change.order.flatMap((name) => files.get(name) ?? []);
  const before = cards;
  cards = new Map(all.map((card) => [card.id, card]));
  if (list.id && !cards.has(list.id)) list.id = "";
  const moved = change.order.length !== before.size || Object.keys(change.files).length;
  if (moved) list.fill(all);
  if (change.findings) messages.findings = change.findings;
  messages.show(change.problems, change.warnings);
  if (change.changed.length) choose(change.changed.includes(list.id) ? list.id : change.changed[0]);
  else if (list.id) locate(cards.get(list.id));
}

function open(name) {
  tab = name;
  for (const each of TABS) {
    byId(each).hidden = each !== name;
    byId(`tab-${each}`).ariaPressed = String(each === name);
  }
  printed[name]?.read();
}

async function takeAll() {
  const change = await (await fetch("/cards")).json();
  files.clear();
  const asked = decodeURIComponent(location.hash.slice(1));
  if (!list.id) list.id = asked;
  const kept = list.id;
  take(change);
  if (!cards.size) choose("");
  else choose(cards.has(kept) ? kept : list.shown[0]?.id);
}

function listen() {
  const events = new EventSource("/events");
  events.onopen = takeAll;
  events.onerror = () => (byId("state").textContent = say("ended"));
  events.onmessage = ({ data }) => {
    const change = JSON.parse(data);
    if (change.printed) {
      if (change.printed === tab) printed[tab].read();
      return;
    }
    if (change.version === version + 1) take(change);
    else if (change.version > version) takeAll();
    printed[tab]?.read();
  };
}

const KEYS = {
  1: () => open("cards"),
  2: () => open("sheet"),
  3: () => open("log"),
  r: () => tab === "log" && printed.log.toggle(),
  m: () => messages.toggle(),
  Escape: () => messages.hide(),
};
const CARD_KEYS = {
  j: () => list.move(1),
  k: () => list.move(-1),
  " ": () => stage.toggle("back"),
  n: () => stage.toggle("night"),
  p: () => stage.toggle("phone"),
  a: () => stage.toggle("all"),
  e: () => byId("place").hidden || byId("place").click(),
  "/": () => byId("words").focus(),
};
const IN_LIST = {
  ArrowDown: () => list.move(1),
  ArrowUp: () => list.move(-1),
  PageDown: () => list.move(10),
  PageUp: () => list.move(-10),
  Home: () => list.move(-Infinity),
  End: () => list.move(Infinity),
};

// Do what a key stands for; returns whether it stands for anything.
function press(key) {
  const act = (tab === "cards" ? CARD_KEYS[key] : undefined) ?? KEYS[key];
  act?.();
  return Boolean(act);
}

for (const name of TABS) byId(`tab-${name}`).addEventListener("click", () => open(name));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  if (target.matches("input, select, textarea") && !(key === "Escape")) {
    if (key === "Enter") byId("list").focus();
    return;
  }
  if (key === " " && target.matches("button, a, summary")) return;
  if (target.id === "list" && IN_LIST[key]) IN_LIST[key]();
  else if (!press(key)) return;
  event.preventDefault();
});
window.addEventListener("message", ({ source, data }) => {
  if (!stage.owns(source)) return;
  if (typeof data?.key === "string") press(data.key);
  if (data?.stored) stage.keep(data.stored);
});
listen();
