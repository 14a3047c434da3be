// What is wrong in the notes, over the last good page.
import { say, sayCount } from "/files/words.js";

const MOST = 200; // messages that are shown
const byId = (id) => document.getElementById(id);

export class Messages {
  constructor() {
    this.ofNotes = [[], []];
    this.printing = [[], []];
    this.findings = []; // how cards teach, which is found later than the rest
    this.told = "";
    byId("hide").addEventListener("click", () => this.hide());
    byId("told").addEventListener("click", () => this.toggle());
  }

  // Show problems; they come up again when they are others than before.
  show(problems, warnings) {
    this.ofNotes = [problems, warnings];
    this.printing = [[], []];
    this.draw();
  }

  // Add what is said of an output.
  print(problems, warnings) {
    this.printing = [problems, warnings];
    this.draw();
  }

  draw() {
    const [problems, warnings] = this.ofNotes.map((told, at) => {
      const known = new Set(told.map(key));
      return [...told, ...this.printing[at].filter((each) => !known.has(key(each)))];
    });
    warnings.push(...this.findings);
    const all = [...problems, ...warnings].slice(0, MOST);
    byId("state").textContent = [count("problems", problems), count("warnings", warnings)].filter(Boolean).join(", ") || say("fine");
    byId("told").hidden = all.length === 0;
    const told = JSON.stringify([problems.length, warnings.length, all]);
    if (told === this.told) return;
    this.told = told;
    const box = byId("problems");
    box.className = problems.length ? "" : "warnings";
    byId("problems-title").textContent = problems.length
      ? say("kept", { problems: count("problems", problems) })
      : count("warnings", warnings);
    byId("messages").replaceChildren(...all.map(message));
    box.hidden = problems.length === 0;
  }

  hide() {
    byId("problems").hidden = true;
  }

  toggle() {
    const box = byId("problems");
    box.hidden = !box.hidden || !byId("messages").children.length;
  }
}

function key({ at, message }) {
  return `${at} ${message}`;
}

function count(name, all) {
  return all.length ? sayCount(name, all.length) : "";
}

function message({ at, link, message: words }) {
  const item = document.createElement("li");
  const place = document.createElement("a");
  place.href = link;
  place.textContent = at;
  item.append(place, `: ${words}`);
  return item;
}
