// One message as elements. Text only ever becomes text nodes.
const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function link(href, text) {
  const anchor = make("a", "", text);
  // Only addresses of the web: a bot's text must not run anything here.
  if (/^(https?|tel|mailto):/i.test(href)) anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function marked(entity, inner, plain, say) {
  if (entity.type === "text_link") return link(entity.url, inner);
  if (entity.type === "url") return link(/^https?:/i.test(plain) ? plain : `https://${plain}`, inner);
  if (entity.type === "email") return link(`mailto:${plain}`, inner);
  if (entity.type === "bot_command") {
    const button = make("button", "command", inner);
    button.type = "button";
    button.addEventListener("click", () => say(plain));
    return button;
  }
  if (entity.type === "expandable_blockquote") {
    const quote = make("blockquote", "folded", inner);
    const button = make("button", "unfold", "Show all");
    button.type = "button";
    button.addEventListener("click", () => { quote.classList.remove("folded"); button.remove(); }, { once: true });
    quote.append(button);
    return quote;
  }
  if (entity.type === "spoiler") {
    const button = make("button", "spoiler", inner);
    button.type = "button";
    button.setAttribute("aria-label", "Hidden text, show it");
    button.addEventListener("click", () => button.replaceWith(...button.childNodes), { once: true });
    return button;
  }
  return TAGS[entity.type] ? make(TAGS[entity.type], "", inner) : inner;
}

// Offsets count UTF-16 units, as JavaScript strings do. Entities are sorted, inner ones after outer ones.
export function richText(text, entities = [], say = () => {}, from = 0, to = text.length) {
  const fragment = document.createDocumentFragment();
  let at = from;
  let rest = entities.filter((e) => e.offset >= from && e.offset + e.length <= to);
  while (rest.length) {
    const [entity, ...others] = rest;
    const end = entity.offset + entity.length;
    if (entity.offset >= at) {
      fragment.append(text.slice(at, entity.offset));
      const within = others.filter((e) => e.offset + e.length <= end);
      const inner = richText(text, within, say, entity.offset, end);
      fragment.append(marked(entity, inner, text.slice(entity.offset, end), say));
      at = end;
    }
    rest = others.filter((e) => e.offset >= at);
  }
  fragment.append(text.slice(at, to));
  return fragment;
}

const fileUrl = (file) => `/emulator/files/${encodeURIComponent(file.file_id)}`;

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function player(tag, file, label) {
  const element = make(tag);
  element.controls = true;
  element.preload = "metadata";
  element.src = fileUrl(file);
  element.setAttribute("aria-label", label);
  return element;
}

function place(location, title, address) {
  const map = make("div", "map");
  map.setAttribute("aria-hidden", "true");
  const card = make("div", "place-card", map);
  if (title) card.append(make("strong", "", title), make("span", "", address));
  card.append(make("span", "point", `Location ${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`));
  return card;
}

function media(message) {
  if (message.photo) {
    const image = make("img", "photo");
    const largest = message.photo.at(-1);
    image.src = fileUrl(largest);
    image.alt = message.caption ? `Photo: ${message.caption}` : "Photo";
    image.width = largest.width;
    image.height = largest.height;
    return image;
  }
  if (message.video || message.animation) return player("video", message.video || message.animation, "Video");
  if (message.voice || message.audio) return player("audio", message.voice || message.audio, "Voice message");
  if (message.document) {
    const file = message.document;
    const anchor = make("a", "file", make("strong", "", file.file_name || "File"), make("span", "", size(file.file_size)));
    anchor.href = fileUrl(file);
    anchor.download = file.file_name || "file";
    return anchor;
  }
  if (message.venue) return place(message.venue.location, message.venue.title, message.venue.address);
  if (message.location) return place(message.location);
  if (message.sticker) return make("span", "sticker", message.sticker.emoji || "👍");
  if (message.contact) return make("span", "", `Contact: ${message.contact.first_name}, ${message.contact.phone_number}`);
  if (message.poll) return make("span", "", `Poll: ${message.poll.question}`);
  return null;
}

function inlineButton(button, message, tap) {
  if (button.url) {
    const anchor = link(button.url, `${button.text} ↗`);
    anchor.className = "key";
    return anchor;
  }
  const key = make("button", "key", button.text);
  key.type = "button";
  key.disabled = !button.callback_data;
  key.addEventListener("click", () => tap(key, button.callback_data, message.message_id));
  return key;
}

export function inlineKeyboard(message, tap) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return make("div", "inline", ...rows.map((row) => make("div", "keys", ...row.map((b) => inlineButton(b, message, tap)))));
}

function meta(message, own, waiting) {
  const time = make("time", "", new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = new Date(message.date * 1000).toISOString();
  const line = make("span", "meta");
  if (message.has_protected_content) line.append("protected · ");
  if (message.edit_date) line.append("edited ");
  line.append(time);
  if (own) {
    const tick = make("span", "tick", waiting ? "✓" : "✓✓");
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", waiting ? "sent" : "delivered");
    line.append(" ", tick);
  }
  return line;
}

export function bubble(message, { own, named, waiting, say, tap, edit, answer }) {
  const body = make("div", "bubble");
  if (named) body.append(make("span", "sender", message.from.first_name));
  if (message.forward_origin) body.append(make("span", "quote", `Forwarded from ${message.forward_origin.sender_user?.first_name ?? "someone"}`));
  if (message.reply_to_message) {
    const quoted = message.reply_to_message;
    body.append(make("span", "quote", quoted.text || quoted.caption || "Message"));
  }
  const shown = media(message);
  if (shown) body.append(shown);
  const words = message.text ?? message.caption;
  if (words) body.append(make("p", "words", richText(words, message.entities ?? message.caption_entities, say)));
  body.append(meta(message, own, waiting));
  const acts = make("div", "acts");
  for (const [label, act] of [["Reply", answer], ["Edit", own && message.text ? edit : null]]) {
    if (!act) continue;
    const button = make("button", "", label);
    button.type = "button";
    button.addEventListener("click", () => act(message));
    acts.append(button);
  }
  const item = make("article", own ? "message own" : "message", body, acts);
  item.classList.toggle("protected", Boolean(message.has_protected_content));
  item.setAttribute("aria-label", `${own ? "You" : message.from.first_name} wrote`);
  const keyboard = inlineKeyboard(message, tap);
  if (keyboard) item.append(keyboard);
  return item;
}
