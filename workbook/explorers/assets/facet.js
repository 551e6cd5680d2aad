// A filter: a check box a value, indented as a tree, with how many statements it would leave.

const MOST_WITHOUT_SEARCH = 12;

const make = (tag, parts = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), parts);
  element.append(...children);
  return element;
};

function option([key, label, depth], toggle) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => toggle(key, box.checked));
  const number = make("span", { className: "workbook-left" });
  const line = make("label", {}, box, make("span", { className: "workbook-label", textContent: label }), number);
  line.style.paddingLeft = `${depth}em`;
  line.dataset.key = key;
  return { line, box, number, label: label.toLowerCase() };
}

function render({ model, el }) {
  const heading = make("summary");
  const search = make("input", { type: "search", placeholder: "search" });
  const list = make("div", { className: "workbook-options" });
  const details = make("details", { className: "workbook-facet", open: model.get("is_open") }, heading, search, list);
  list.setAttribute("role", "group");
  el.append(details);

  const toggle = (key, isOn) => {
    const others = model.get("chosen").filter((each) => each !== key);
    model.set("chosen", isOn ? [...others, key] : others);
    model.save_changes();
  };
  let options = [];
  const sift = () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { line, label } of options) line.hidden = !label.includes(wanted);
  };
  const list_all = () => {
    const values = model.get("values");
    options = values.map((value) => option(value, toggle));
    list.replaceChildren(...options.map(({ line }) => line));
    search.hidden = values.length <= MOST_WITHOUT_SEARCH;
    sift();
  };
  // The values are those of the whole data: a redraw changes their numbers and their ticks, and the lines stay.
  const count = () => {
    const { title, values, chosen } = Object.fromEntries(["title", "values", "chosen"].map((name) => [name, model.get(name)]));
    heading.textContent = chosen.length ? `${title}: ${chosen.length} chosen` : title;
    if (values.length !== options.length || values.some(([key], place) => options[place].line.dataset.key !== key)) list_all();
    const ticked = new Set(chosen);
    values.forEach(([key, , , left], place) => {
      const { line, box, number } = options[place];
      box.checked = ticked.has(key);
      number.textContent = left.toLocaleString("en");
      line.classList.toggle("workbook-none", left === 0);
    });
  };
  list.setAttribute("aria-label", model.get("title"));
  search.setAttribute("aria-label", `Search in ${model.get("title")}`);
  search.addEventListener("input", sift);
  model.on("change:values", count);
  model.on("change:chosen", count);
  count();
}

export default { render };
