/** What must not be copied into a file. */
import { isObject } from '../model/json-schema.ts';

const SECRET_NAME = /pass(?:word|wd)?|pwd|secret|token|credential|private[-_]?key|data_source_name/i;

/** Shorter passwords are words that a text may have for other reasons. */
const TELLING = 6;

/** Whether a value holds a password in clear: one of those that the file names, or something that looks like one. */
export function holdsSecret(value: unknown, passwords: readonly string[]): boolean {
  if (typeof value === 'string') return passwords.some((text) => text.length >= TELLING && value.includes(text)) || looksSecret(value);
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item, passwords));
  if (!isObject(value)) return false;
  const { name, value: literal } = value;
  if (typeof name === 'string' && SECRET_NAME.test(name) && typeof literal === 'string' && literal !== '') return true;
  return Object.values(value).some((item) => holdsSecret(item, passwords));
}

function looksSecret(text: string): boolean {
  return /identified\s+(?:with\s+\S+\s+)?by\s+(?:password\s+)?['"][^'"$]|\bpassword\s*\(\s*['"]|:\/\/[^/\s:@]+:[^@\s/]+@|-----BEGIN [A-Z ]*PRIVATE KEY/i.test(
    text,
  );
}

/** A comment without the passwords that are in it. */
export function safeComment(comment: string, passwords: readonly string[]): string {
  const masked = comment.replace(/((?:pass(?:word|wd)|pwd|token|(?:secret|access|private)[-_]?key)["']?[ \t]*[:=][ \t]*)\S.*$/i, '$1…');
  const known = passwords.filter((text) => text.length >= 4).sort((left, right) => right.length - left.length);
  return known.reduce((text, secret) => text.replaceAll(secret, '…'), masked);
}
