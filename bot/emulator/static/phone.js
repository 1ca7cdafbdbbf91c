// One phone: a person looking at one chat.
import { bubble, make } from "./bubble.js";
import { Composer } from "./composer.js";
import { post } from "./people.js";

const TAP_WAIT_MS = 8000;
const TOAST_MS = 5000;
const SAMPLE_PHONE = "+441632960001";

export class Phone {
  constructor(state, person, events) {
    this.state = state;
    this.person = person;
    this.chatId = person.chat_id;
    this.events = events;
    this.element = document.querySelector("#phone").content.firstElementChild.cloneNode(true);
    this.shown = new Map();
    this.waiting = new Set();
    this.taps = new Map();
    this.atBottom = true;
    this.composer = new Composer(this);
    this.wire();
    this.reload();
  }

  $(selector) { return this.element.querySelector(selector); }

  get chat() { return this.state().groups.find((g) => g.chat_id === this.chatId); }

  focus() { this.composer.focus(); }

  wire() {
    const on = (selector, event, act) => this.$(selector).addEventListener(event, act.bind(this));
    on(".person", "change", this.becomeOther);
    on(".chat", "change", (event) => { this.chatId = Number(event.target.value); this.reload(); });
    on(".block", "click", () => this.act(this.person.blocked ? "unblock" : "block", {}));
    on(".close", "click", () => this.events.closed());
    on(".start", "click", this.start);
    on(".newest", "click", () => this.toEnd());
    on(".log", "scroll", () => {
      this.atBottom = this.atEnd();
      if (this.atBottom) this.$(".newest").hidden = true;
    });
    // Pictures and keyboards change the height: who reads the newest message keeps seeing it.
    const stay = () => { if (this.atBottom) this.toEnd(); };
    this.$(".log").addEventListener("load", stay, true);
    new ResizeObserver(stay).observe(this.$(".log"));
  }

  becomeOther(event) {
    this.person = this.state().persons.find((p) => p.key === event.target.value);
    this.chatId = this.person.chat_id;
    this.reload();
    this.events.changed();
  }

  async reload() {
    const { persons, groups, bot } = this.state();
    this.person = persons.find((p) => p.key === this.person.key) ?? this.person;
    this.element.setAttribute("aria-label", `${this.person.first_name}'s phone`);
    this.$("textarea").setAttribute("aria-label", `Message as ${this.person.first_name}`);
    this.$(".person").replaceChildren(...persons.map((p) => new Option(p.first_name, p.key, false, p.key === this.person.key)));
    const chats = [[bot.first_name, this.person.chat_id], ...groups.filter((g) => g.members.includes(this.person.id)).map((g) => [g.title, g.chat_id])];
    this.$(".chat").replaceChildren(...chats.map(([name, id]) => new Option(name, id, false, id === this.chatId)));
    const title = chats.find(([, id]) => id === this.chatId)?.[0] ?? bot.first_name;
    this.$(".avatar").textContent = title.slice(0, 1).toUpperCase();
    this.$(".log").setAttribute("aria-label", `Messages with ${title}`);
    this.composer.calm();
    // What changes while the chat is fetched is applied after it; a chat that was left meanwhile is not shown.
    const meanwhile = [];
    this.meanwhile = meanwhile;
    const response = await fetch(`/emulator/chats/${this.chatId}`);
    const chat = response.ok ? await response.json() : { messages: [], waiting: [], seq: 0 };
    if (this.meanwhile !== meanwhile) return;
    this.meanwhile = null;
    this.seq = chat.seq;
    this.keyboard = chat.keyboard;
    this.waiting = new Set(chat.waiting);
    this.shown.clear();
    this.$(".log").replaceChildren();
    for (const message of chat.messages) this.show(message);
    this.showState();
    this.toEnd();
    for (const change of meanwhile) this.apply(change);
  }

  apply(change) {
    if (this.meanwhile) {
      this.meanwhile.push(change);
      return;
    }
    if (change.chat_id === this.chatId && change.seq > this.seq) {
      this.seq = change.seq;
      this[`on_${change.kind}`]?.(change.content);
    }
    if (["chat", "member"].includes(change.kind)) this.showState();
  }

  on_message(message) {
    const follow = this.atEnd() || message.from.id === this.person.id;
    if (message.from.id === this.person.id) this.waiting.add(message.message_id);
    this.show(message);
    this.status("");
    this.showState();
    if (follow) this.toEnd(); else this.$(".newest").hidden = false;
  }

  on_edit(message) {
    const follow = this.atEnd();
    this.show(message);
    if (follow) this.toEnd();
  }

  on_delete({ message_id: id }) {
    this.shown.get(id)?.element.remove();
    this.shown.delete(id);
  }

  on_delivered({ message_id: id }) {
    this.waiting.delete(id);
    if (this.shown.has(id)) this.show(this.shown.get(id).message);
  }

  on_reaction({ message_id: id, reaction }) {
    const line = this.shown.get(id)?.element.querySelector(".meta");
    line?.prepend(...reaction.map((r) => `${r.emoji} `));
  }

  on_keyboard(keyboard) { this.keyboard = keyboard.keyboard ? keyboard : null; this.showState(); this.toEnd(); }

  on_action() { this.status("typing…"); }

  on_answer(answer) {
    this.taps.get(answer.callback_query_id)?.();
    if (answer.user_id !== this.person.id || !answer.text) return;
    if (!answer.show_alert) { this.toast(answer.text); return; }
    this.$("dialog.alert p").textContent = answer.text;
    this.$("dialog.alert").showModal();
  }

  show(message) {
    const id = message.message_id;
    const own = message.from.id === this.person.id;
    const element = bubble(message, {
      own,
      named: !own && this.chatId < 0,
      waiting: this.waiting.has(id),
      say: (text) => this.act("say", { text }),
      tap: (key, data) => this.tap(key, data, id),
      edit: (which) => this.composer.enter("Edit", which),
      answer: (which) => this.composer.enter("Reply to", which),
    });
    const before = this.shown.get(id)?.element;
    if (before) before.replaceWith(element); else this.append(message, element);
    this.shown.set(id, { element, message });
  }

  append(message, element) {
    const log = this.$(".log");
    const day = new Date(message.date * 1000).toLocaleDateString([], { day: "numeric", month: "long" });
    if (log.dataset.day !== day || !log.childElementCount) log.append(make("p", "day", day));
    log.dataset.day = day;
    const last = log.lastElementChild;
    const same = message.media_group_id && last?.dataset.album === message.media_group_id;
    const sender = String(message.from.id);
    element.dataset.sender = sender;
    if (message.media_group_id) element.dataset.album = message.media_group_id;
    element.classList.toggle("joined", same || last?.dataset.sender === sender);
    log.append(element);
  }

  showState() {
    const { persons } = this.state();
    const group = this.chat;
    this.person = persons.find((p) => p.key === this.person.key) ?? this.person;
    const blocked = !group && this.person.blocked;
    const empty = !group && !this.shown.size;
    this.$(".block").textContent = this.person.blocked ? "Unblock" : "Block";
    this.$(".block").hidden = Boolean(group);
    this.$(".start").hidden = !(blocked || empty);
    this.$(".start").textContent = blocked ? "Unblock and start again" : "Start";
    this.$(".composer").hidden = blocked;
    this.status(blocked ? "blocked" : group ? `${group.members.length + 1} members` : "bot");
    this.showKeyboard(blocked);
  }

  showKeyboard(blocked) {
    const rows = blocked ? [] : (this.keyboard?.keyboard ?? []);
    const area = this.$(".keyboard");
    area.hidden = !rows.length;
    area.replaceChildren(...rows.map((row) => make("div", "keys", ...row.map((key) => {
      const button = make("button", "key", key.text);
      button.type = "button";
      button.addEventListener("click", () => this.pressKey(key));
      return button;
    }))));
    this.$("textarea").placeholder = (rows.length && this.keyboard.input_field_placeholder) || "Message";
  }

  pressKey(key) {
    if (key.request_location) return this.composer.askPlace();
    if (key.request_contact) return this.act("contact", { phone_number: SAMPLE_PHONE });
    return this.act("say", { text: key.text });
  }

  async start() {
    if (this.person.blocked) await this.act("unblock", {});
    await this.act("say", { text: "/start" });
    this.focus();
  }

  async act(verb, body) {
    try {
      return await post(`/emulator/chats/${this.chatId}/${verb}`, { as: this.person.key, ...body });
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  async tap(key, data, messageId) {
    key.setAttribute("aria-busy", "true");
    const done = () => key.removeAttribute("aria-busy");
    const answer = await this.act("tap", { data, message_id: messageId });
    if (!answer) return done();
    this.taps.set(answer.callback_query_id, done);
    return setTimeout(() => { done(); this.taps.delete(answer.callback_query_id); }, TAP_WAIT_MS);
  }

  status(text) {
    const words = text || (this.chat ? `${this.chat.members.length + 1} members` : "bot");
    if (this.$(".status").textContent !== words) this.$(".status").textContent = words;
  }

  toast(text) {
    const toast = this.$(".toast");
    toast.textContent = text;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { toast.textContent = ""; }, TOAST_MS);
  }

  atEnd() {
    const log = this.$(".log");
    return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  }

  toEnd() {
    const log = this.$(".log");
    log.scrollTop = log.scrollHeight;
    this.atBottom = true;
    this.$(".newest").hidden = true;
  }
}
