import * as v from 'valibot';

const name = v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)));

const schemas = {
  listAccounts: v.strictObject({
    connection: name,
    emails: v.optional(v.boolean(), false),
  }),
  findUsers: v.strictObject({
    query: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
    tenant: name,
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 20),
  }),
  getUser: v.strictObject({
    id: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
    tenant: name,
  }),
};

/** What each tool is called with. */
export type ToolInput = {
  readonly [Name in keyof typeof schemas]: v.InferOutput<(typeof schemas)[Name]>;
};

/**
 * Reads what a language model has sent to a tool.
 *
 * @throws an Error that tells the model what is wrong; no text is for a person
 */
export function readToolInput<Name extends keyof typeof schemas>(
  tool: Name,
  input: unknown,
): ToolInput[Name] {
  const read = v.safeParse(schemas[tool], input);
  if (read.success) return read.output as ToolInput[Name];
  const problems = read.issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
  throw new Error(`The input of ${tool} is wrong. ${problems.join('. ').slice(0, 500)}`);
}
