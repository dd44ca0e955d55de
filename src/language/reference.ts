/** Names a user or an account, as links do: never what is known of it. */
export interface Reference {
  /** A connection's id. */
  readonly connection: string;
  /** The user's id, or the id that Luma gives the account's user. */
  readonly id: string;
}

/** Whether a command's argument names a record, and says nothing else. */
export function isReference(value: unknown): value is Reference {
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.keys(value).length === 2 &&
    'connection' in value &&
    typeof value.connection === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  );
}
