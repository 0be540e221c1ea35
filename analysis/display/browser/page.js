// The page of the evidence browser. It asks for answers (a server, or data in the page itself), and makes elements of
// them. Text from outside becomes text nodes only: nothing here writes HTML, so that no article can.
"use strict";
(() => {
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const WORDS = read("words"), DATA = read("data"), OWN_LANGUAGE = document.documentElement.lang;
const KINDS = ["mention", "quote", "judgement", "neutral", "frame", "deed", "blame", "function", "role"];
const SIGNS = ["negative", "neutral", "positive"], SHAPES = { negative: "▼", neutral: "◆", positive: "▲" };
const LAYERS = ["mention", "quote", "judgement", "frame", "deed", "blame", "function", "role"], SHOWN = LAYERS.slice(0, 4);
const FILTER = ["outlet", "since", "until", "actor", "source", "sign", "kind"];
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
const inList = { article: "", row: "", offset: 0, from: 0, headline: "" };

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
const has = (text, part) => (text || "").toLocaleLowerCase().includes(part.trim().toLocaleLowerCase());
const begins = (sentence) => sentence.cards.filter((card) => card.n === sentence.n);
function passesArticle(article, ask) {
  if (ask.outlet && article.outlet !== ask.outlet) return false;
  if (!ask.since && !ask.until) return true;
  const date = article.published || "", until = ask.until && ask.until.length < date.length ? ask.until + "~" : ask.until;
  return Boolean(date) && (!ask.since || date >= ask.since.slice(0, date.length)) && (!until || date <= until.slice(0, date.length));
}
const passesCard = (card, ask, withNeutral = false) =>
  (!ask.actor || card.about.includes(ask.actor)) && (!ask.sign || card.sign === ask.sign) &&
  (!ask.source || (ask.source === "any:quoted" ? card.source && card.source !== "author" : card.source === ask.source)) &&
  (ask.kind ? ask.kind.split(",").includes(card.kind) : ask.sign || withNeutral || card.kind !== "neutral");
const page = (rows, offset, size) => ({ total: rows.length, rows: rows.slice(+offset || 0, (+offset || 0) + size) });
const local = {
  overview: (ask) => ({ ...DATA.overview, names: DATA.names[ask.lang] }),
  actors(ask) {
    const counts = new Map(DATA.actors.map((actor) => [actor, [0, 0, 0, 0, 0]]));
    const narrowed = { ...ask, actor: "", sign: "", kind: "" };
    for (const shown of DATA.articles) {
      if (!passesArticle(shown.article, ask)) continue;
      for (const sentence of shown.sentences) for (const card of begins(sentence)) {
        if (!card.about.length || !passesCard(card, narrowed, true)) continue;
        const to = counts.get(card.main ?? card.about[0]);
        if (card.kind === "mention") to[0]++;
        if (card.kind === "quote") to[1]++;
        if (card.sign) to[2 + SIGNS.indexOf(card.sign)]++;
      }
    }
    const rows = [...counts].filter(([actor, n]) => n.some(Boolean) && (!ask.find || has(DATA.names[ask.lang][actor], ask.find)));
    rows.sort((a, b) => b[1][0] - a[1][0]);
    return page(rows.map(([actor, n]) => [actor, ...n]), ask.offset, DATA.sizes.actors);
  },
  articles(ask) {
    const rows = [], some = ask.actor || ask.source || ask.sign || ask.kind;
    for (const { article, sentences } of DATA.articles) {
      if (!passesArticle(article, ask) || (ask.find && !has(article.headline || article.id, ask.find))) continue;
      const n = sentences.reduce((sum, s) => sum + begins(s).filter((card) => passesCard(card, ask)).length, 0);
      if (n || !some) rows.push([article.id, article.headline, article.outlet, article.published, n]);
    }
    return page(rows, ask.offset, DATA.sizes.articles);
  },
  sentences(ask) {
    const rows = [];
    for (const { article, sentences } of DATA.articles) {
      if (!passesArticle(article, ask)) continue;
      for (const sentence of sentences) {
        const hits = begins(sentence).filter((card) => passesCard(card, ask)).map((card) => card.id);
        if (hits.length) rows.push({ article, sentence, hits });
      }
    }
    return page(rows, ask.offset, DATA.sizes.sentences);
  },
  article(ask) {
    const found = DATA.articles.find(({ article }) => article.id === ask.id);
    if (!found) throw new Error(ask.id);
    return found;
  },
  reasons: (ask) => ({ reasons: DATA.reasons[ask.lang][ask.row] || [] }),
};

// Findings in words ------------------------------------------------------------------------------------------------
function tell(card) {
  const v = card.values, to = (id, none = "nobody") => (id ? label(id) : word(none));
  const line = word(`card_${card.kind}`, {
    actor: to(card.about[0]), source: to(card.source, card.kind === "quote" ? "nobody_speaks" : "nobody"),
    sign: card.sign && word(card.sign), polarity: v.polarity === undefined ? "" : number(v.polarity, 2, true),
    frame: v.frame && label(v.frame), score: v.score === undefined ? "" : number(v.score, 2), form: word(`form_${v.form}`),
    quote: v.quote && word(v.quote), stance: word(`stance_${v.stance}`), function: word(`function_${v.function}`),
    role: v.role && word(v.role), predicate: v.predicate, patient: to(v.patient),
    agent: to(v.agent, v.voice === "agentless_passive" ? "no_agent" : "nobody"),
  });
  const rest = [];
  if (v.outer) rest.push(word("reported_by", { name: label(v.outer) }));
  if (v.cues && v.cues.length && card.kind === "judgement") rest.push(word("because", { words: v.cues.join(", ") }));
  if (v.event) rest.push(word("for_what", { words: v.event }));
  rest.push(...(v.flags || []).map((flag) => word(`flag_${flag}`)));
  return [line, rest.join("; ")];
}
function showCard(card, article, isMarked) {
  const [line, rest] = tell(card);
  const made = el("details", { "data-id": card.id, class: `card is-${card.kind} ${card.sign || ""} ${isMarked ? "here" : ""}`,
    open: open.has(card.id), ontoggle: () => {
      if (made.open) { open.add(card.id); reasons(made, card, article); } else open.delete(card.id);
    } },
  el("summary", {}, el("span", { class: "swatch", "aria-hidden": "true" }, SHAPES[card.kind === "judgement" ? card.sign : ""] || ""),
    el("span", {}, line, rest ? el("span", { class: "rest" }, ` ${rest}`) : null)));
  return made;
}
async function reasons(made, card, article) {
  if ($(".why", made)) return;
  const box = el("div", { class: "why" }, word("waiting"));
  made.append(box);
  try {
    const found = (await get("reasons", { id: article.id, row: card.id })).reasons;
    fill(box, el("p", { class: "small" }, word("why")),
      el("ul", {}, ...found.map((line) => el("li", {}, line))),
      el("p", { class: "small" }, el("a", { href: address({ ...inList, article: article.id, row: card.id }) }, word("link")),
        " ", el("code", {}, card.id)));
  } catch (error) { fill(box, word("failed", { why: error.message })); }
}

// A sentence with its marks: cut wherever anything begins or ends, each piece one element ---------------------------
const layerOf = (card) => (card.kind === "neutral" ? "judgement" : card.kind);
function marked(sentence, cards, hits) {
  const letters = Array.from(sentence.text), end = sentence.start + letters.length;
  const spans = cards.flatMap((card) => card.spans.map(([from, to, what]) => ({ from, to, what, card })))
    .filter((span) => span.from < end && span.to > sentence.start && span.from < span.to);
  const cuts = new Set([sentence.start, end]);
  for (const span of spans) { cuts.add(Math.max(span.from, sentence.start)); cuts.add(Math.min(span.to, end)); }
  const edges = [...cuts].sort((a, b) => a - b), parts = [];
  edges.slice(0, -1).forEach((from, place) => {
    const to = edges[place + 1], over = spans.filter((span) => span.from <= from && span.to >= to);
    for (const span of over) if (span.what === "quote" && span.from === from) {
      parts.push(el("small", {}, `[${span.card.source ? label(span.card.source) : word("nobody_speaks")}: `));
    }
    const text = letters.slice(from - sentence.start, to - sentence.start).join("");
    if (!over.length) parts.push(text);
    else {
      const ids = [...new Set(over.map((span) => span.card.id))];
      const kinds = [...new Set(over.flatMap((span) => [...span.what.split(" "), ...(hits.includes(span.card.id) && ["actor", "target", "agent", "patient"].includes(span.what) ? ["hit"] : [])]))].map((what) => `m-${what}`);
      const title = [...new Set(over.map((span) => tell(span.card)[0]))].join("; ");
      parts.push(el("span", { class: `m ${kinds.join(" ")}`, title, "data-ids": ids.join("\n") }, text));
    }
    const signs = new Set(over.filter((span) => span.to === to && span.what.startsWith("cue")).map((span) => span.what.slice(4)));
    for (const sign of signs) parts.push(el("sup", { class: sign }, SHAPES[sign]));
    for (const span of over) if (span.what === "quote" && span.to === to) parts.push(el("small", {}, "]"));
  });
  return parts;
}
function showSentence(sentence, article, hits, given = {}) {
  const visible = sentence.cards.filter((card) => state.layers.has(layerOf(card)) || hits.includes(card.id));
  const place = `${article.id}/${sentence.n}`, isUnfolded = unfolded.has(place) || state.all;
  // One judgement at a time: beside one that was asked for, others are marked when their cards are open.
  const isJudged = (card) => card.kind === "judgement" || card.kind === "neutral";
  const some = visible.some((card) => isJudged(card) && hits.includes(card.id)) && !isUnfolded;
  const marks = visible.filter((card) => hits.includes(card.id) || !(card.kind === "neutral" || (some && isJudged(card))));
  const order = (card) => (card.kind === "mention" ? 2 : card.kind === "neutral" ? 1 : 0);
  const rest = visible.filter((card) => !hits.includes(card.id)).sort((a, b) => order(a) - order(b));
  const listed = [...visible.filter((card) => hits.includes(card.id)).sort((a, b) => order(a) - order(b)), ...(isUnfolded ? rest : [])];
  const again = () => {
    const fresh = showSentence(sentence, article, hits, given);
    made.replaceWith(fresh);
    return fresh;
  };
  const fold = rest.length && !state.all ? button(
    isUnfolded ? word("less") : hits.length ? word("more", { n: rest.length }) : count("finding", rest.length),
    () => { unfolded[isUnfolded ? "delete" : "add"](place); $(".fold", again())?.focus(); },
    { class: "fold", "aria-expanded": String(isUnfolded) }) : null;
  const text = el("p", { class: "text", lang: article.language, dir: "auto", onclick: (event) => {
    const ids = event.target.closest(".m")?.dataset.ids.split("\n");
    if (!ids || String(getSelection())) return;
    ids.filter((id) => layerOf(visible.find((card) => card.id === id)) !== "mention" || ids.length === 1).forEach((id) => open.add(id));
    unfolded.add(place);
    $(`details[open]`, again())?.querySelector("summary").focus();
  } }, ...marked(sentence, marks, hits));
  const made = el("li", { id: `s-${place}`, tabindex: "-1", class: `sentence part-${sentence.part} ${given.isHere ? "here" : ""}`, value: sentence.n + 1 },
    el("span", { class: "n", title: word(`part_${sentence.part}`) }, String(sentence.n + 1)),
    el("div", {}, text,
      listed.length || fold ? el("div", { class: "cards" }, ...listed.map((card) => showCard(card, article, card.id === state.row)), fold ?? "") : null));
  return made;
}

// The parts of the page -----------------------------------------------------------------------------------------------
const about = (article) => [article.outlet && label(article.outlet), article.published].filter(Boolean).join(" · ");
const title = (article) => article.headline || article.id;
async function showActors() {
  const answer = await get("actors", { ...filter(), find: state.find || "", offset: state.from });
  const rows = answer.rows.map(([actor, mentions, , ...signs]) => {
    const total = signs.reduce((a, b) => a + b), pick = (sign) => () => go({ ...inList, from: state.from, actor, sign, kind: "", view: "sentences" });
    const bar = el("div", { class: `judged ${total < 3 ? "few" : ""}`, "aria-hidden": "true" },
      ...SIGNS.map((sign, k) => el("span", { class: sign, style: null, "data-n": signs[k], onclick: pick(sign) })));
    [...bar.children].forEach((part, k) => { part.style.flexGrow = signs[k]; part.hidden = !signs[k]; });
    return el("li", { class: state.actor === actor ? "here" : "" },
      button(label(actor), pick(""), { class: "name", "aria-pressed": String(state.actor === actor && !state.sign) }),
      el("span", { class: "total", title: word("mentions_of", { n: number(mentions) }) }, number(mentions)),
      total ? bar : null,
      total ? el("div", { class: "signs" }, ...SIGNS.map((sign, k) => signs[k] ? button(`${SHAPES[sign]} ${number(signs[k])}`, pick(sign), {
        class: sign, "aria-pressed": String(state.actor === actor && state.sign === sign),
        "aria-label": word("bar_of", { n: number(signs[k]), sign: word(sign), name: label(actor) }) }) : null).filter(Boolean)) : null);
  });
  fill($("#actors ol"), ...(rows.length ? rows : [el("li", {}, word("nothing"))]));
  const notes = [answer.rows.some(([actor]) => label(actor).endsWith(" *")) && word("unlisted"),
    answer.rows.some(([, , , a, b, c]) => a + b + c && a + b + c < 3) && word("few")].filter(Boolean);
  fill($("#actors-notes"), notes.join("; "));
  pager($("#actors .pager"), answer, state.from, "from");
}
function pager(box, answer, offset, key) {
  const first = answer.total ? offset + 1 : 0, last = offset + answer.rows.length, size = sizes[key === "from" ? "actors" : view()];
  const turn = (to) => () => { go({ [key]: to }); if (key === "offset") scrollTo(0, 0); };
  fill(box, ...(answer.total > answer.rows.length ? [
    button(word("previous"), turn(Math.max(0, offset - size)), { disabled: offset === 0 }),
    el("span", {}, word("page_of", { first: number(first), last: number(last), total: number(answer.total) })),
    button(word("next"), turn(offset + size), { disabled: last >= answer.total })] : []));
}
const view = () => (state.article ? "article" : state.view === "sentences" ? "sentences" : "articles");
let sizes = {};
async function showReading(turn) {
  const content = $("#content"), what = view();
  $("#find-article").hidden = what !== "articles";
  $("#layers").hidden = what === "articles";
  if (what === "article") return showArticle(turn);
  fill($("#meta"));
  const answer = await get(what, { ...(what === "articles" ? filter() : listed()), find: what === "articles" ? state.headline || "" : "", offset: state.offset });
  if (turn !== asked) return undefined;
  fill($("#reading-head"), count(what.slice(0, -1), answer.total));
  pager($("#reading .pager"), answer, state.offset, "offset");
  if (!answer.rows.length) return fill(content, el("p", {}, word("nothing")));
  if (what === "articles") {
    return fill(content, el("ul", { class: "articles" }, ...answer.rows.map(([id, headline, outlet, published, n]) => el("li", {},
      el("a", { href: address({ ...inList, article: id }) }, headline || id),
      el("span", { class: "small" }, [about({ outlet, published }), (state.actor || state.source || state.sign || state.kind) && count("finding", n)].filter(Boolean).join(" · "))))));
  }
  const groups = [];
  for (const row of answer.rows) {
    if (groups.at(-1)?.[0].article.id !== row.article.id) groups.push([]);
    groups.at(-1).push(row);
  }
  return fill(content, ...groups.map((rows) => el("article", {},
    el("h3", {}, el("a", { href: address({ ...inList, article: rows[0].article.id }), lang: rows[0].article.language }, title(rows[0].article)),
      el("span", { class: "small" }, about(rows[0].article))),
    el("ol", { class: "sentences" }, ...rows.map(({ article, sentence, hits }) => showSentence(sentence, article, hits))))));
}
async function showArticle(turn) {
  const { article, sentences } = await get("article", { id: state.article });
  if (turn !== asked) return;
  const asks = listed(), some = asks.actor || asks.source || asks.sign || state.kind;
  const hitsOf = (sentence) => begins(sentence).filter((card) => card.id === state.row || (some && passesCard(card, asks))).map((card) => card.id);
  if (state.row) open.add(state.row);
  fill($("#reading-head"), el("span", { lang: article.language }, title(article)));
  fill($("#reading .pager"));
  const back = el("a", { href: address({ article: "", row: "", all: "" }), class: "back" }, `‹ ${word("back")}`);
  const all = el("label", { class: "all" }, el("input", { type: "checkbox", checked: Boolean(state.all), onchange: (event) => go({ all: event.target.checked ? "1" : "" }) }), ` ${word("show_all")}`);
  const meta = [about(article), word("n_words", { n: number(article.n_words) }), article.source_file].filter(Boolean).join(" · ");
  const here = (sentence) => Boolean(state.row) && begins(sentence).some((card) => card.id === state.row);
  fill($("#meta"), el("p", { class: "meta" }, back, el("span", { class: "small" }, meta), all));
  fill($("#content"), el("ol", { class: "sentences whole" }, ...sentences.map((sentence) => showSentence(sentence, article, hitsOf(sentence), { isHere: here(sentence) }))));
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
function showFilters() {
  const form = $("#filters form");
  const options = {
    outlet: [["", word("all_outlets")], ...overview.outlets.map(([outlet, n]) => [outlet, `${label(outlet)} (${number(n)})`])],
    source: [["", word("all_sources")], ["any:quoted", word("quoted")], ...overview.sources.map(([source, n]) => [source, `${label(source)} (${number(n)})`])],
    sign: [["", word("all_signs")], ...SIGNS.map((sign) => [sign, `${SHAPES[sign]} ${word(sign)}`])],
    kind: [["", word("all_kinds")], ...KINDS.map((kind) => [kind, `${word(`kind_${kind}`)} (${number(overview.counts[kind])})`])],
  };
  for (const [name, rows] of Object.entries(options)) {
    if (state[name] && !rows.some(([value]) => value === state[name])) rows.push([state[name], label(state[name])]);
    fill(form.elements[name], ...rows.map(([value, text]) => el("option", { value, selected: (state[name] || "") === value }, text)));
  }
  for (const name of ["since", "until"]) form.elements[name].placeholder = word("date");
  for (const name of ["since", "until"]) if (document.activeElement !== form.elements[name]) form.elements[name].value = state[name] || "";
  const shown = { outlet: label, actor: label, source: (id) => (id === "any:quoted" ? word("quoted") : label(id)), sign: word, kind: (kind) => word(`kind_${kind}`) };
  fill($("#chips"), ...FILTER.filter((key) => state[key]).map((key) => {
    const text = shown[key] ? shown[key](state[key]) : `${word(key)} ${state[key]}`;
    return button(el("span", {}, key === "source" ? `${word("source")}: ${text}` : text, el("span", { "aria-hidden": "true" }, " ×")), () => go({ ...inList, article: state.article, [key]: "" }), { "aria-label": word("remove", { what: text }), class: state[key] === state.sign ? state.sign : "" });
  }));
}
function showFrame() {
  document.documentElement.lang = state.lang;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
  fill($("#home"), `Framewijs: ${overview.name}`);
  document.title = `${word("title")}: ${overview.name}`;
  fill($("#intro"), word("intro", { articles: number(overview.n_articles), sentences: number(overview.n_sentences), since: overview.since || word("undated"), until: overview.until || word("undated") }));
  $("#languages").setAttribute("aria-label", word("language"));
  fill($("#languages"), ...Object.keys(WORDS.title).map((lang) => button(lang.toUpperCase(), () => go({ lang }), { "aria-pressed": String(lang === state.lang), lang })));
  const tab = state.article ? "" : state.view === "actors" || (!state.view && !wide.matches) ? "actors" : view();
  document.body.dataset.tab = tab || "article";
  $("#views").setAttribute("aria-label", word("title"));
  fill($("#views"), ...["actors", "sentences", "articles"].map((name) => el("a", { href: address({ ...inList, from: state.from, view: name }), "data-view": name, "aria-current": name === tab || (name === "articles" && tab === "actors" && wide.matches) ? "page" : null }, word(name))));
  for (const [id, key, value] of [["find-actor", "find_actor", state.find], ["find-article", "find_article", state.headline]]) {
    const box = document.getElementById(id);
    box.placeholder = word(key);
    box.setAttribute("aria-label", word(key));
    if (document.activeElement !== box) box.value = value || "";
  }
  fill($("#keys dl"), ...[["j", "next"], ["k", "previous"], ["o", "open"], ["/", "find"], ["Esc", "back"], ["?", "help"]]
    .flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, word(`key_${what}`))]));
  fill($("#address"), location.href);
}
async function show() {
  const turn = ++asked, before = state.lang;
  parse();
  try {
    if (!overview || before !== state.lang) { names = {}; overview = await get("overview"); sizes = overview.sizes; }
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
  if (event.key === "Escape") { document.activeElement?.blur?.(); if (state.article) go({ article: "", row: "", all: "" }); return; }
  if (event.target.matches("input:not([type=checkbox]), select, textarea") || !$("#keys-on").checked) return;
  const acts = { j: () => move(1), k: () => move(-1), "/": () => { if (!wide.matches) go({ view: "actors" }); $("#find-actor").focus(); }, "?": () => $("#keys").showModal(),
    o: () => { const card = document.activeElement?.closest?.(".sentence")?.querySelector("details, .fold"); card?.matches("details") ? (card.open = !card.open) : card?.click(); } };
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
$("#reset").addEventListener("click", () => go({ ...inList, find: "", ...Object.fromEntries(FILTER.map((key) => [key, ""])) }));
$("#print").addEventListener("click", () => print());
$("#help").addEventListener("click", () => $("#keys").showModal());
$("#find-actor").addEventListener("input", (event) => later(() => quiet({ find: event.target.value, from: 0 })));
$("#find-article").addEventListener("input", (event) => later(() => quiet({ headline: event.target.value, offset: 0 })));
$("#filters").open = wide.matches;
$(".skip").addEventListener("click", (event) => { event.preventDefault(); $("#reading").focus(); });
try { $("#keys-on").checked = localStorage.getItem("keys") !== "off"; } catch { /* a file may have no storage */ }
$("#keys-on").addEventListener("change", (event) => { try { localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch { /* same */ } });
show();
})();
