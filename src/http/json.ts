/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object as JSON.parse gives it: `__proto__` and its like are plain keys of its own. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Whether a value is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an object's own key; never what its prototype has. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The text of an object's own key, without blanks around it; empty where there is none. */
export function ownText(object: JsonObject, key: string): string {
  const value = ownValue(object, key);
  return typeof value === 'string' ? value.trim() : '';
}
