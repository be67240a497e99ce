/**
 * The page's only script; without it nothing is missing but comfort. It opens what a link points at, unfolds the page
 * for printing in browsers whose style sheet cannot, and names the cell of the heat map under the pointer. It writes with
 * `textContent` only.
 */
export const SCRIPT = `
"use strict";
const openTo = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", openTo);
openTo();

const closed = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    closed.push(details);
    details.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const details of closed.splice(0)) details.open = false;
});

const heat = document.querySelector(".heat");
const readout = document.querySelector(".readout");
const inOpen = (units) => {
  const digits = units.padStart(10, "0");
  return digits.slice(0, -9) + "." + digits.slice(-9) + " OPEN";
};
if (heat && readout) {
  const names = [...heat.querySelectorAll("text > title")].map((title) => title.textContent);
  const rows = [...heat.querySelectorAll("[data-row]")];
  const { left, top, cellWidth, cellHeight } = heat.dataset;
  readout.hidden = false;
  readout.textContent = "Point at a square to read its amount.";
  const read = (event) => {
    const box = heat.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - left) / cellWidth);
    const row = rows[Math.floor((event.clientY - box.top - top) / cellHeight)];
    const units = row && row.dataset.amounts.split(" ")[column];
    if (units === undefined || column < 0) return;
    readout.textContent = row.dataset.row + ", " + names[column] + ": " + inOpen(units);
  };
  heat.addEventListener("pointermove", read);
  heat.addEventListener("pointerdown", read);
}
`;
