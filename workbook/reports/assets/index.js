"use strict";
// Searches the index: reports that do not hold every word that is asked for are hidden, and groups without reports.

const search = document.getElementById("search");
const found = document.getElementById("found");
const reports = [...document.querySelectorAll("li.report")];
const texts = new Map(reports.map((report) => [report, report.dataset.words.toLowerCase() + " " + report.textContent.toLowerCase()]));

function update() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const report of reports) {
    report.hidden = !words.every((word) => texts.get(report).includes(word));
    count += !report.hidden;
  }
  for (const group of document.querySelectorAll("section.group, section.notebook")) {
    group.hidden = !group.querySelector("li.report:not([hidden])");
  }
  found.textContent = `${count} of ${reports.length} reports`;
}

search.addEventListener("input", update);
document.getElementById("find").hidden = false;
