// Looks at a page as a person does: by what can be seen, read and tapped. Stands in every page as
// `person`, before anything else of the page runs.
"use strict";
window.person = (() => {
  const tidy = (words) => (words || "").replace(/[\s\u00a0]+/g, " ").trim();
  const seen = (el) =>
    el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  // Behind an open dialog nothing can be reached.
  const top = () => [...document.querySelectorAll("[aria-modal=true]")].filter(seen).pop() || document.body;

  // What an element is called by whoever reads or hears it.
  const name = (el) => {
    const label = el.getAttribute("aria-label");
    if (label) return tidy(label);
    const by = el.getAttribute("aria-labelledby");
    if (by) return tidy(by.split(" ").map((id) => document.getElementById(id)?.innerText).join(" "));
    if (el.labels && el.labels.length) return tidy([...el.labels].map((one) => one.innerText).join(" "));
    return tidy(el.innerText) || tidy(el.getAttribute("alt")) || tidy(el.getAttribute("title"));
  };

  // The best of what is called so: by the whole name, its beginning, or a part of it.
  const best = (elements, words) => {
    const ways = [(text) => text === words, (text) => text.startsWith(words), (text) => text.includes(words)];
    for (const way of ways) {
      const found = elements.find((el) => way(name(el)));
      if (found) return found;
    }
    return null;
  };
  const all = (selector) => [...top().querySelectorAll(selector)].filter(seen);
  const TAPPABLE = "a[href], button, [role=button], [role=switch], summary, label";
  const middle = (el) => {
    el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    return el;
  };

  return {
    tidy, seen, name, all, top, shifts: [],
    tappable(words) {
      const found = best(all(TAPPABLE), words);
      return found && !found.disabled ? middle(found) : null;
    },
    disabled: (words) => best(all(TAPPABLE), words)?.disabled === true,
    field(words) {
      const found = best(all("input, textarea, select"), words);
      return found ? middle(found) : null;
    },
    text: () => tidy(top().innerText),
    names: () => all(TAPPABLE).map(name),

    // Every visible piece of text with where it stands, and every icon.
    boxes(root) {
      const list = [];
      const add = (what, rect) => {
        if (rect.width && rect.bottom > 0 && rect.top < innerHeight) {
          list.push([what, ...[rect.left, rect.top, rect.width, rect.height].map((n) => Math.round(n * 2) / 2)]);
        }
      };
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (!tidy(data) || !seen(parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        add(tidy(data), range.getBoundingClientRect());
      }
      for (const icon of root.querySelectorAll("svg")) {
        if (seen(icon)) add(icon.innerHTML.replace(/.*#i-([a-z-]+).*/, "icon $1"), icon.getBoundingClientRect());
      }
      return list;
    },

    // Visible words, and those that are only heard, that hold Chinese characters.
    chinese() {
      const found = [];
      const look = (words, where) => {
        if (/[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(words || "")) found.push(`${where}: ${tidy(words)}`);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (seen(parentElement)) look(data, parentElement.className || parentElement.tagName);
      }
      for (const el of document.querySelectorAll("[aria-label], [placeholder], [alt], [title]")) {
        for (const kind of ["aria-label", "placeholder", "alt", "title"]) look(el.getAttribute(kind), kind);
      }
      look(document.title, "title");
      return found;
    },
  };
})();

// What stood in the page at the moment the app took it over, and in the frame after.
{
  const remove = Element.prototype.remove;
  Element.prototype.remove = function () {
    if (this.id === "first") {
      person.before = person.boxes(this);
      person.taken = performance.now();
      // Before the next frame is painted.
      requestAnimationFrame(() => (person.after = person.boxes(document.getElementById("app"))));
    }
    remove.call(this);
  };
  new PerformanceObserver((list) => {
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    for (const { value, startTime, sources } of list.getEntries()) {
      // A page that is still arriving may be painted between an icon and its words.
      if (!(startTime >= person.taken) && value < 0.05) continue;
      const moved = sources.map(({ node, previousRect, currentRect }) =>
        `${node?.className || node?.nodeName} from ${place(previousRect)} to ${place(currentRect)}`);
      person.shifts.push(`${value.toFixed(4)} after ${Math.round(startTime)} ms: ${moved.join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}
