// What jsonnet templates import (platform.md 4.3): local event = (import 'lytemplates.libsonnet');
local entity = std.extVar('entity');
local conf = std.extVar('job_config');
local hex = std.set(std.stringChars('0123456789abcdef'));
local given(from, key, def) = if std.objectHas(from, key) && from[key] != null then from[key] else def;
local isDigest(x, length) =
  std.isString(x) && std.length(x) == length && std.all([std.setMember(c, hex) for c in std.stringChars(x)]);
local text(x) = if std.isString(x) then x else std.toString(x);

{
  local lib = self,
  has(f):: std.objectHas(entity, f) && entity[f] != null,
  get(f, def=null):: given(entity, f, def),
  jobConfGet(k, def=null):: given(conf, k, def),
  notNull(val, def):: if val == null then def else val,
  enum(value, options, default):: if std.member(options, value) then value else default,
  validatedEnum(field, options, default):: lib.enum(lib.jobConfGet(field), options, default),
  profileFieldFromConfig(cfgField, def=null)::
    local field = lib.jobConfGet(cfgField);
    if field == null then def else lib.get(field, def),

  segEvents():: lib.get('segment_events', []),
  slugForEvent(ev):: given(ev, 'slug', ''),
  idForEvent(ev):: given(ev, 'id', ''),
  segEvIsEnter(ev):: given(ev, 'event', '') == 'enter',
  segEvIsExit(ev):: given(ev, 'event', '') == 'exit',
  segSlug():: std.join('', [lib.slugForEvent(ev) for ev in lib.segEvents()]),
  isEnter():: std.any([lib.segEvIsEnter(ev) for ev in lib.segEvents()]),
  isExit():: std.any([lib.segEvIsExit(ev) for ev in lib.segEvents()]),
  inSeg(id)::
    std.any([lib.idForEvent(ev) == id || lib.slugForEvent(ev) == id for ev in lib.segEvents()])
    || std.member(lib.get('segments_all', []), id),

  sha256(x):: std.native('sha256')(text(x)),
  sha1(x):: std.native('sha1')(text(x)),
  isValidSha256(x):: isDigest(x, 64),
  isValidSha1(x):: isDigest(x, 40),
}
