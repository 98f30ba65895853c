"use strict";
// The console's behaviour: a cursor over items, verdicts by key or button, marks that light up.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const say = (text, bad = false) => {
  const box = one("#say");
  box.textContent = text;
  box.className = bad ? "bad" : "";
  clearTimeout(say.timer);
  if (text) say.timer = setTimeout(() => { box.textContent = ""; }, bad ? 9000 : 2500);
};
const NAMES = { open: "待核", confirmed: "属实", dismissed: "排除" };
const items = all(".item");
const onDesk = document.body.classList.contains("desk");
let here = -1;

function light(names) {
  all(".m.on, .jump.on").forEach((mark) => mark.classList.remove("on"));
  const found = names.flatMap((name) => all(`.m[data-m~="${name}"]`));
  found.forEach((mark) => mark.classList.add("on"));
  names.forEach((name) => all(`.jump[data-go="${name}"]`).forEach((button) => button.classList.add("on")));
  const seen = found.find((mark) => !mark.closest("[hidden]"));
  if (seen) seen.scrollIntoView({ block: "center", inline: "nearest" });
  else if (names.length) say("原文中没有可以标出的位置");
}

function go(index, scroll = true) {
  if (!items.length) return;
  here = Math.max(0, Math.min(items.length - 1, index));
  items.forEach((item, at) => item.classList.toggle("here", at === here));
  if (scroll) items[here].scrollIntoView({ block: "nearest" });
  if (onDesk) light(items[here].dataset.go.split(" "));
  else remember();
}

// The list that a report was opened from: its address, its reports in order, the finding that was on.
const LIST = "jihe-list";
const listed = () => { try { return JSON.parse(sessionStorage.getItem(LIST)); } catch { return null; } };
function remember() {
  const found = items.filter((item) => item.dataset.open).map((item) => item.dataset.open);
  if (found.length) sessionStorage.setItem(LIST, JSON.stringify({ url: location.href, opens: found, at: items[here].dataset.id }));
}
function nextReport() {
  const list = listed();
  if (!list) return say("先从“问题”列表打开报告，才知道下一份是哪份");
  const paths = list.opens.map((address) => address.split("#")[0]);
  const after = paths.findIndex((path, at) => at > paths.lastIndexOf(location.pathname) && path !== location.pathname);
  if (paths.includes(location.pathname) && after >= 0) location.href = list.opens[after];
  else say("列表这一页的报告都看过了，按 u 回到列表");
}

function next() {
  const open = items.findIndex((item, at) => at > here && item.dataset.status === "open");
  if (onDesk && open < 0 && !items.some((item) => item.dataset.status === "open")) return say("这份报告的问题都有结论了：按 . 打开下一份，按 u 回到列表");
  go(open >= 0 ? open : here + 1);
}

async function judge(targets, status) {
  if (document.body.dataset.role === "viewer") return say("您的账号只能查看", true);
  if (!targets.length) return say("请先选中问题", true);
  const form = one("#verdicts");
  const body = new URLSearchParams({ status, comment: one("#comment").value });
  targets.forEach((item) => body.append("pick", one("input[name=pick]", item).value));
  let answer;
  try {
    const sent = await fetch(form.action, { method: "POST", body, headers: { "accept": "application/json", "x-form-token": document.body.dataset.form } });
    answer = await sent.json();
    if (!answer.done) throw new Error(answer.error || "没有保存");
  } catch (error) {
    return say(error.message || "没有保存，请检查网络后再试", true);
  }
  answer.done.forEach((flag) => {
    const item = items.find((found) => found.dataset.id === String(flag.id));
    item.dataset.status = flag.status;
    const box = one("input[name=pick]", item);
    box.value = `${flag.id}:${flag.state}`;
    box.checked = false;
    const shown = one(".status", item);
    shown.className = `status ${flag.status}`;
    shown.textContent = NAMES[flag.status];
  });
  count();
  one("#comment").value = "";
  if (answer.refused.length) return say(answer.refused.map((one) => `${one.id}号：${one.message}`).join("；"), true);
  say(`已定为“${NAMES[status]}”${answer.done.length > 1 ? `：${answer.done.length}条` : ""}`);
  if (targets.length === 1 && targets[0] === items[here]) next();
}

function count() {
  const picked = all("input[name=pick]:checked").length;
  if (one("#picked")) one("#picked").textContent = picked ? `已选 ${picked} 条` : "未选";
}

function cycle() {
  const lit = one(".jump.on[data-cycle]");
  const places = lit ? lit.dataset.cycle.split(" ") : (items[here] ? all(".jump[data-go]", items[here]).map((b) => b.dataset.go) : []);
  if (!places.length) return;
  const now = lit ? places.indexOf(lit.dataset.go) : (cycle.at ?? -1);
  cycle.at = (now + 1) % places.length;
  light([places[cycle.at]]);
}

const picked = () => items.filter((item) => { const box = one("input[name=pick]", item); return box && box.checked; });
const KEYS = {
  j: () => go(here + 1),
  k: () => go(here - 1),
  c: () => judge(picked().length ? picked() : items.slice(here, here + 1), "confirmed"),
  d: () => judge(picked().length ? picked() : items.slice(here, here + 1), "dismissed"),
  o: () => { if (items[here] && items[here].dataset.open) location.href = items[here].dataset.open; },
  Enter: () => KEYS.o(),
  x: () => { const box = items[here] && one("input[name=pick]", items[here]); if (box) { box.checked = !box.checked; count(); } },
  n: () => { if (one("#comment")) one("#comment").focus(); },
  p: cycle,
  u: () => { if (onDesk) { const list = listed(); location.href = list ? list.url : "/flags"; } },
  ".": () => { if (onDesk) nextReport(); },
  "?": () => one("#help") && one("#help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) {
    if (event.key === "Escape" && event.target.matches("input")) event.target.blur();
    return;
  }
  if (event.target.matches("input:not([type=checkbox]), textarea, select") || one("dialog[open]")) return;
  if (event.key === "Enter" && event.target.matches("button, a, summary")) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-verdict], [data-help], [data-key], [data-close], [data-everything], #everything [data-seen], .mend, [data-tab], [data-show], .jump, .m, .item");
  if (!target) return;
  if (target.dataset.verdict) { go(items.indexOf(target.closest(".item"))); judge([items[here]], target.dataset.verdict); }
  else if ("everything" in target.dataset) one("#everything").showModal();
  else if (target.dataset.seen && target.closest("#everything")) one("#everything [name=seen]").value = target.dataset.seen;
  else if ("filing" in target.dataset) { one("#filing").showModal(); one("#filing [name=department]").select(); }
  else if (target.matches(".mend")) mend(target.dataset);
  else if ("close" in target.dataset) target.closest("dialog").close();
  else if ("help" in target.dataset) KEYS["?"]();
  else if (target.dataset.key) KEYS[target.dataset.key]();
  else if (target.dataset.tab) tab(target.dataset.tab);
  else if (target.dataset.show) show(target.dataset.show);
  else if (target.matches(".jump")) light([target.dataset.go]);
  else if (target.matches(".m")) fromDocument(target.dataset.m.split(" "));
  else if (!event.target.closest("a, input, button, summary")) go(items.indexOf(target), false);
});

function tab(name) {
  all("[data-tab]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.tab === name));
  all(".tab").forEach((box) => { box.hidden = box.id !== `tab-${name}`; });
}

function show(name) {
  all("[data-show]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.show === name));
  all("[data-view]").forEach((box) => { box.hidden = box.dataset.view !== name; });
  const lit = all(".m.on").find((mark) => !mark.closest("[hidden]"));
  if (lit) lit.scrollIntoView({ block: "center" });
}

function fromDocument(names) {
  const flag = names.find((name) => name[0] === "g");
  const fact = names.find((name) => name[0] === "f");
  if (flag) { tab("flags"); go(items.findIndex((item) => item.dataset.id === flag.slice(1))); }
  else if (fact) {
    tab("facts");
    light([fact]);
    const button = one(`.jump[data-go="${fact}"]`);
    if (button) button.scrollIntoView({ block: "center" });
  }
}

const verdicts = one("#verdicts");
if (verdicts) verdicts.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter && event.submitter.name === "status") judge(picked(), event.submitter.value);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file]")) one("[data-picked]", event.target.form).textContent = [...event.target.files].map((file) => file.name).slice(0, 3).join("、") + (event.target.files.length > 3 ? ` 等${event.target.files.length}个` : "");
  if (event.target.id === "all") { all("input[name=pick]").forEach((box) => { box.checked = event.target.checked; }); }
  if (event.target.id === "unexplained") document.body.classList.toggle("unexplained", event.target.checked);
  count();
});

const UNITS = { money: "（万元）", percent: "（%）", points: "（分）", count: "（人或个）", grade: "（优、良、中、低、差）", date: "（如2024-03-20）", text: "" };
const mending = one("#mending");
function mend(given) {
  const form = one("form", mending);
  for (const name of ["place", "seen", "concept", "value", "subject", "period", "stage"]) form.elements[name].value = given[name];
  form.elements.comment.value = "";
  one("[data-read]", mending).textContent = given.read;
  one("[data-by]", mending).textContent = given.by;
  one("[data-restore]", mending).hidden = !given.by;
  unit();
  mending.showModal();
  form.elements.value.select();
}
function unit() {
  one("[data-unit]", mending).textContent = UNITS[one("[name=concept]", mending).selectedOptions[0].dataset.kind] || "";
}
if (mending) one("[name=concept]", mending).addEventListener("change", unit);

const typed = one("input[list=departments]");
if (typed) typed.addEventListener("input", () => {
  clearTimeout(typed.waiting);
  typed.waiting = setTimeout(async () => {
    const found = await (await fetch(`/suggestions?q=${encodeURIComponent(typed.value)}`)).json();
    one("#departments").replaceChildren(...found.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }, 150);
});

function arrive() {
  if (["#facts", "#file"].includes(location.hash) && onDesk) { tab(location.hash.slice(1)); return; }
  const wanted = location.hash.slice(2);
  const list = onDesk ? null : listed();
  const last = list && list.url === location.href ? list.at : "";
  const index = items.findIndex((item) => item.dataset.id === (wanted || last));
  if (items.length) go(index >= 0 ? index : 0);
}
addEventListener("hashchange", arrive);
arrive();

const drop = one("form.drop");
if (drop) {
  const send = (files) => {
    const large = [...files].reduce((sum, file) => sum + file.size, 0);
    if (large > drop.dataset.most) return say(`这些文件共${Math.ceil(large / 2 ** 20)}MB，一次最多${Math.ceil(drop.dataset.most / 2 ** 20)}MB，请分几次上传`, true);
    if (files.length > drop.dataset.files) return say(`一次最多上传${drop.dataset.files}个文件，请分几次上传`, true);
    const body = new FormData();
    [...files].forEach((file) => body.append("files", file));
    const sending = new XMLHttpRequest();
    sending.open("POST", drop.action);
    sending.setRequestHeader("accept", "application/json");
    sending.setRequestHeader("x-form-token", document.body.dataset.form);
    one("progress", drop).hidden = false;
    sending.upload.onprogress = (event) => { one("progress", drop).value = event.loaded / event.total; };
    sending.onerror = () => say("上传中断，请检查网络或文件大小", true);
    sending.onload = () => {
      one("progress", drop).hidden = true;
      let found = { message: "文件太大或上传失败" };
      try { found = JSON.parse(sending.responseText); } catch { /* not ours */ }
      say(found.message || found.error, sending.status !== 200);
      if (found.next) setTimeout(() => { location.href = found.next; }, sending.status === 200 ? 2500 : 9000);
    };
    sending.send(body);
  };
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); send(event.dataTransfer.files); });
  drop.addEventListener("submit", (event) => { event.preventDefault(); send(one("input[type=file]", drop).files); });
}

if (one("[data-running]")) setTimeout(() => { if (!one("input[type=file]").files.length) location.reload(); }, 4000);
