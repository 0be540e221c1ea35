// Actors and their numbers, alone and with their parts; each number is the way to its sentences.

// The numbers of an actor as a bar and as buttons, each the way to its sentences; with its parts where that is asked.
const pick = (actor, parts, sign = "") => () => go({ ...inList, from: state.from, actor, parts, sign, kind: "", search: "", view: "sentences" });
const isPicked = (actor, parts, sign = "") => state.actor === actor && (state.parts || "") === parts && (state.sign || "") === sign;
const nameOf = (actor, parts) => (parts ? word("with_parts", { name: label(actor) }) : label(actor));
const signButton = (actor, parts, sign, n) => (n ? button(`${SHAPES[sign]} ${number(n)}`, pick(actor, parts, sign), {
  class: sign, "aria-pressed": String(isPicked(actor, parts, sign)),
  "aria-label": word("bar_of", { n: number(n), sign: word(sign), name: nameOf(actor, parts) }) }) : null);
function showJudged(actor, parts, signs) {
  const total = signs.reduce((a, b) => a + b);
  if (!total) return [];
  const bar = el("div", { class: `judged ${total < 3 ? "few" : ""}`, "aria-hidden": "true" },
    ...SIGNS.map((sign, k) => el("span", { class: sign, "data-n": signs[k], onclick: pick(actor, parts, sign) })));
  [...bar.children].forEach((part, k) => { part.style.flexGrow = signs[k]; part.hidden = !signs[k]; });
  return [bar, el("div", { class: "signs" }, ...SIGNS.map((sign, k) => signButton(actor, parts, sign, signs[k])))];
}
const showName = (actor) => button(label(actor), pick(actor, ""), { class: "name", "aria-pressed": String(isPicked(actor, "")) });
const showMentions = (n) => el("span", { class: "total", title: word("mentions_of", { n: number(n) }) }, number(n));
const indent = (made, depth) => { made.style.paddingLeft = `${0.5 + 0.8 * Math.min(depth, 5)}rem`; return made; };
function showWhole(actor, { total: [mentions, , ...signs], parts }) {
  const key = `parts of ${actor}`, isOpen = unfolded.has(key);
  const made = el("div", { class: "with-parts" },
    button(count("part", parts.length), () => {
      unfolded[isOpen ? "delete" : "add"](key);
      const fresh = showWhole(actor, { total: [mentions, 0, ...signs], parts });
      made.replaceWith(fresh);
      $(".fold", fresh).focus();
    }, { class: "fold", "aria-expanded": String(isOpen), "aria-label": `${label(actor)}: ${count("part", parts.length)}` }),
    button(number(mentions), pick(actor, "1"), { class: "total", "aria-pressed": String(isPicked(actor, "1")),
      "aria-label": `${nameOf(actor, "1")}: ${word("mentions_of", { n: number(mentions) })}` }),
    ...showJudged(actor, "1", signs),
    isOpen ? el("ul", { class: "parts" }, ...parts.map(([part, depth, n, , ...of]) => indent(el("li", { class: state.actor === part ? "here" : "" },
      showName(part), showMentions(n), ...showJudged(part, "", of)), depth - 1))) : null);
  return made;
}
async function showActors() {
  const answer = await get("actors", { ...filter(), find: state.find || "", offset: state.from });
  const rows = answer.rows.map(([actor, mentions, , ...signs]) => el("li", { class: state.actor === actor ? "here" : "" },
    showName(actor), showMentions(mentions), ...showJudged(actor, "", signs),
    Object.hasOwn(answer.wholes, actor) ? showWhole(actor, answer.wholes[actor]) : null));
  fill($("#actors ol"), ...(rows.length ? rows : [el("li", {}, word("nothing"))]));
  const notes = [answer.rows.some(([actor]) => label(actor).endsWith(" *")) && word("unlisted"),
    answer.rows.some(([, , , a, b, c]) => a + b + c && a + b + c < 3) && word("few"),
    Object.keys(answer.wholes).length && word("whole_counted")].filter(Boolean);
  fill($("#actors-notes"), notes.join("; "));
  pager($("#actors .pager"), answer, state.from, "from");
}
// One actor: its own numbers beside those with its parts, each number counted once.
async function showActor() {
  const { above, rows, total } = await get("actor", filter());
  if (rows.length < 2 && !above.length) return null;
  const key = `table of ${state.actor}`, isOpen = unfolded.has(key);
  const line = (name, parts, depth, [mentions, quotes, ...rest]) => {
    const sentences = rest.pop(), signs = rest;
    return el("tr", { class: depth ? "part" : "" }, el("th", { scope: "row" }, name), ...[mentions, sentences, quotes].map((n) => el("td", {}, number(n))),
      ...SIGNS.map((sign, k) => el("td", {}, signButton(parts.actor, parts.parts, sign, signs[k]) ?? number(0))));
  };
  const choose = (actor, parts) => button(nameOf(actor, parts), pick(actor, parts), { class: "name", "aria-pressed": String(isPicked(actor, parts, state.sign)) });
  const heads = [...["mentioned", "in_sentences", "quotes"].map((name) => word(name)), ...SIGNS.map((sign) => el("span", { class: sign, title: word(sign), "aria-label": word(sign), role: "img" }, SHAPES[sign]))];
  const table = rows.length > 1 ? el("table", { class: "counts" },
    el("thead", {}, el("tr", {}, el("td", {}), ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, line(choose(state.actor, ""), { actor: state.actor, parts: "" }, 0, rows[0].slice(2)),
      line(choose(state.actor, "1"), { actor: state.actor, parts: "1" }, 0, total),
      el("tr", {}, el("td", { colspan: "7" }, button(count("part", rows.length - 1), async () => {
        unfolded[isOpen ? "delete" : "add"](key);
        fill($("#meta"), await showActor());
        $("#meta .fold").focus();
      }, { class: "fold", "aria-expanded": String(isOpen) }))),
      ...(isOpen ? rows.slice(1).map(([part, depth, ...n]) => {
        const made = line(choose(part, ""), { actor: part, parts: "" }, depth, n);
        indent($("th", made), depth);
        return made;
      }) : []))) : null;
  return el("div", { class: "actor" },
    above.length ? el("p", { class: "small" }, word("is_part_of"), " ", ...above.flatMap((whole, at) => [at ? " › " : "", el("a", { href: address({ ...inList, actor: whole, parts: "1", sign: "", kind: "", view: "sentences" }) }, label(whole))])) : null,
    table);
}
