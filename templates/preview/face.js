// Runs in the page of a card, which is apart from the preview: covered regions, words read aloud, keys for the preview,
// and what scripts of cards need. Here they have no storage of the browser, so the preview keeps it from side to side, and
// all views of a card draw the same numbers.
{
  let { seed, stored } = JSON.parse(window.name || '{"seed": 1, "stored": {}}');
  Math.random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), seed | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const sessionStorage = {
    getItem: (key) => stored[key] ?? null,
    setItem(key, value) {
      stored[key] = String(value);
      parent.postMessage({ stored }, "*");
    },
  };
  Object.defineProperty(window, "sessionStorage", { value: sessionStorage });
}
window.anki = {
  imageOcclusion: {
    setup() {
      const image = document.querySelector("#image-occlusion-container img");
      const canvas = document.getElementById("image-occlusion-canvas");
      if (!image || !canvas) return;
      const colour = (name) => getComputedStyle(canvas).getPropertyValue(name).trim();
      const draw = () => {
        canvas.width = image.clientWidth;
        canvas.height = image.clientHeight;
        const pen = canvas.getContext("2d");
        for (const shape of document.querySelectorAll("[data-shape]")) {
          const { left, top, width, height, occludeinactive } = shape.dataset;
          const inactive = shape.className === "cloze-inactive";
          if (inactive && !occludeinactive) continue;
          const box = [left * canvas.width, top * canvas.height, width * canvas.width, height * canvas.height];
          const kind = inactive ? "inactive" : shape.className === "cloze" ? "active" : "highlight";
          const [line, ink] = colour(`--${kind}-shape-border`).split(" ");
          pen.fillStyle = colour(`--${kind}-shape-color`);
          pen.lineWidth = parseFloat(line);
          pen.strokeStyle = ink;
          pen.fillRect(...box);
          pen.strokeRect(...box);
        }
      };
      if (image.complete) draw();
      image.addEventListener("load", draw);
      window.addEventListener("resize", draw);
    },
  },
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-speak]");
  if (!button || !window.speechSynthesis) return;
  const words = new SpeechSynthesisUtterance(button.dataset.speak);
  words.lang = button.lang;
  speechSynthesis.speak(words);
});
document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input, textarea, [contenteditable]");
  if (event.ctrlKey || event.metaKey || event.altKey || (writing && event.key !== "Escape")) return;
  if (event.key === " " && event.target.matches("a, button, audio")) return;
  if (event.key === " ") event.preventDefault();
  parent.postMessage({ key: event.key }, "*");
});
