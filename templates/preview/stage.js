// The chosen card in frames that have no origin: its scripts reach nothing of this page.
import { say } from "/files/words.js";

const byId = (id) => document.getElementById(id);
const SIDES = ["front", "back"];

export class Stage {
  constructor() {
    this.card = null;
    this.seed = 0;
    this.stored = {};
    this.look = { back: false, night: matchMedia("(prefers-color-scheme: dark)").matches, phone: false, all: false };
    this.frames = byId("frames");
    byId("turn").addEventListener("click", () => this.toggle("back"));
    for (const name of ["night", "phone", "all"]) byId(name).addEventListener("click", () => this.toggle(name));
    this.arrange();
  }

  toggle(name) {
    this.look[name] = !this.look[name];
    this.arrange();
  }

  // Show a card, its front first if it is another one than before.
  show(card) {
    const other = card?.id !== this.card?.id;
    this.card = card;
    if (other) this.seed = Math.floor(Math.random() * 2 ** 31);
    if (other && this.look.back) {
      this.look.back = false;
      this.arrange();
      return;
    }
    for (const figure of this.frames.children) this.load(figure);
  }

  // Make the frames for what is to be seen.
  arrange() {
    for (const name of ["night", "phone", "all"]) byId(name).ariaPressed = String(this.look[name]);
    const both = [false, true];
    const looks = this.look.all
      ? both.flatMap((phone) => both.flatMap((night) => both.map((back) => ({ back, night, phone }))))
      : [this.look];
    this.frames.className = this.look.all ? "all" : "";
    const same = this.frames.children.length === looks.length;
    if (!same) this.frames.replaceChildren(...looks.map(() => document.createElement("figure")));
    looks.forEach((look, at) => {
      const figure = this.frames.children[at];
      figure.className = look.phone ? "phone" : "";
      figure.look = { ...look };
      this.load(figure);
    });
  }

  // Load a frame behind the one that is seen, and exchange them when it is there.
  load(figure) {
    figure.querySelector("iframe.next")?.remove();
    if (!this.card) {
      figure.replaceChildren();
      return;
    }
    const { back, night, phone } = figure.look;
    const query = new URLSearchParams({ id: this.card.id, version: this.card.hash });
    for (const [name, on] of Object.entries({ back, night, phone })) if (on) query.set(name, "");
    const frame = document.createElement("iframe");
    const name = [SIDES[Number(back)], night ? "night" : "light", phone ? "phone" : "desktop"].map((word) => say(word)).join(", ");
    frame.title = say("card", { look: name });
    frame.className = "next";
    frame.name = JSON.stringify({ seed: this.seed, stored: this.stored });
    frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
    frame.src = `/card?${query}`;
    frame.addEventListener("load", () => {
      const caption = document.createElement("figcaption");
      caption.textContent = name;
      frame.className = "";
      for (const other of [...figure.children]) if (other !== frame) other.remove();
      figure.prepend(caption);
    });
    figure.append(frame);
  }

  // Keep what a front stored for its back; where both are seen, the back is loaded again if it was there before.
  keep(stored) {
    if (JSON.stringify(stored) === JSON.stringify(this.stored)) return;
    this.stored = stored;
    for (const figure of this.frames.children) if (this.look.all && figure.look.back) this.load(figure);
  }

  // Whether a message comes from one of the frames.
  owns(source) {
    return [...this.frames.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
  }
}
