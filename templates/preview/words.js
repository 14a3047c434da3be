// The page's own words, in the language of hitoe's messages; they stand in the page itself.
const words = JSON.parse(document.getElementById("page-words").textContent);

// Return words by their name, with values in place of {names}.
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

// Return words for a number, {count} in them.
export function sayCount(name, count, values = {}) {
  const [one, many] = words[name];
  return (count === 1 ? one : many).replace(/\{(\w+)\}/g, (_, key) => ({ ...values, count })[key]);
}
