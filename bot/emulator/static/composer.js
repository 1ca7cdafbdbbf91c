// The lower part of a phone: writing, commands, files and places.
import { make } from "./bubble.js";
import { post } from "./people.js";

const ACCEPT = { photo: "image/*", voice: "audio/*", video: "video/*", document: "" };
const LETTERS_A_LINE = 34;
const MOST_LINES = 5;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.staged = [];
    this.stagedKind = "photo";
    this.context = null;
    const on = (selector, event, act) => this.$(selector).addEventListener(event, act.bind(this));
    on(".composer", "submit", (event) => { event.preventDefault(); this.send(); });
    on("textarea", "keydown", this.typed);
    on("textarea", "input", this.grow);
    on(".open-commands", "click", () => this.toggle("commands"));
    on(".open-attach", "click", () => this.toggle("attach"));
    on(".cancel", "click", this.calm);
    on(".picker", "change", this.picked);
    on("dialog.place", "close", this.placed);
    on("[data-place]", "click", this.askPlace);
    for (const button of phone.element.querySelectorAll("[data-file]")) {
      button.addEventListener("click", () => this.pick(button.dataset.file));
    }
    phone.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { this.hideMenus(); this.calm(); }
    });
  }

  $(selector) { return this.phone.$(selector); }

  focus() { this.$("textarea").focus(); }

  async send() {
    const area = this.$("textarea");
    const text = area.value.trim();
    const context = this.context;
    const files = this.staged;
    if (!text && !files.length) return;
    area.value = "";
    this.calm();
    this.grow();
    if (files.length) await this.sendFiles(files, text);
    else if (context?.verb === "Edit") await this.phone.act("edit", { message_id: context.id, text });
    else await this.phone.act("say", context ? { text, reply_to: context.id } : { text });
  }

  async sendFiles(files, caption) {
    const form = new FormData();
    form.append("as", this.phone.person.key);
    form.append("kind", this.stagedKind);
    if (caption) form.append("caption", caption);
    for (const file of files) form.append("file", file, file.name);
    try {
      await post(`/emulator/chats/${this.phone.chatId}/files`, form);
    } catch (error) {
      this.phone.toast(error.message);
    }
  }

  enter(verb, message) {
    this.context = { verb, id: message.message_id };
    this.staged = [];
    this.note(`${verb}: ${message.text ?? message.caption ?? "message"}`);
    if (verb === "Edit") this.$("textarea").value = message.text;
    this.grow();
    this.focus();
  }

  note(text) {
    this.$(".context span").textContent = text;
    this.$(".context").hidden = !text;
  }

  calm() {
    if (this.context?.verb === "Edit") this.$("textarea").value = "";
    this.context = null;
    this.staged = [];
    this.note("");
    this.hideMenus();
  }

  pick(kind) {
    const picker = this.$(".picker");
    this.stagedKind = kind;
    picker.accept = ACCEPT[kind];
    picker.multiple = kind === "photo" || kind === "document";
    picker.value = "";
    this.hideMenus();
    picker.click();
  }

  picked() {
    this.staged = [...this.$(".picker").files];
    if (!this.staged.length) return;
    this.note(`Ready to send: ${this.staged.map((file) => file.name).join(", ")}`);
    this.focus();
  }

  askPlace() {
    this.hideMenus();
    const dialog = this.$("dialog.place");
    const form = dialog.querySelector("form");
    const fill = (place) => { form.latitude.value = place.latitude; form.longitude.value = place.longitude; };
    const { places } = this.phone.state();
    form.querySelector(".places").replaceChildren(...places.map((place) => {
      const button = make("button", "", place.name);
      button.type = "button";
      button.addEventListener("click", () => fill(place));
      return button;
    }));
    if (places.length && !form.latitude.value) fill(places[0]);
    dialog.returnValue = "";
    // The cancel button must work with empty fields, too.
    form.noValidate = true;
    dialog.showModal();
  }

  placed() {
    const dialog = this.$("dialog.place");
    if (dialog.returnValue !== "send") return;
    const form = dialog.querySelector("form");
    const [latitude, longitude] = [form.latitude.value, form.longitude.value].map((v) => parseFloat(v.replace(",", ".")));
    if (Number.isFinite(latitude) && Number.isFinite(longitude)) this.phone.act("location", { latitude, longitude });
    else this.phone.toast("A location needs a latitude and a longitude.");
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowDown" && !this.$(".menu.commands").hidden) {
      event.preventDefault();
      this.$(".menu.commands button")?.focus();
    }
  }

  grow() {
    const area = this.$("textarea");
    area.rows = Math.min(MOST_LINES, Math.max(1, area.value.split("\n").length, Math.ceil(area.value.length / LETTERS_A_LINE)));
    const typing = /^\/\w*$/.test(area.value);
    if (typing) this.openCommands(area.value.slice(1));
    else if (this.filtering) this.hideMenus();
    this.filtering = typing;
  }

  toggle(name) {
    const hidden = this.$(`.menu.${name}`).hidden;
    this.hideMenus();
    if (!hidden) return;
    if (name === "commands") this.openCommands("");
    else { this.$(`.menu.${name}`).hidden = false; this.$(".open-attach").setAttribute("aria-expanded", "true"); }
    this.$(`.menu.${name} button`)?.focus();
  }

  openCommands(start) {
    const found = this.commands().filter((c) => c.command.startsWith(start));
    this.$(".menu.commands ul").replaceChildren(...found.map((c) => {
      const button = make("button", "", make("strong", "", `/${c.command}`), ` ${c.description}`);
      button.type = "button";
      button.addEventListener("click", () => {
        this.$("textarea").value = "";
        this.hideMenus();
        this.phone.act("say", { text: `/${c.command}` });
        this.focus();
      });
      return make("li", "", button);
    }));
    if (!found.length && !start) this.$(".menu.commands ul").append(make("li", "none", "The bot has set no commands."));
    this.$(".menu.commands").hidden = !found.length && Boolean(start);
    this.$(".open-commands").setAttribute("aria-expanded", "true");
  }

  // The narrowest scope wins, in the person's language before none, as in the real clients.
  commands() {
    const all = this.phone.state().commands.map(({ scope, commands }) => ({ scope: JSON.parse(scope), commands }));
    const kind = this.phone.chat ? "all_group_chats" : "all_private_chats";
    const fits = [(s) => s.chat_id && String(s.chat_id) === String(this.phone.chatId), (s) => s.type === kind, (s) => s.type === "default"];
    for (const fit of fits) {
      for (const language of [this.phone.person.language_code, ""]) {
        const found = all.find(({ scope: [scope, code] }) => fit(scope) && code === language);
        if (found) return found.commands;
      }
    }
    return [];
  }

  hideMenus() {
    for (const menu of this.phone.element.querySelectorAll(".menu")) menu.hidden = true;
    for (const button of this.phone.element.querySelectorAll("[aria-expanded]")) button.setAttribute("aria-expanded", "false");
  }
}
