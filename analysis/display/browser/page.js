// The page of the evidence browser. It asks for answers (a server, or answers.js in a file), and makes elements of them.
// Text from outside becomes text nodes only: nothing here writes HTML, so that no article can.
const { DATA, SIGNS, begins, knowParts, local, passesCard, read } = ANSWERS;
const WORDS = read("words"), OWN_LANGUAGE = document.documentElement.lang;
const KINDS = ["mention", "quote", "judgement", "neutral", "frame", "deed", "blame", "function", "role"];
const SHAPES = { negative: "▼", neutral: "◆", positive: "▲" };
const LAYERS = ["mention", "quote", "judgement", "frame", "deed", "blame", "function", "role"], SHOWN = LAYERS.slice(0, 4);
const FILTER = ["outlet", "since", "until", "actor", "parts", "source", "sign", "kind"];
const $ = (query, from = document) => from.querySelector(query);
let state = {}, names = {}, overview = null, asked = 0, isMoved = false;
const open = new Set(), unfolded = new Set(), wide = matchMedia("(min-width: 60rem)");

// Words and elements ------------------------------------------------------------------------------------------
const word = (key, values = {}) =>
  (WORDS[key] ? WORDS[key][state.lang] : key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const count = (key, n) => (n === 1 ? word(`one_${key}`) : word(`n_${key}s`, { n: number(n) }));
const number = (n, decimals = 0, signed = false) =>
  new Intl.NumberFormat(state.lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals,
    signDisplay: signed ? "exceptZero" : "auto" }).format(n).replace("-", "−");
const label = (id) => (names[id] ?? id);
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
const button = (text, act, given = {}) => el("button", { type: "button", onclick: act, ...given }, text);
const fill = (parent, ...children) => parent.replaceChildren(...children.filter(Boolean));

// The state is the address, so that every view is a permanent link -----------------------------------------------
function parse() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(hash);
  state.lang = WORDS.title[state.lang] ? state.lang : OWN_LANGUAGE;
  state.offset = Math.max(0, parseInt(state.offset, 10) || 0);
  state.from = Math.max(0, parseInt(state.from, 10) || 0);
  state.layers = new Set("layers" in state ? state.layers.split(",") : SHOWN);
}
function address(changes = {}) {
  const next = { ...state, ...changes };
  const layers = LAYERS.filter((layer) => next.layers.has(layer));
  next.layers = layers.join() === SHOWN.join() ? "" : layers.join() || "none";
  if (next.lang === OWN_LANGUAGE) next.lang = "";
  const kept = Object.entries(next).filter(([, value]) => value);
  return "#" + new URLSearchParams(kept.map(([key, value]) => [key, String(value)]));
}
const go = (changes) => { isMoved = true; location.hash = address(changes); };
const inArticle = { article: "", row: "", at: "", all: "" }, inList = { article: "", row: "", at: "", offset: 0, from: 0, headline: "" };

// Answers: from the server, or from the data in this page ---------------------------------------------------------
async function get(what, given = {}) {
  const asks = { lang: state.lang, ...given };
  const answer = DATA ? local[what](asks) : await fromServer(what, asks);
  Object.assign(names, answer.names);
  return answer;
}
async function fromServer(what, asks) {
  let answer;
  try {
    answer = await fetch(`api/${what}?${new URLSearchParams(asks)}`);
  } catch {
    throw new Error(word("unreachable"));
  }
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}
// What is listed: the kind that is asked for, else the layers that are on.
const listed = () => ({ ...(state.sign || state.kind ? {} : { kind: LAYERS.filter((layer) => state.layers.has(layer)).join() }), ...filter() });
const filter = () => Object.fromEntries(FILTER.filter((key) => state[key]).map((key) => [key, state[key]]));

// The parts of the page -----------------------------------------------------------------------------------------------
const about = (article) => [article.outlet && label(article.outlet), article.published].filter(Boolean).join(" · ");
const title = (article) => article.headline || article.id;
function pager(box, answer, offset, key) {
  const first = answer.total ? offset + 1 : 0, last = offset + answer.rows.length, size = sizes[key === "from" ? "actors" : view()];
  const turn = (to) => () => { go({ [key]: to }); if (key === "offset") scrollTo(0, 0); };
  fill(box, ...(answer.total > answer.rows.length ? [
    button(word("previous"), turn(Math.max(0, offset - size)), { disabled: offset === 0 }),
    el("span", {}, word("page_of", { first: number(first), last: number(last), total: number(answer.total) })),
    button(word("next"), turn(offset + size), { disabled: last >= answer.total })] : []));
}
const view = () => (state.article ? "article" : state.search ? "search" : state.view === "sentences" ? "sentences" : "articles");
let sizes = {};
async function showReading(turn) {
  const content = $("#content"), what = view();
  $("#find-article").hidden = what !== "articles";
  $("#layers").hidden = what === "articles" || what === "search";
  if (what === "article") return showArticle(turn);
  if (what === "search") return showFound(turn);
  const actor = state.actor ? await showActor() : null;
  if (turn !== asked) return undefined;
  fill($("#meta"), actor);
  const answer = await get(what, { ...(what === "articles" ? filter() : listed()), find: what === "articles" ? state.headline || "" : "", offset: state.offset });
  if (turn !== asked) return undefined;
  fill($("#reading-head"), count(what.slice(0, -1), answer.total));
  pager($("#reading .pager"), answer, state.offset, "offset");
  if (!answer.rows.length) return fill(content, el("p", {}, word("nothing")));
  if (what === "articles") {
    return fill(content, el("ul", { class: "articles" }, ...answer.rows.map(([id, headline, outlet, published, n]) => el("li", {},
      el("a", { href: address({ ...inArticle, article: id }) }, headline || id),
      el("span", { class: "small" }, [about({ outlet, published }), (state.actor || state.source || state.sign || state.kind) && count("finding", n)].filter(Boolean).join(" · "))))));
  }
  const groups = [];
  for (const row of answer.rows) {
    if (groups.at(-1)?.[0].article.id !== row.article.id) groups.push([]);
    groups.at(-1).push(row);
  }
  return fill(content, ...groups.map((rows) => el("article", {},
    showHead(rows[0].article),
    el("ol", { class: "sentences" }, ...rows.map(({ article, sentence, hits }) => showSentence(sentence, article, hits))))));
}
// What holds the words that are looked for: sentences, then articles that hold them in several.
async function showFound(turn) {
  const slow = setTimeout(() => { if (turn === asked) fill($("#reading-head"), word("waiting")); }, 300);
  let answer;
  try { answer = await get("search", { ...filter(), search: state.search, offset: state.offset }); } finally { clearTimeout(slow); }
  if (turn !== asked) return;
  const hits = [count("sentence", answer.n_sentences), answer.n_articles && count("article", answer.n_articles)].filter(Boolean).join(" + ");
  fill($("#reading-head"), word("found", { hits, words: state.search }));
  pager($("#reading .pager"), answer, state.offset, "offset");
  const actors = answer.actors.map(([actor, n]) => (n ? button(`${label(actor)} ${number(n)}`, pick(actor, ""), { title: word("mentions_of", { n: number(n) }) })
    : button(nameOf(actor, "1"), pick(actor, "1"))));
  if (answer.n_actors > actors.length) actors.push(button(word("more", { n: number(answer.n_actors - actors.length) }), () => go({ ...inList, search: "", find: state.search, view: "actors" })));
  fill($("#meta"), el("p", { class: "small" }, word("how_to_search")),
    actors.length ? el("p", { class: "names" }, el("span", { class: "small" }, word("actors")), ...actors) : null);
  if (!answer.rows.length) return fill($("#content"), el("p", {}, word("nothing_found")));
  const groups = [];
  for (const row of answer.rows) {
    if (groups.at(-1)?.[0].article.id !== row.article.id) groups.push([]);
    groups.at(-1).push(row);
  }
  const firstOther = groups.findIndex(([row]) => !row.is_whole);
  return fill($("#content"), ...groups.flatMap((rows, at) => [at === firstOther ? el("p", { class: "tier" }, word("in_several")) : null,
    el("article", {}, showHead(rows[0].article), el("ol", { class: "sentences" }, ...rows.flatMap((row) => row.sentences.map((sentence) => showText(sentence, row.article)))))]));
}
function showText({ n, part, text, found }, article) {
  const to = address({ ...inArticle, article: article.id, at: String(n) }), name = n < 0 ? "–" : String(n + 1);
  return el("li", { tabindex: "-1", class: `sentence part-${part}`, value: n + 1 },
    el("a", { class: "n", href: to, title: word("read_in_article"), "aria-label": word("read_sentence", { n: name }) }, name),
    el("p", { class: "text", lang: article.language, dir: "auto" }, ...marked({ text, start: 0 }, [], [], found)));
}
const showHead = (article) => el("h3", {},
  el("a", { href: address({ ...inArticle, article: article.id }), lang: article.language }, title(article)), el("span", { class: "small" }, about(article)));
async function showArticle(turn) {
  const { article, sentences, found } = await get("article", { id: state.article, search: state.search || "" });
  if (turn !== asked) return;
  const asks = listed(), some = asks.actor || asks.source || asks.sign || state.kind;
  const hitsOf = (sentence) => begins(sentence).filter((card) => card.id === state.row || (some && passesCard(card, asks))).map((card) => card.id);
  if (state.row) open.add(state.row);
  fill($("#reading-head"), el("span", { lang: article.language }, title(article)));
  fill($("#reading .pager"));
  const back = el("a", { href: address(inArticle), class: "back" }, `‹ ${word("back")}`);
  const all = el("label", { class: "all" }, el("input", { type: "checkbox", checked: Boolean(state.all), onchange: (event) => go({ all: event.target.checked ? "1" : "" }) }), ` ${word("show_all")}`);
  const meta = [about(article), word("n_words", { n: number(article.n_words) }), article.source_file].filter(Boolean).join(" · ");
  const here = (sentence) => (state.row ? begins(sentence).some((card) => card.id === state.row) : state.at === String(sentence.n));
  fill($("#meta"), el("p", { class: "meta" }, back, el("span", { class: "small" }, meta), all));
  fill($("#content"), el("ol", { class: "sentences whole" }, ...sentences.map((sentence) => showSentence(sentence, article, hitsOf(sentence), { isHere: here(sentence), found: found[sentence.n] }))));
  const target = $(".sentence.here");
  if (target) { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); }
  else if (isMoved) scrollTo(0, wide.matches ? 0 : $("#reading").offsetTop);
}
function showLayers() {
  const box = $("#layers"), legend = $("legend", box);
  fill(box, legend, ...LAYERS.map((layer) => el("label", {}, el("input", { type: "checkbox", value: layer, checked: state.layers.has(layer), onchange: (event) => {
    state.layers[event.target.checked ? "add" : "delete"](layer);
    go({});
  } }), el("span", { class: `m m-${{ mention: "actor", judgement: "cue" }[layer] || layer}` }, word(`kind_${layer}`)))),
  el("span", { class: "legend" }, ...[["source", "m-source"], ["target", "m-target"]].map(([key, kind]) => el("span", { class: `m ${kind}` }, word(`legend_${key}`))),
    ...["negative", "positive"].map((sign) => el("span", { class: `m m-cue m-${sign}` }, `${SHAPES[sign]} ${word(sign)}`))));
}
const nameKinds = (kinds) => kinds.split(",").map((kind) => word(`kind_${kind}`)).join(", ");
function showFilters() {
  const form = $("#filters form");
  const options = {
    outlet: [["", word("all_outlets")], ...overview.outlets.map(([outlet, n]) => [outlet, `${label(outlet)} (${number(n)})`])],
    source: [["", word("all_sources")], ["any:quoted", word("quoted")], ...overview.sources.map(([source, n]) => [source, `${label(source)} (${number(n)})`])],
    sign: [["", word("all_signs")], ...SIGNS.map((sign) => [sign, `${SHAPES[sign]} ${word(sign)}`])],
    kind: [["", word("all_kinds")], ...KINDS.map((kind) => [kind, `${word(`kind_${kind}`)} (${number(overview.counts[kind])})`])],
  };
  for (const [name, rows] of Object.entries(options)) {
    if (state[name] && !rows.some(([value]) => value === state[name])) rows.push([state[name], name === "kind" ? nameKinds(state.kind) : label(state[name])]);
    fill(form.elements[name], ...rows.map(([value, text]) => el("option", { value, selected: (state[name] || "") === value }, text)));
  }
  for (const name of ["since", "until"]) form.elements[name].placeholder = word("date");
  for (const name of ["since", "until"]) if (document.activeElement !== form.elements[name]) form.elements[name].value = state[name] || "";
  const shown = { outlet: label, actor: (id) => nameOf(id, state.parts), source: (id) => (id === "any:quoted" ? word("quoted") : label(id)), sign: word, kind: nameKinds };
  fill($("#chips"), ...FILTER.filter((key) => state[key] && key !== "parts").map((key) => {
    const text = shown[key] ? shown[key](state[key]) : `${word(key)} ${state[key]}`;
    return button(el("span", {}, key === "source" ? `${word("source")}: ${text}` : text, el("span", { "aria-hidden": "true" }, " ×")), () => go({ ...inList, article: state.article, ...(key === "actor" ? { parts: "" } : {}), [key]: "" }), { "aria-label": word("remove", { what: text }), class: state[key] === state.sign ? state.sign : "" });
  }));
}
function showFrame() {
  document.documentElement.lang = state.lang;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
  fill($("#home"), `Framewijs: ${overview.name}`);
  document.title = `${word("title")}: ${overview.name}`;
  fill($("#intro"), word("intro", { articles: count("article", overview.n_articles), sentences: count("sentence", overview.n_sentences), since: overview.since || word("undated"), until: overview.until || word("undated") }));
  $("#languages").setAttribute("aria-label", word("language"));
  fill($("#languages"), ...Object.keys(WORDS.title).map((lang) => button(lang.toUpperCase(), () => go({ lang }), { "aria-pressed": String(lang === state.lang), lang })));
  const tab = state.article ? "" : state.search ? "search" : state.view === "actors" || (!state.view && !wide.matches) ? "actors" : view();
  document.body.dataset.tab = tab || "article";
  $("#views").setAttribute("aria-label", word("title"));
  fill($("#views"), ...["actors", "sentences", "articles", ...(state.search ? ["search"] : [])].map((name) => el("a", { href: address({ ...inList, from: state.from, ...(name === "search" ? {} : { view: name, search: "" }) }), "data-view": name, "aria-current": name === tab || (name === "articles" && tab === "actors" && wide.matches) ? "page" : null }, word(name))));
  for (const [id, key, value] of [["search", "find_words", state.search], ["find-actor", "find_actor", state.find], ["find-article", "find_article", state.headline]]) {
    const box = document.getElementById(id);
    box.placeholder = word(key);
    box.setAttribute("aria-label", word(key));
    if (document.activeElement !== box) box.value = value || "";
  }
  fill($("#keys dl"), ...[["j", "next"], ["k", "previous"], ["o", "open"], ["/", "search"], ["a", "find"], ["Esc", "back"], ["?", "help"]]
    .flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, word(`key_${what}`))]));
  fill($("#address"), location.href);
}
async function show() {
  const turn = ++asked, before = state.lang;
  parse();
  try {
    if (!overview || before !== state.lang) { names = {}; overview = await get("overview"); sizes = overview.sizes; knowParts(overview.part_of); }
    showFrame();
    showLayers();
    await Promise.all([showActors(), showReading(turn)]);
    if (turn === asked) { showFilters(); document.body.dataset.ready = String(turn); }
  } catch (error) {
    fill($("#content"), el("p", { role: "alert" }, word("failed", { why: error.message })));
  }
}

// What a reader does ----------------------------------------------------------------------------------------------------
function move(step) {
  const all = [...document.querySelectorAll(".sentence")].filter((s) => view() !== "article" || $(".cards", s));
  const now = document.activeElement?.closest?.(".sentence"), at = all.indexOf(now);
  const next = all[now && at >= 0 ? at + step : step > 0 ? all.findIndex((s) => s.getBoundingClientRect().top > 0) : all.length - 1];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#keys").open) return;
  if (event.key === "Escape") { document.activeElement?.blur?.(); if (state.article) go(inArticle); return; }
  if (event.target.matches("input:not([type=checkbox]), select, textarea") || !$("#keys-on").checked) return;
  const acts = { j: () => move(1), k: () => move(-1), "/": () => $("#search").focus(), a: () => { if (!wide.matches) go({ ...inArticle, view: "actors", search: "" }); $("#find-actor").focus(); }, "?": () => $("#keys").showModal(),
    o: () => { const card = document.activeElement?.closest?.(".sentence")?.querySelector("details, .fold, a.n"); card?.matches("details") ? (card.open = !card.open) : card?.click(); } };
  if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
}
let waiting = 0;
const later = (act) => { clearTimeout(waiting); waiting = setTimeout(act, 200); };
const quiet = (changes) => { history.replaceState(null, "", address(changes)); show(); };
addEventListener("hashchange", show);
addEventListener("keydown", press);
wide.addEventListener("change", show);
$("#filters form").addEventListener("change", (event) => event.target.reportValidity() && go({ ...inList, [event.target.name]: event.target.value, view: view() === "articles" && ["outlet", "since", "until"].includes(event.target.name) ? state.view : "sentences" }));
$("#filters form").addEventListener("submit", (event) => event.preventDefault());
$("#reset").addEventListener("click", () => go({ ...inList, find: "", search: "", ...Object.fromEntries(FILTER.map((key) => [key, ""])) }));
$("#print").addEventListener("click", () => print());
$("#help").addEventListener("click", () => $("#keys").showModal());
$("#find-actor").addEventListener("input", (event) => later(() => quiet({ find: event.target.value, from: 0 })));
$("#find-article").addEventListener("input", (event) => later(() => quiet({ headline: event.target.value, offset: 0 })));
const look = (search) => (state.search && search ? quiet : go)({ ...inList, from: state.from, search });
$("#search").addEventListener("input", (event) => later(() => look(event.target.value.trim() && event.target.value)));
$("#search").addEventListener("focus", () => get("search", { search: "" }).catch(() => {}), { once: true });  // the server reads the texts meanwhile
$("#searching").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); if ($("#search").value !== (state.search || "")) look($("#search").value.trim()); $("#reading").focus(); });
$("#filters").open = wide.matches;
$(".skip").addEventListener("click", (event) => { event.preventDefault(); $("#reading").focus(); });
try { $("#keys-on").checked = localStorage.getItem("keys") !== "off"; } catch { /* a file may have no storage */ }
$("#keys-on").addEventListener("change", (event) => { try { localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch { /* same */ } });
show();
