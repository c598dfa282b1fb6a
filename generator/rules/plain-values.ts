/** Values as they come from a file: checked by the schema, but of no type that the compiler knows. */
export type PlainValues = Readonly<Record<string, unknown>>;
