// Posts, in a frame that this page may reach into, for posts have no scripts. The red sheet covers what is to be learned.
import { say } from "/files/words.js";

const byId = (id) => document.getElementById(id);

export class Log {
  constructor(messages, press) {
    this.messages = messages;
    this.press = press;
    this.drawn = "";
    this.red = false;
    this.frame = byId("post-frame");
    byId("post").addEventListener("input", () => this.draw());
    byId("red-sheet").addEventListener("click", () => this.toggle());
    this.frame.addEventListener("load", () => this.loaded());
  }

  async read() {
    const { made, working, problems, warnings, failed } = await (await fetch("/printed/log")).json();
    byId("log-state").textContent = working ? say("making") : failed || (problems.length ? say("unmade") : "");
    this.messages.print(problems, warnings);
    this.made = new Map(made.map(({ name, digest }) => [name, digest]));
    const posts = [...this.made.keys()].filter((name) => name.endsWith(".html")).sort().reverse();
    const select = byId("post");
    const kept = select.value;
    select.replaceChildren(...posts.map((name) => new Option(name.replace(".html", ""), name)));
    select.value = posts.includes(kept) ? kept : (posts.find((name) => name !== "index.html") ?? posts[0] ?? "");
    this.draw();
  }

  draw() {
    const name = byId("post").value;
    const drawn = name ? `${name} ${this.made.get(name)}` : "";
    if (drawn === this.drawn) return;
    const same = this.drawn.split(" ")[0] === name;
    this.top = same ? (this.frame.contentWindow?.scrollY ?? 0) : 0;
    this.drawn = drawn;
    if (name) this.frame.src = `/log/${name}?version=${this.made.get(name)}`;
  }

  loaded() {
    const page = this.frame.contentDocument;
    if (!page?.head || !this.drawn) return;
    const style = page.createElement("link");
    style.rel = "stylesheet";
    style.href = "/files/red-sheet.css";
    page.head.append(style);
    const name = decodeURIComponent(this.frame.contentWindow.location.pathname.split("/").pop());
    if (this.made.has(name) && byId("post").value !== name) {
      byId("post").value = name;
      this.drawn = `${name} ${this.made.get(name)}`;
    }
    page.addEventListener("click", (event) => this.clicked(event));
    page.addEventListener("keydown", (event) => this.typed(event));
    this.frame.contentWindow.scrollTo(0, this.top ?? 0);
    this.cover();
  }

  toggle() {
    this.red = !this.red;
    this.cover();
  }

  // Cover all answers, or uncover them.
  cover() {
    byId("red-sheet").ariaPressed = String(this.red);
    const page = this.frame.contentDocument;
    page?.documentElement?.classList.toggle("red-sheet", this.red);
    for (const answer of page?.querySelectorAll(".answer") ?? []) {
      answer.classList.remove("shown");
      for (const [name, value] of Object.entries({ role: "button", tabindex: "0", "aria-label": say("covered") })) {
        if (this.red) answer.setAttribute(name, value);
        else answer.removeAttribute(name);
      }
    }
  }

  show(answer) {
    const shown = answer.classList.toggle("shown");
    if (shown) answer.removeAttribute("aria-label");
    else answer.setAttribute("aria-label", say("covered"));
  }

  clicked(event) {
    const answer = this.red && event.target.closest(".answer");
    const link = event.target.closest("a[href]");
    if (answer) {
      event.preventDefault();
      this.show(answer);
    } else if (link && new URL(link.href).origin !== location.origin) {
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    }
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.red && event.target.matches(".answer") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      this.show(event.target);
    } else this.press(event.key);
  }
}
