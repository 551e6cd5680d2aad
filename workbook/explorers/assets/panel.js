// Draws the views of an explorer, tells the kernel what is clicked and selected, and shows a card where it was asked for.

const CONFIG = {
  displaylogo: false,
  doubleClick: false,
  modeBarButtonsToRemove: ["lasso2d", "toImage", "autoScale2d", "zoomIn2d", "zoomOut2d"],
};
const SCALE = 2;
const WIDTH = 1000;

const make = (tag, parts = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), parts);
  element.append(...children);
  return element;
};

// JupyterLab's own colours, so that a chart is legible by day and by night.
const ink = (element) => getComputedStyle(element).getPropertyValue("--jp-ui-font-color1").trim() || "#1b1f24";

function section(name, heading) {
  const chart = make("div", { className: "workbook-chart" });
  chart.setAttribute("role", "figure");
  const caption = make("p", { className: "workbook-caption" });
  const clear = make("button", { type: "button", className: "workbook-clear", hidden: true, textContent: "Pick no more" });
  clear.setAttribute("aria-label", `Pick no more in: ${heading}`);
  const card = make("div", { className: "workbook-card-place" });
  const element = make("section", { className: `workbook-view workbook-view-${name}` });
  element.append(make("div", { className: "workbook-heading" }, make("h3", { textContent: heading }), clear), chart, caption, card);
  return { name, element, chart, caption, clear, card, isWide: whenWide(chart) };
}

// A view travels as text, which is quicker to pack and to unpack than a tree of values.
const read = (view, model) => JSON.parse(model.get(view.name) || "{}");

function pointsOf(event) {
  return (event?.points ?? []).map((point) => [point.customdata].flat().map(String)).filter((parts) => parts.length);
}

function listen(view, model) {
  view.clear.addEventListener("click", () => model.send({ kind: "clear", view: view.name }));
  view.chart.on("plotly_click", (event) => {
    const [first] = pointsOf(event).filter((parts) => parts.some(Boolean));
    if (first) model.send({ kind: "click", view: view.name, point: first });
  });
  view.chart.on("plotly_selected", (event) => {
    // Taking the box away when the chart is drawn again is an event, too, without a range.
    if (!event?.range) return;
    model.send({ kind: "box", view: view.name, points: pointsOf(event), days: (event.range.x ?? []).map(String) });
  });
}

// A chart that is drawn before it stands in the page has no width of its own.
function whenWide(element) {
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (!element.clientWidth) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
}

async function draw(view, model) {
  await view.isWide;
  const { data, layout, caption, alt, picked } = read(view, model);
  if (!layout) return;
  const color = ink(view.chart);
  // Labels inside a chart do not take the colour of the others by themselves.
  const yaxis = { ...layout.yaxis, tickfont: { ...layout.yaxis?.tickfont, color } };
  const shown = { ...layout, font: { ...layout.font, color }, yaxis, template: model.get("template"), autosize: true, selections: [] };
  view.chart.style.height = `${layout.height}px`;
  // From a chart that says why it is empty, plotly.js cannot react to one whose labels stand inside: it draws anew.
  const isAnew = view.isEmpty !== !data.length;
  view.isEmpty = !data.length;
  await (isAnew ? Plotly.newPlot : Plotly.react)(view.chart, data, shown, CONFIG);
  if (isAnew) listen(view, model);
  view.caption.textContent = caption;
  view.chart.setAttribute("aria-label", alt);
  view.clear.hidden = !picked;
  view.element.classList.toggle("workbook-picked", picked);
}

function showCard(views, rows, model) {
  const { view, html } = model.get("card");
  for (const { card } of [...views, rows]) card.replaceChildren();
  const place = [...views, rows].find(({ name }) => name === view);
  if (!place || !html) return;
  const close = make("button", { type: "button", className: "workbook-close", textContent: "Close the card" });
  close.addEventListener("click", () => model.send({ kind: "close" }));
  // The kernel escapes all that comes from data.
  const words = make("div", { innerHTML: html, tabIndex: -1 });
  place.card.append(close, words);
  words.focus({ preventScroll: true });
  place.card.scrollIntoView({ block: "nearest" });
}

function listRows(rows, model) {
  const { lines, note } = model.get("rows");
  rows.note.textContent = note;
  rows.table.hidden = !lines.length;
  rows.body.replaceChildren(
    ...lines.map(([key, ...cells]) => {
      const button = make("button", { type: "button", textContent: key });
      button.setAttribute("aria-label", `Open the card of ${key}`);
      button.addEventListener("click", () => model.send({ kind: "row", view: "rows", point: [key] }));
      return make("tr", {}, make("td", {}, button), ...cells.map((cell) => make("td", { textContent: cell })));
    }),
  );
}

function rowSection() {
  const heads = ["key", "date", "speaker", "act", "claim"].map((head) => make("th", { textContent: head, scope: "col" }));
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  const note = make("p", { className: "workbook-caption" });
  const card = make("div", { className: "workbook-card-place" });
  const scroll = make("div", { className: "workbook-rows", tabIndex: 0 }, table);
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Rows of the selection");
  const element = make("section", { className: "workbook-view workbook-view-rows" });
  element.append(make("h3", { textContent: "Rows" }), note, scroll, card);
  return { name: "rows", element, table, body, note, card };
}

// Plotly listens to the window alone; a chart's place changes with side bars, too.
function keepFitting(views) {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target.clientWidth && target.layout) Plotly.Plots.resize(target);
  });
  for (const { chart } of views) observer.observe(chart);
  return observer;
}

async function sendPicture(view, format, model) {
  const height = view.chart.clientHeight;
  const { data, layout: own } = read(view, model);
  const layout = { ...own, template: model.get("template"), font: { color: "#1b1f24" }, width: WIDTH, height };
  const figure = { data, layout: { ...layout, paper_bgcolor: "white", plot_bgcolor: "white" } };
  const url = await Plotly.toImage(figure, { format, width: WIDTH, height, scale: format === "png" ? SCALE : 1 });
  model.send({ kind: "picture", view: view.name, format, url });
}

function render({ model, el }) {
  const views = Object.entries(model.get("headings")).map(([name, heading]) => section(name, heading));
  const rows = rowSection();
  const root = make("div", { className: "workbook-panel" });
  root.append(...views.map(({ element }) => element), rows.element);
  el.append(root);
  const drawn = Object.fromEntries(views.map((view) => [view.name, Promise.resolve()]));
  for (const view of views) {
    const redraw = () => (drawn[view.name] = draw(view, model));
    model.on(`change:${view.name}`, redraw);
    redraw();
  }
  // The revision comes after the views it is of: when all are drawn, the page says so.
  const settle = async () => {
    const revision = model.get("revision");
    await Promise.all(Object.values(drawn));
    root.dataset.revision = revision;
  };
  model.on("change:revision", settle);
  settle();
  model.on("change:rows", () => listRows(rows, model));
  listRows(rows, model);
  model.on("change:card", () => showCard(views, rows, model));
  model.on("msg:custom", ({ kind, view, format }) => {
    const wanted = views.find(({ name }) => name === view);
    if (kind === "picture" && wanted) sendPicture(wanted, format, model);
  });
  const recolour = ({ chart }) => Plotly.relayout(chart, { "font.color": ink(chart), "yaxis.tickfont.color": ink(chart) });
  const dark = new MutationObserver(() => views.forEach(recolour));
  dark.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const fitting = keepFitting(views);
  return () => {
    dark.disconnect();
    fitting.disconnect();
    for (const { chart } of views) Plotly.purge(chart);
  };
}

export default { render };
