// A sentence with what was found in it: marks in its text, and a card with its reasons for each finding.

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
      el("p", { class: "small" }, el("a", { href: address({ ...inArticle, article: article.id, row: card.id }) }, word("link")),
        " ", el("code", {}, card.id)));
  } catch (error) { fill(box, word("failed", { why: error.message })); }
}

// A sentence with its marks: cut wherever anything begins or ends, each piece one element ---------------------------
const layerOf = (card) => (card.kind === "neutral" ? "judgement" : card.kind);
function marked(sentence, cards, hits, found = []) {
  const letters = Array.from(sentence.text), end = sentence.start + letters.length;
  const spans = cards.flatMap((card) => card.spans.map(([from, to, what]) => ({ from, to, what, card })))
    .filter((span) => span.from < end && span.to > sentence.start && span.from < span.to);
  const cuts = new Set([sentence.start, end]);
  for (const span of spans) { cuts.add(Math.max(span.from, sentence.start)); cuts.add(Math.min(span.to, end)); }
  const words = found.map(([from, to]) => [sentence.start + from, sentence.start + to]);
  for (const place of words.flat()) cuts.add(place);
  const edges = [...cuts].sort((a, b) => a - b), parts = [];
  edges.slice(0, -1).forEach((from, place) => {
    const to = edges[place + 1], over = spans.filter((span) => span.from <= from && span.to >= to);
    for (const span of over) if (span.what === "quote" && span.from === from) {
      parts.push(el("small", {}, `[${span.card.source ? label(span.card.source) : word("nobody_speaks")}: `));
    }
    const letter = letters.slice(from - sentence.start, to - sentence.start).join("");
    const text = words.some(([start, stop]) => start <= from && stop >= to) ? el("mark", {}, letter) : letter;
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
  } }, ...marked(sentence, marks, hits, given.found));
  const made = el("li", { id: `s-${place}`, tabindex: "-1", class: `sentence part-${sentence.part} ${given.isHere ? "here" : ""}`, value: sentence.n + 1 },
    el("span", { class: "n", title: word(`part_${sentence.part}`) }, String(sentence.n + 1)),
    el("div", {}, text,
      listed.length || fold ? el("div", { class: "cards" }, ...listed.map((card) => showCard(card, article, card.id === state.row)), fold ?? "") : null));
  return made;
}
