// The helpers that js1 templates find as globals (platform.md 4.3). What begins with __ comes from javascript.py.

const __data = JSON.parse(__entity);

function __parsed(text) {
  return text === undefined ? {} : JSON.parse(text);
}

function __given(value, fallback) {
  return value === undefined || value === null ? fallback : value;
}

function get(field, def, obj) {
  return __given(__given(obj, __data)[field], def);
}

function getFirstField(field, def, obj) {
  const value = get(field, undefined, obj);
  return __given(Array.isArray(value) ? value[0] : value, def);
}

function getMap(field, key, def, obj) {
  return __given(get(field, {}, obj)[key], def);
}

function jobConfGet(key, def) {
  return __given(__parsed(globalThis.ly_job_config)[key], def);
}

function authConfGet(key, def) {
  return __given(__parsed(globalThis.ly_auth_config)[key], def);
}

function getOAuth2AccessToken() {
  return __token;
}

function __pairs(key, def, from, to) {
  const pairs = jobConfGet(key);
  return Array.isArray(pairs) ? Object.fromEntries(pairs.map((pair) => [pair[from], pair[to]])) : def;
}

function jobConfGetMapByTarget(key, def) {
  return __pairs(key, def, "target", "source");
}

function jobConfGetMapBySource(key, def) {
  return __pairs(key, def, "source", "target");
}

function segEvents(obj) {
  return get("segment_events", [], obj);
}

function segSlug(obj) {
  return segEvents(obj).map((event) => event.slug).join("");
}

function isEnter(obj) {
  return segEvents(obj).some((event) => event.event === "enter");
}

function isExit(obj) {
  return segEvents(obj).some((event) => event.event === "exit");
}

function inSeg(id, obj) {
  return segEvents(obj).some((event) => event.id === id || event.slug === id)
    || get("segments_all", [], obj).includes(id);
}

function segAssociationGet(key, def) {
  return __given(__parsed(globalThis.ly_segment_association)[key], def);
}

function stream() {
  return globalThis.ly_event_stream;
}

function sha256(value) {
  return __sha256(String(value));
}

function sha1(value) {
  return __sha1(String(value));
}

function isValidSha256(value) {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isValidSha1(value) {
  return typeof value === "string" && /^[0-9a-f]{40}$/.test(value);
}

function hmacSha256(message, key) {
  return __hmac(String(message), String(key));
}

const hmacSHA256 = hmacSha256;

function unixTimestamp() {
  return Math.floor(__now / 1000);
}

function unixTimestampDateTime(moment, zone) {
  return __unix(String(moment), zone === undefined ? "" : String(zone));
}

function toPhoneE164(phone, region = "US") {
  return __phone(String(phone), region);
}

function profileFieldFromConfig(cfg, def, conf, ent) {
  const field = conf === undefined ? jobConfGet(cfg) : conf[cfg];
  return field === undefined ? def : get(field, def, ent);
}

function firstProfileFieldFromConfig(cfg, def, conf, ent) {
  const value = profileFieldFromConfig(cfg, undefined, conf, ent);
  return __given(Array.isArray(value) ? value[0] : value, def);
}

function hashedProfileFieldFromConfig(cfg, def, conf, ent) {
  const value = firstProfileFieldFromConfig(cfg, undefined, conf, ent);
  if (value === undefined) return def;
  const text = String(value).toLowerCase();
  return isValidSha256(text) ? text : sha256(text);
}

function __run() {
  return JSON.stringify(template(__data));
}
