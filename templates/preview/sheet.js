// The pages of the sheets as they were last good, by edition.
import { say, sayCount } from "/files/words.js";

const byId = (id) => document.getElementById(id);

export class Sheet {
  constructor(messages) {
    this.messages = messages;
    this.made = [];
    this.drawn = "";
    byId("edition").addEventListener("input", () => this.draw());
  }

  // Ask for the sheets; the server makes them again if notes have changed.
  async read() {
    const { made, working, problems, warnings, failed } = await (await fetch("/printed/sheet")).json();
    const state = working ? say("again") : failed || (problems.length ? say("unprinted") : "");
    byId("sheet-state").textContent = working && !made.length ? say("printing") : state;
    this.messages.print(problems, warnings);
    this.made = made;
    const select = byId("edition");
    const kept = select.value;
    select.replaceChildren(...made.map(({ name, pages }) => new Option(sayCount("pages", pages.length, { name }), name)));
    if (made.some(({ name }) => name === kept)) select.value = kept;
    this.draw();
  }

  // Exchange the pages of an edition that is another one than before; one place on the page stays where it is.
  draw() {
    const file = this.made.find(({ name }) => name === byId("edition").value);
    const drawn = file ? `${file.name} ${file.digest}` : "";
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const pages = file?.pages.map(([width, height], number) => {
      const page = document.createElement("img");
      page.src = `/page?${new URLSearchParams({ file: file.name, number, version: file.digest })}`;
      page.alt = say("page", { number: number + 1, all: file.pages.length, name: file.name });
      page.width = Math.round(width);
      page.height = Math.round(height);
      page.loading = "lazy";
      return page;
    });
    const { scrollTop } = byId("pages");
    byId("pages").replaceChildren(...(pages ?? []));
    byId("pages").scrollTop = scrollTop;
  }
}
