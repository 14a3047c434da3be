// The list of cards: search, filters, and the rows that are in sight, for a deck may have tens of thousands.
import { say, sayCount } from "/files/words.js";

const ROW = 54;
const FILTERS = ["topic", "kind", "week", "tag"];
const byId = (id) => document.getElementById(id);

export class List {
  constructor(choose) {
    this.choose = choose;
    this.cards = [];
    this.shown = [];
    this.id = "";
    this.box = byId("list");
    this.rows = byId("rows");
    for (const name of ["words", ...FILTERS, "flagged"]) byId(name).addEventListener("input", () => this.filter());
    this.box.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.rows.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) this.choose(row.dataset.id);
    });
  }

  // Take all cards of the deck in order.
  fill(cards) {
    this.cards = cards;
    this.options("topic", cards.map((card) => card.topic));
    this.options("kind", cards.map((card) => card.kind));
    this.options("week", cards.map((card) => card.week));
    this.options("tag", cards.flatMap((card) => card.tags));
    this.filter();
  }

  options(name, values) {
    const select = byId(name);
    const counts = new Map();
    for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    const kept = select.value;
    const entries = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    select.replaceChildren(new Option(say("all"), ""), ...entries.map(([value, count]) => new Option(`${value} (${count})`, value)));
    select.value = counts.has(kept) ? kept : "";
    select.disabled = counts.size === 0;
  }

  filter() {
    const words = byId("words").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const [topic, kind, week, tag] = FILTERS.map((name) => byId(name).value);
    const flagged = byId("flagged").checked;
    this.shown = this.cards.filter(
      (card) =>
        (!topic || card.topic === topic) &&
        (!kind || card.kind === kind) &&
        (!week || card.week === week) &&
        (!tag || card.tags.includes(tag)) &&
        (!flagged || card.flagged) &&
        words.every((word) => searched(card).includes(word)),
    );
    const all = this.cards.length;
    byId("count").textContent = this.shown.length === all ? sayCount("cards", all) : sayCount("found", this.shown.length, { all });
    this.rows.style.height = `${this.shown.length * ROW}px`;
    this.draw();
    if (!this.id && this.shown.length) this.choose(this.shown[0].id);
  }

  // Mark the card that is chosen, and scroll to it.
  mark(id) {
    this.id = id;
    const at = this.at();
    if (at >= 0) {
      const top = at * ROW;
      const { scrollTop, clientHeight } = this.box;
      if (top < scrollTop || top + ROW > scrollTop + clientHeight) this.box.scrollTop = top - clientHeight / 3;
    }
    this.draw();
  }

  at() {
    return this.shown.findIndex((card) => card.id === this.id);
  }

  // Choose the card that is `step` cards further on.
  move(step) {
    if (!this.shown.length) return;
    const at = this.at();
    const next = at < 0 ? 0 : Math.max(0, Math.min(this.shown.length - 1, at + step));
    this.choose(this.shown[next].id);
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 5);
    const last = Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 5;
    const rows = this.shown.slice(first, last).map((card, at) => this.row(card, first + at));
    this.rows.replaceChildren(...rows);
    const active = rows.find((row) => row.dataset.id === this.id);
    if (active) this.box.setAttribute("aria-activedescendant", active.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(card, at) {
    const row = document.createElement("div");
    row.className = `row${card.flagged ? " flagged" : ""}${card.retired ? " retired" : ""}`;
    row.id = `row-${card.id}`;
    row.dataset.id = card.id;
    row.role = "option";
    row.ariaSelected = String(card.id === this.id);
    row.ariaPosInSet = String(at + 1);
    row.ariaSetSize = String(this.shown.length);
    row.style.top = `${at * ROW}px`;
    const text = document.createElement("b");
    text.textContent = card.text || card.path;
    const where = document.createElement("span");
    where.textContent = [card.kind, card.path, card.flagged ? say("problem") : "", card.retired ? say("retired") : ""].filter(Boolean).join(" · ");
    row.append(text, where);
    return row;
  }
}

function searched(card) {
  card.searched ??= [card.text, card.path, card.topic, card.kind, card.week, ...card.tags].join(" ").normalize("NFKC").toLowerCase();
  return card.searched;
}
