/** The language-model tools, without the prefix of their names. */
export const toolNames = ['listAccounts', 'findUsers', 'getUser'] as const;

/** The name of a language-model tool, without the prefix. */
export type ToolName = (typeof toolNames)[number];

/** What stands before each tool's name. */
export const TOOL_PREFIX = 'lumaLuminary_';
