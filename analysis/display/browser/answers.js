// What the page asks for, where no server answers: from the data that a page in a file holds. The same questions have
// the same answers as those of the server (queries.py, searching.py, full_text.py).
const ANSWERS = (() => {
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const DATA = read("data"), SIGNS = ["negative", "neutral", "positive"], TITLE = -1;
const page = (rows, offset, size) => ({ total: rows.length, rows: rows.slice(+offset || 0, (+offset || 0) + size) });
const has = (text, part) => (text || "").toLocaleLowerCase().includes(part.trim().toLocaleLowerCase());

// Who is part of whom --------------------------------------------------------------------------------------------
let partOf = DATA ? DATA.overview.part_of : [], last = {};
const knowParts = (pairs) => { partOf = pairs; last = {}; };
function below(actor) {
  const found = new Map([[actor, 0]]);
  const add = (whole, depth) => {
    for (const [part, of] of partOf) if (of === whole && !found.has(part)) { found.set(part, depth); add(part, depth + 1); }
  };
  add(actor, 1);
  return [...found].slice(1);
}
function above(actor) {
  const of = new Map(partOf), found = [actor];
  while (of.has(found.at(-1)) && !found.includes(of.get(found.at(-1)))) found.push(of.get(found.at(-1)));
  return found.slice(1);
}
const members = (actor) => [actor, ...below(actor).map(([part]) => part)];
function meant(ask) {
  if (last.actor !== ask.actor || last.parts !== ask.parts) {
    last = { actor: ask.actor, parts: ask.parts, found: new Set(ask.parts ? members(ask.actor) : [ask.actor]) };
  }
  return last.found;
}

// What passes a filter ---------------------------------------------------------------------------------------------
const begins = (sentence) => sentence.cards.filter((card) => card.n === sentence.n);
function passesArticle(article, ask) {
  if (ask.outlet && article.outlet !== ask.outlet) return false;
  if (!ask.since && !ask.until) return true;
  const date = article.published || "", until = ask.until && ask.until.length < date.length ? ask.until + "~" : ask.until;
  return Boolean(date) && (!ask.since || date >= ask.since.slice(0, date.length)) && (!until || date <= until.slice(0, date.length));
}
const passesCard = (card, ask, withNeutral = false) =>
  (!ask.actor || card.about.some((actor) => meant(ask).has(actor))) && (!ask.sign || card.sign === ask.sign) &&
  (!ask.source || (ask.source === "any:quoted" ? card.source && card.source !== "author" : card.source === ask.source)) &&
  (ask.kind ? ask.kind.split(",").includes(card.kind) : ask.sign || withNeutral || card.kind !== "neutral");
const asksForFindings = (ask) => Boolean(ask.actor || ask.source || ask.sign || ask.kind);
const passing = (sentence, ask) => begins(sentence).filter((card) => passesCard(card, ask));

// Actors, alone and with their parts -------------------------------------------------------------------------------
const mainOf = (card) => card.main ?? card.about[0];
function* cardsAbout(ask) {
  const narrowed = { ...ask, actor: "", parts: "", sign: "", kind: "" };
  for (const [number, shown] of DATA.articles.entries()) {
    if (!passesArticle(shown.article, ask)) continue;
    for (const sentence of shown.sentences) for (const card of begins(sentence)) {
      if (card.about.length && passesCard(card, narrowed, true)) yield [card, `${number}/${sentence.n}`];
    }
  }
}
function countActors(ask) {
  const own = new Map(DATA.actors.map((actor) => [actor, [0, 0, 0, 0, 0]]));
  for (const [card] of cardsAbout(ask)) {
    const to = own.get(mainOf(card));
    if (card.kind === "mention") to[0]++;
    if (card.kind === "quote") to[1]++;
    if (card.sign) to[2 + SIGNS.indexOf(card.sign)]++;
  }
  const total = new Map(own);
  for (const whole of new Set(partOf.map(([, of]) => of))) {
    total.set(whole, [0, 1, 2, 3, 4].map((at) => members(whole).reduce((sum, member) => sum + own.get(member)[at], 0)));
  }
  return { own, total, counts: (actor) => total.get(actor).some(Boolean) };
}

// Words in texts ---------------------------------------------------------------------------------------------------
const folded = new Map(), kept = new WeakMap();
function fold(letter) {
  if (!folded.has(letter)) {
    const plain = letter.toLowerCase().normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "");
    folded.set(letter, Array.from(plain, (part) => DATA.search.letters[part] ?? part).join(""));
  }
  return folded.get(letter);
}
function readWords(text) {
  const letters = Array.from(text).map(fold), places = letters.flatMap((made, place) => Array(made.length).fill(place));
  return [...letters.join("").matchAll(/[\p{L}\p{N}]+/gu)].map((found) => {
    let end = places[found.index + found[0].length - 1] + 1;
    while (end < letters.length && !letters[end]) end++;
    return { word: found[0], start: places[found.index], end };
  });
}
function readTerms(question) {
  const terms = new Map();
  for (const [, quoted, loose] of question.replace(/[“”„«»]/g, '"').matchAll(/"([^"]*)"|(\S+)/g)) {
    const words = readWords(quoted || loose || "").map(({ word }) => word);
    if (words.length) terms.set(`${words} ${Boolean(quoted)}`, { words, isWhole: Boolean(quoted) });
  }
  const n = [...terms.values()].reduce((sum, term) => sum + term.words.length, 0), { most_terms, most_letters } = DATA.search;
  if (n > most_terms || Array.from(question).length > most_letters) {
    throw new Error(`search: look for at most ${most_terms} words of ${most_letters} letters together`);
  }
  return [...terms.values()];
}
const stands = (term, words) => words.length === term.words.length && words.every(({ word }, at) =>
  (term.isWhole || at < words.length - 1 ? word === term.words[at] : word.startsWith(term.words[at])));
const findSpans = (words, terms) => terms.map((term) => words.map((_, at) => words.slice(at, at + term.words.length))
  .filter((row) => stands(term, row)).map((row) => [row[0].start, row.at(-1).end]));
function joinSpans(spans) {
  const joined = [];
  for (const [start, end] of spans.flat().sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (joined.length && start < joined.at(-1)[1]) joined.at(-1)[1] = Math.max(end, joined.at(-1)[1]);
    else joined.push([start, end]);
  }
  return joined;
}
function textsOf(shown) {
  if (!kept.has(shown)) {
    const texts = shown.sentences.map((sentence) => ({ n: sentence.n, part: sentence.part, text: sentence.text, sentence }));
    const title = shown.article.headline;
    if (title && !texts.some(({ part }) => part === "headline")) texts.unshift({ n: TITLE, part: "headline", text: title });
    kept.set(shown, texts.map((text) => ({ ...text, words: readWords(text.text) })));
  }
  return kept.get(shown);
}
function chooseFewest(held) {
  const missing = new Set(held.flatMap((terms) => [...terms])), chosen = [];
  while (missing.size) {
    const adds = held.map((terms) => [...terms].filter((term) => missing.has(term)).length);
    const best = adds.indexOf(Math.max(...adds));
    chosen.push(best);
    for (const term of held[best]) missing.delete(term);
  }
  return chosen.sort((a, b) => a - b);
}
function search(ask) {
  const terms = readTerms(ask.search || ""), some = asksForFindings(ask), whole = [], others = [];
  for (const shown of terms.length ? DATA.articles : []) {
    if (!passesArticle(shown.article, ask)) continue;
    const hasFinding = ({ sentence }) => !some || Boolean(sentence && passing(sentence, ask).length);
    const texts = textsOf(shown).filter(hasFinding).map((text) => ({ ...text, spans: findSpans(text.words, terms) }));
    const found = texts.filter((text) => text.spans.every((places) => places.length));
    for (const text of found) whole.push({ is_whole: true, article: shown.article, sentences: [text] });
    if (!found.length && terms.every((_, at) => texts.some(({ spans }) => spans[at].length))) {
      const held = texts.map(({ spans }) => new Set(terms.map((_, at) => at).filter((at) => spans[at].length)));
      others.push({ is_whole: false, article: shown.article, sentences: chooseFewest(held).map((at) => texts[at]) });
    }
  }
  const { own, counts } = countActors(ask);
  const labels = (actor) => readWords([...new Set(Object.values(DATA.names).map((names) => names[actor]))].sort().join("\n"));
  const actors = terms.length ? DATA.actors.filter((actor) => counts(actor) && findSpans(labels(actor), terms).every((places) => places.length)) : [];
  actors.sort((a, b) => own.get(b)[0] - own.get(a)[0]);
  const answer = page([...whole, ...others], ask.offset, DATA.sizes.search);
  for (const row of answer.rows) row.sentences = row.sentences.map((text) => ({ ...text, found: joinSpans(text.spans) }));
  return { ...answer, n_sentences: whole.length, n_articles: others.length, n_actors: actors.length,
    actors: actors.slice(0, DATA.search.most_names).map((actor) => [actor, own.get(actor)[0]]) };
}

const local = {
  search,
  overview: (ask) => ({ ...DATA.overview, names: DATA.names[ask.lang] }),
  actors(ask) {
    const { own, total, counts } = countActors(ask), wholes = {};
    const found = DATA.actors.filter((actor) => counts(actor) && (!ask.find || has(DATA.names[ask.lang][actor], ask.find)));
    found.sort((a, b) => own.get(b)[0] - own.get(a)[0]);
    const answer = page(found.map((actor) => [actor, ...own.get(actor)]), ask.offset, DATA.sizes.actors);
    for (const [actor] of answer.rows) {
      const parts = below(actor).filter(([part]) => counts(part)).map(([part, depth]) => [part, depth, ...own.get(part)]);
      if (parts.length) wholes[actor] = { total: total.get(actor), parts };
    }
    return { ...answer, wholes };
  },
  actor(ask) {
    const { own, total, counts } = countActors(ask), of = [[ask.actor, 0], ...below(ask.actor)].filter(([actor]) => own.has(actor));
    const places = new Map(of.map(([actor]) => [actor, new Set()])), together = new Set();
    for (const [card, place] of cardsAbout(ask)) if (card.kind === "mention" && places.has(mainOf(card))) {
      places.get(mainOf(card)).add(place);
      together.add(place);
    }
    return { above: above(ask.actor), total: [...(total.get(ask.actor) || [0, 0, 0, 0, 0]), together.size],
      rows: of.filter(([actor, depth]) => !depth || counts(actor)).map(([actor, depth]) => [actor, depth, ...own.get(actor), places.get(actor).size]) };
  },
  articles(ask) {
    const rows = [], some = asksForFindings(ask);
    for (const { article, sentences } of DATA.articles) {
      if (!passesArticle(article, ask) || (ask.find && !has(article.headline || article.id, ask.find))) continue;
      const n = sentences.reduce((sum, sentence) => sum + passing(sentence, ask).length, 0);
      if (n || !some) rows.push([article.id, article.headline, article.outlet, article.published, n]);
    }
    return page(rows, ask.offset, DATA.sizes.articles);
  },
  sentences(ask) {
    const rows = [];
    for (const { article, sentences } of DATA.articles) {
      if (!passesArticle(article, ask)) continue;
      for (const sentence of sentences) {
        const hits = passing(sentence, ask).map((card) => card.id);
        if (hits.length) rows.push({ article, sentence, hits });
      }
    }
    return page(rows, ask.offset, DATA.sizes.sentences);
  },
  article(ask) {
    const shown = DATA.articles.find(({ article }) => article.id === ask.id), terms = readTerms(ask.search || "");
    if (!shown) throw new Error(ask.id);
    const spans = textsOf(shown).map(({ n, words }) => [n, joinSpans(findSpans(words, terms))]);
    return { ...shown, found: Object.fromEntries(spans.filter(([, places]) => places.length)) };
  },
  reasons: (ask) => ({ reasons: DATA.reasons[ask.lang][ask.row] || [] }),
};
return { DATA, SIGNS, begins, knowParts, local, passesCard, read };
})();
