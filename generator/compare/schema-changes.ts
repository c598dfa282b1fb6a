/** Which values two schemas accept, compared: what was accepted and is no longer breaks somebody's values file. */
import { dereference, typesOf, type JsonType, type Schema } from '../model/json-schema.ts';
import type { Change } from './change.ts';
import { constraintChanges } from './constraint-changes.ts';

/** A schema and the document that its references lead into. */
interface Placed {
  readonly schema: Schema;
  readonly document: Schema;
}

/** All differences between what two schemas accept. */
export function schemaChanges(before: Schema, after: Schema): readonly Change[] {
  return compare('', { schema: before, document: before }, { schema: after, document: after });
}

function compare(path: string, before: Placed, after: Placed): readonly Change[] {
  const old = dereference(before.schema, before.document);
  const now = dereference(after.schema, after.document);
  const inner = (name: string, left: Schema, right: Schema): readonly Change[] =>
    compare(name, { ...before, schema: left }, { ...after, schema: right });
  if (old.anyOf !== undefined || now.anyOf !== undefined) return unionChanges(path, old, now, inner);
  return [
    ...typeChanges(path, old, now),
    ...constraintChanges(path, old, now),
    ...propertyChanges(path, old, now, inner),
    ...openness(path, old, now, inner),
    ...(accepts(old, 'array') && accepts(now, 'array') ? partChanges(`${path}[]`, old.items, now.items, inner) : []),
  ];
}

/** A schema without a type says nothing of it. */
function accepts(schema: Schema, type: JsonType): boolean {
  return schema.type === undefined || typesOf(schema).includes(type);
}

/** What the items of a list or the members of a map may be. Where nothing is said of them, they may be anything. */
function partChanges(path: string, old: Schema | undefined, now: Schema | undefined, inner: Inner): readonly Change[] {
  return old === undefined && now === undefined ? [] : inner(path, old ?? {}, now ?? {});
}

function typeChanges(path: string, old: Schema, now: Schema): readonly Change[] {
  if (old.type === undefined && now.type === undefined) return [];
  if (old.type === undefined) return [changed('major', path, `takes only ${typesOf(now).join(' or ')} now`)];
  if (now.type === undefined) return [changed('minor', path, 'takes values of any type')];
  const gone = typesOf(old).filter((type) => !typesOf(now).includes(type) && !isWider(type, now));
  const come = typesOf(now).filter((type) => !typesOf(old).includes(type) && !isWider(type, old));
  return [
    ...gone.map((type) => changed('major', path, `takes no ${type} any more`)),
    ...come.map((type) => changed('minor', path, `takes ${type}, too`)),
  ];
}

/** Every whole number is a number. */
function isWider(type: string, schema: Schema): boolean {
  return type === 'integer' && typesOf(schema).includes('number');
}

type Inner = (path: string, before: Schema, after: Schema) => readonly Change[];

/** A choice of kinds, of which a schema that is none has one. */
function unionChanges(path: string, old: Schema, now: Schema, inner: Inner): readonly Change[] {
  const [before, after] = [old.anyOf ?? [old], now.anyOf ?? [now]];
  const takesAllOf = (wider: Schema, narrower: Schema): boolean => inner(path, narrower, wider).every(({ level }) => level !== 'major');
  const isWithin = (narrower: readonly Schema[], wider: readonly Schema[]): boolean =>
    narrower.every((kind) => wider.some((other) => takesAllOf(other, kind)));
  if (!isWithin(before, after)) return [changed('major', path, 'is another choice of kinds, which may refuse what was accepted')];
  return isWithin(after, before) ? [] : [changed('minor', path, 'takes another kind of values, too')];
}

function propertyChanges(path: string, old: Schema, now: Schema, inner: Inner): readonly Change[] {
  const [before, after] = [old.properties ?? {}, now.properties ?? {}];
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const removed = Object.keys(before).filter((key) => !(key in after));
  const added = Object.keys(after).filter((key) => !(key in before));
  return [
    ...removed.flatMap((key) => [
      removedProperty(at(key), now),
      ...unnamed(now).flatMap((member) => inner(at(key), before[key] ?? {}, member)),
    ]),
    ...added.flatMap((key) => [
      addedProperty(at(key), key, old, now),
      ...unnamed(old).flatMap((member) => inner(at(key), member, after[key] ?? {})),
    ]),
    ...Object.entries(before).flatMap(([key, schema]) => {
      const other = after[key];
      return other === undefined ? [] : [...needChanges(at(key), key, old, now), ...inner(at(key), schema, other)];
    }),
  ];
}

function removedProperty(path: string, now: Schema): Change {
  if (now.additionalProperties === false) {
    const sentence = 'is gone, so a values file that sets it is refused';
    return { level: 'major', kind: 'removed', subject: path, sentence };
  }
  return { level: 'patch', kind: 'changed', subject: path, sentence: 'is no longer named, but still taken' };
}

function addedProperty(path: string, key: string, old: Schema, now: Schema): Change {
  if (now.required?.includes(key) === true && old.additionalProperties !== false) {
    return { level: 'minor', kind: 'added', subject: path, sentence: 'is new and checked' };
  }
  return { level: 'minor', kind: 'added', subject: path, sentence: 'is new, and nobody has to set it' };
}

/** A key with a default is there unless somebody deletes it with null. */
function needChanges(path: string, key: string, old: Schema, now: Schema): readonly Change[] {
  const [was, is] = [old.required?.includes(key) ?? false, now.required?.includes(key) ?? false];
  if (was === is) return [];
  return is ? [changed('major', path, 'cannot be deleted with null any more')] : [changed('minor', path, 'can be deleted with null')];
}

function openness(path: string, old: Schema, now: Schema, inner: Inner): readonly Change[] {
  const [wasOpen, isOpen] = [isOpenObject(old), isOpenObject(now)];
  if (wasOpen && !isOpen) return [changed('major', path, 'takes no keys but the named ones any more')];
  if (!wasOpen && isOpen) return [changed('minor', path, 'takes keys of any name')];
  return wasOpen ? partChanges(`${path}.*`, memberOf(old), memberOf(now), inner) : [];
}

function isOpenObject(schema: Schema): boolean {
  const takesObjects = typesOf(schema).includes('object');
  return takesObjects && (schema.additionalProperties !== false || schema.patternProperties !== undefined);
}

/** What a key may hold that an object does not name; nothing where it takes none. */
function unnamed(schema: Schema): readonly Schema[] {
  return isOpenObject(schema) ? [memberOf(schema) ?? {}] : [];
}

function memberOf({ patternProperties, additionalProperties }: Schema): Schema | undefined {
  const [member] = Object.values(patternProperties ?? {});
  return member ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

function changed(level: Change['level'], subject: string, sentence: string): Change {
  return { level, kind: 'changed', subject: subject === '' ? 'all values' : subject, sentence };
}
