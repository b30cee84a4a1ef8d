// What is wrong with how the page is laid out, in lines. `least`: how high what is tapped has to be,
// and how high the main things have to be.
const [least, main] = arguments;
const { seen, tidy, name, top } = person;
const faults = [];
const wide = document.documentElement.clientWidth;
const scroller = document.scrollingElement;
if (scroller.scrollWidth > wide) faults.push(`the page is ${scroller.scrollWidth - wide} px too wide`);

const style = (el) => getComputedStyle(el);
const ancestors = function* (el) {
  for (; el && el !== document.documentElement; el = el.parentElement) yield el;
};
const scrolls = (el, axis) =>
  axis === "x"
    ? /auto|scroll/.test(style(el).overflowX) && el.scrollWidth > el.clientWidth
    : /auto|scroll/.test(style(el).overflowY) && el.scrollHeight > el.clientHeight;
const clips = (el) => /hidden|clip/.test(style(el).overflowX + style(el).overflowY);
const aside = (el) => [...ancestors(el)].some((one) => one.classList.contains("visually-hidden"));

// Words: inside the screen, inside their boxes, and not over each other.
const texts = [];
const walker = document.createTreeWalker(top(), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const { data, parentElement: parent } = walker.currentNode;
  if (!tidy(data) || !seen(parent) || aside(parent)) continue;
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  const said = tidy(data).slice(0, 30);
  let fixed = false;
  let sideways = false;
  for (const one of ancestors(parent)) {
    fixed ||= /fixed|sticky/.test(style(one).position);
    sideways ||= scrolls(one, "x");
  }
  const em = parseFloat(style(parent).fontSize);
  for (const line of range.getClientRects()) {
    if (line.width < 1) continue;
    // A line is as high as its font says, which may be half as much again as its letters are.
    const middle = (line.top + line.bottom) / 2;
    const rect = { left: line.left, right: line.right, top: middle - em / 2, bottom: middle + em / 2, height: em };
    texts.push({ said, rect, fixed, parent });
    if (!sideways && (rect.left < -1 || rect.right > wide + 1)) faults.push(`“${said}” leaves the screen`);
    for (const one of ancestors(parent)) {
      if (scrolls(one, "x") || scrolls(one, "y")) break;
      const box = one.getBoundingClientRect();
      const out = Math.max(box.left - rect.left, rect.right - box.right, box.top - rect.top, rect.bottom - box.bottom);
      if (clips(one) && out > 1) faults.push(`“${said}” is clipped by .${one.className}`);
      const boxed = one.matches("a, button, .tag, .card, .note, .cell, .ticket, label");
      if (boxed && Math.max(box.left - rect.left, rect.right - box.right) > 1.5) {
        faults.push(`“${said}” runs out of .${one.className}`);
      }
    }
  }
}
for (let a = 0; a < texts.length; a += 1) {
  for (let b = a + 1; b < texts.length; b += 1) {
    const [one, two] = [texts[a], texts[b]];
    if (one.fixed || two.fixed || one.parent === two.parent) continue;
    const across = Math.min(one.rect.right, two.rect.right) - Math.max(one.rect.left, two.rect.left);
    const down = Math.min(one.rect.bottom, two.rect.bottom) - Math.max(one.rect.top, two.rect.top);
    if (across > 2 && down > Math.min(one.rect.height, two.rect.height) * 0.2) {
      faults.push(`“${one.said}” lies over “${two.said}”`);
    }
  }
}

// What is tapped.
const MAIN = ".button, .button-line, .button-call, .tab, .tile, .chip, .date, .slot, a.cell, button.cell, a.card, input, textarea, select";
for (const el of top().querySelectorAll("a[href], button, input, select, textarea, summary")) {
  if (!seen(el) || aside(el)) continue;
  // A link within a line of words is as high as its line; a box to tick counts with its label.
  if (style(el).display === "inline" && el.parentElement.matches("p, li")) continue;
  const whole = el.matches("[type=checkbox], [type=radio]") ? el.closest("label") || el : el;
  const rect = whole.getBoundingClientRect();
  const wanted = whole.matches(MAIN) && !whole.matches(".button-slim") ? main : least;
  if (rect.height < wanted - 0.5) {
    faults.push(`“${name(el).slice(0, 30)}” (.${el.className}) is ${rect.height.toFixed(1)} px high, not ${wanted}`);
  }
  if (rect.width < least - 0.5 && !el.matches(".date")) {
    faults.push(`“${name(el).slice(0, 30)}” (.${el.className}) is ${rect.width.toFixed(1)} px wide`);
  }
}

// At the end of the page nothing lies under the bar at the foot.
if (top() === document.body) {
  const before = scrollY;
  scrollTo({ top: scroller.scrollHeight, behavior: "instant" });
  const bar = [...document.querySelectorAll(".foot, .tabs")].filter(seen).map((one) => one.getBoundingClientRect().top);
  const last = Math.max(...[...document.querySelectorAll("main *")].filter(seen).map((one) => one.getBoundingClientRect().bottom));
  if (bar.length && last > Math.min(...bar) + 1) faults.push(`the last ${Math.round(last - Math.min(...bar))} px lie under the bar`);
  scrollTo({ top: before, behavior: "instant" });
}
return [...new Set(faults)];
