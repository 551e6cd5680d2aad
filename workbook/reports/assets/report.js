"use strict";
// Draws the charts and makes the table of statements sort, filter and answer to a click in a chart.

const PRINT_WIDTH = 718;
const PRINT_HEIGHT = 830;
const LEAST_OF_ITS_HEIGHT = 0.5;
const NARROW = 600;
const LEGEND_ROW = 19;
const LEGEND_ROWS_THAT_FIT = 3;
const LABELS_ROOM = 170;
const DIGIT = 8;
const SCALE_ROOM = 40;
const dark = matchMedia("(prefers-color-scheme: dark)");

const read = (id) => JSON.parse(document.getElementById(id).textContent);

function scheme(isDark) {
  const ink = isDark ? "#e6e9ed" : "#1b1f24";
  const page = isDark ? "#14171a" : "#ffffff";
  return { font: { color: ink }, hoverlabel: { bgcolor: page, bordercolor: "#8a9099", font: { color: ink } } };
}

function layoutFor(figure, template, width) {
  const layout = structuredClone(figure.layout);
  layout.template = { ...template, layout: { ...template.layout, ...scheme(dark.matches) } };
  layout.template.layout.font = { ...template.layout?.font, ...scheme(dark.matches).font };
  // Labels inside a chart do not take the colour of the others by themselves.
  layout.yaxis = { ...layout.yaxis, tickfont: { ...layout.yaxis?.tickfont, ...scheme(dark.matches).font } };
  const entries = figure.data.filter((trace) => trace.name && trace.showlegend !== false).length;
  if (width < NARROW && entries > LEGEND_ROWS_THAT_FIT) layout.height += LEGEND_ROW * (entries - LEGEND_ROWS_THAT_FIT);
  if (width < NARROW) layout.legend = { ...layout.legend, maxheight: 1 };
  if (figure.data.some((trace) => isTooFine(trace, width))) layout.height += SCALE_ROOM;
  return layout;
}

// Cells that are too small for their numbers.
function isTooFine(trace, width) {
  if (trace.type !== "heatmap") return false;
  const digits = Math.max(...trace.text.flat().map((text) => text.length));
  return (width - LABELS_ROOM) / trace.x.length < DIGIT * digits;
}

function tracesFor(figure, width) {
  const colorbar = { orientation: "h", thickness: 10, y: 1, yanchor: "bottom", tickformat: ",d", nticks: 5 };
  return figure.data.map((trace) => (isTooFine(trace, width) ? { ...trace, texttemplate: "", showscale: true, colorbar } : trace));
}

function draw(chart, template) {
  const figure = read(chart.dataset.figure);
  // The mode bar would be a control inside an image: saving has a button of its own below the chart.
  const config = { responsive: true, displayModeBar: false };
  const layout = layoutFor(figure, template, chart.clientWidth);
  chart.closest("figure").querySelector("button").addEventListener("click", () => save(chart));
  Plotly.newPlot(chart, tracesFor(figure, chart.clientWidth), layout, config).then(() => {
    chart.dataset.drawn = "true";
    chart.on("plotly_click", (event) => leadTo(event.points.map((point) => [point.customdata].flat()[0]).find(Boolean)));
  });
}

function save(chart) {
  const filename = `${document.title} ${chart.id}`.replaceAll(/[^A-Za-z0-9]+/g, "_");
  Plotly.downloadImage(chart, { format: "png", scale: 2, width: chart.clientWidth, height: chart.clientHeight, filename });
}

function recolour(charts, isDark) {
  for (const chart of charts) {
    const colours = scheme(isDark);
    Plotly.relayout(chart, {
      "font.color": colours.font.color, "yaxis.tickfont.color": colours.font.color, hoverlabel: colours.hoverlabel,
    });
  }
}

// A chart that is a little too tall for a printed page is drawn smaller; a much taller one runs over several.
function printed(height) {
  return height * LEAST_OF_ITS_HEIGHT > PRINT_HEIGHT ? height : Math.min(height, PRINT_HEIGHT);
}

function leadTo(key) {
  const row = key && document.getElementById(`statement-${key}`);
  if (!row) return;
  if (row.hidden) clearFilters();
  for (const other of document.querySelectorAll("tr.led-to")) other.classList.remove("led-to");
  row.classList.add("led-to");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

// The table.

let clearFilters = () => {};

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

function makeSortable(table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const turned = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned ? "descending" : "ascending");
      rows.sort((a, b) => (turned ? -1 : 1) * compare(a.order[column], b.order[column]) || a.place - b.place);
      table.tBodies[0].append(...rows.map((row) => row.element));
    });
  });
}

// A column has a choice of its values if they are few, or many that come again and again: not if each row has its own.
const FEW_CHOICES = 20;
const MOST_CHOICES = 250;

// A cell can name several, as a joint statement has several speakers: each of them is a choice.
const named = (cell) => cell.split("; ");

function makeSelects(table, rows, update) {
  const place = document.getElementById("selects");
  return [...table.tHead.rows[0].cells].flatMap((head, column) => {
    const values = [...new Set(rows.flatMap((row) => named(row.cells[column])))].sort(compare);
    const comeAgain = values.length <= MOST_CHOICES && values.length * 2 <= rows.length;
    if (head.dataset.kind !== "text" || values.length < 2 || !(values.length <= FEW_CHOICES || comeAgain)) return [];
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.append(new Option("all", ""), ...values.map((value) => new Option(value || "none", value || "\u0000")));
    select.addEventListener("change", update);
    label.append(head.textContent, select);
    place.append(label);
    return [{ column, select }];
  });
}

function makeTable(table) {
  const orders = read("orders");
  const rows = [...table.tBodies[0].rows].map((element, place) => ({
    element, place,
    cells: [...element.cells].map((cell) => cell.textContent),
    order: [element.cells[0].textContent, ...orders[place]],
    text: element.textContent.toLowerCase(),
  }));
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  let selects = [];
  const update = () => {
    const wanted = search.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = selects.every(({ column, select }) => !select.value || named(row.cells[column] || "\u0000").includes(select.value));
      row.element.hidden = !(fits && row.text.includes(wanted));
      count += !row.element.hidden;
    }
    shown.textContent = `${count} of ${rows.length} statements`;
  };
  selects = makeSelects(table, rows, update);
  makeSortable(table, [...rows]);
  search.addEventListener("input", update);
  clearFilters = () => {
    search.value = "";
    for (const { select } of selects) select.value = "";
    update();
  };
  document.getElementById("clear").addEventListener("click", clearFilters);
}

function start() {
  const template = read("template");
  const charts = [...document.querySelectorAll(".chart")];
  for (const chart of charts) draw(chart, template);
  dark.addEventListener("change", () => recolour(charts, dark.matches));
  addEventListener("beforeprint", () => {
    recolour(charts, false);
    for (const chart of charts) {
      chart.dataset.height = chart.layout.height;
      Plotly.relayout(chart, { width: PRINT_WIDTH, height: printed(chart.layout.height) });
    }
  });
  addEventListener("afterprint", () => {
    recolour(charts, dark.matches);
    for (const chart of charts) Plotly.relayout(chart, { width: null, height: Number(chart.dataset.height), autosize: true });
  });
  const table = document.getElementById("table");
  if (table) makeTable(table);
}

// A page that travels alone has plotly.js packed inside, and begins when it is unpacked.
if (window.Plotly) start();
