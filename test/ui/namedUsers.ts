/** A user whose name tells which one it is. */
export type NamedUser = ReturnType<typeof namedUsers>[number];

/** So many users, the first of whom is called `User 1`. */
export function namedUsers(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `user_${String(index + 1).padStart(26, '0')}`,
    email: `user${String(index + 1)}@example.com`,
    first_name: 'User',
    last_name: String(index + 1),
    created_at: '2024-01-15T09:30:00Z',
    updated_at: '2024-01-15T09:30:00Z',
  }));
}
