// A filter: a check box a value, indented as a tree, with how many statements it would leave.

const MOST_WITHOUT_SEARCH = 12;

const make = (tag, parts = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), parts);
  element.append(...children);
  return element;
};

function option([key, label, depth, left], chosen, toggle) {
  const box = make("input", { type: "checkbox", checked: chosen.includes(key) });
  box.addEventListener("change", () => toggle(key, box.checked));
  const number = make("span", { className: "workbook-left", textContent: left.toLocaleString("en") });
  const line = make("label", {}, box, make("span", { className: "workbook-label", textContent: label }), number);
  line.style.paddingLeft = `${depth}em`;
  line.dataset.key = key;
  line.classList.toggle("workbook-none", left === 0);
  return line;
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
  const sift = () => {
    const wanted = search.value.trim().toLowerCase();
    for (const line of list.children) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  };
  const list_all = () => {
    const focused = document.activeElement?.closest?.("label")?.dataset.key;
    const { title, values, chosen } = Object.fromEntries(["title", "values", "chosen"].map((name) => [name, model.get(name)]));
    heading.textContent = chosen.length ? `${title}: ${chosen.length} chosen` : title;
    search.setAttribute("aria-label", `Search in ${title}`);
    search.hidden = values.length <= MOST_WITHOUT_SEARCH;
    list.setAttribute("aria-label", title);
    list.replaceChildren(...values.map((value) => option(value, chosen, toggle)));
    sift();
    if (focused) [...list.children].find((line) => line.dataset.key === focused)?.querySelector("input").focus();
  };
  search.addEventListener("input", sift);
  model.on("change:values", list_all);
  model.on("change:chosen", list_all);
  list_all();
}

export default { render };
