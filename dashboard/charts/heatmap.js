// The picture's markup comes escaped from charts/heatmap.py. Here it gets what needs a browser: one cell of the
// table takes the keyboard, arrows move from cell to cell, hovering and focus say the sentence, a click reports.
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector(".place");
  const tip = parentElement.querySelector(".tip");
  const cells = () => [...root.querySelectorAll("td[data-cell]")];
  const cellOf = (event) => event.target.closest?.("td[data-cell]");

  const arrives = root.drawn === undefined;
  if (root.drawn !== data.html) {
    const before = root.querySelector(".scroll");
    const [left, top] = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
    root.innerHTML = data.html;
    root.drawn = data.html;
    const scroll = root.querySelector(".scroll");
    scroll.scrollLeft = left;
    scroll.scrollTop = top;
    for (const cell of cells()) cell.setAttribute("aria-label", `${cell.dataset.title}. ${cell.dataset.say}`);
  }
  select(data.chosen);
  if (arrives) {
    // Whoever comes by a link to a cell sees it, and its story below, also where the picture begins further down.
    const chosen = root.querySelector('td[aria-selected="true"]');
    if (chosen && chosen.getBoundingClientRect().bottom > window.innerHeight) chosen.scrollIntoView({ block: "center" });
  }
  const style = root.firstElementChild.style;
  tip.style.setProperty("--tip-ground", style.getPropertyValue("--ground"));
  tip.style.setProperty("--tip-text", style.getPropertyValue("--text"));

  function select(position) {
    const own = cells();
    for (const cell of own) {
      cell.setAttribute("aria-selected", String(cell.dataset.cell === String(position)));
      cell.tabIndex = -1;
    }
    const first = own.find((cell) => cell.getAttribute("aria-selected") === "true") ?? own[0];
    if (first) first.tabIndex = 0;
  }

  function say(cell) {
    if (!cell) {
      tip.hidden = true;
      return;
    }
    const title = document.createElement("strong");
    title.textContent = cell.dataset.title;
    tip.replaceChildren(title, cell.dataset.say);
    tip.hidden = false;
    const box = cell.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    // A fixed box may be placed within an ancestor instead of the window: what it is off by is taken away.
    tip.style.left = tip.style.top = "0px";
    const origin = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, window.innerWidth - size.width - 16));
    const below = box.bottom + 6 + size.height < window.innerHeight;
    tip.style.left = `${left - origin.left}px`;
    tip.style.top = `${(below ? box.bottom + 6 : box.top - size.height - 6) - origin.top}px`;
  }

  function report(cell) {
    const again = cell.getAttribute("aria-selected") === "true";
    select(again ? null : cell.dataset.cell);
    cell.tabIndex = 0;
    setTriggerValue("cell", Number(cell.dataset.cell));
  }

  function move(cell, [down, across]) {
    const row = cell.parentElement;
    const rows = [...row.parentElement.children];
    const own = [...row.querySelectorAll("td[data-cell]")];
    const next = down
      ? rows[rows.indexOf(row) + down]?.querySelectorAll("td[data-cell]")[own.indexOf(cell)]
      : own[own.indexOf(cell) + across];
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  root.onclick = (event) => {
    const cell = cellOf(event);
    if (cell) report(cell);
  };
  root.onkeydown = (event) => {
    const cell = cellOf(event);
    // With another key held an arrow is the browser's or a screen reader's own.
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in MOVES) move(cell, MOVES[event.key]);
    else if (event.key === "Enter" || event.key === " ") report(cell);
    else if (event.key === "Escape") say(null);
    else return;
    event.preventDefault();
  };
  root.onmouseover = (event) => say(cellOf(event));
  root.onmouseleave = () => say(null);
  const focused = (event) => say(event.target.matches?.(":focus-visible") ? cellOf(event) : null);
  const left = () => say(null);
  root.addEventListener("focusin", focused);
  root.addEventListener("focusout", left);
  window.addEventListener("scroll", left, true);
  return () => {
    root.removeEventListener("focusin", focused);
    root.removeEventListener("focusout", left);
    window.removeEventListener("scroll", left, true);
  };
}
