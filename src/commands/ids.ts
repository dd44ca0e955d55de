/** The ids of all commands, without the prefix that they share. */
export const commandIds = [
  'connectLuma',
  'connectLuminary',
  'exploreSampleData',
  'refresh',
  'refreshAll',
  'loadAllUsers',
  'findUser',
  'findUserInTenant',
  'goToUser',
  'lookUpSelection',
  'cancelLoading',
  'copyId',
  'copyEmail',
  'copyJson',
  'copyValue',
  'copyAs',
  'insertId',
  'insertAs',
  'copyLink',
  'openLink',
  'openJson',
  'exportUsers',
  'pin',
  'unpin',
  'movePinUp',
  'movePinDown',
  'replaceToken',
  'renameConnection',
  'setLabel',
  'moveConnectionUp',
  'moveConnectionDown',
  'disconnect',
  'keyringHelp',
  'compareAccounts',
  'refreshComparison',
  'showKeyboardHelp',
  'showLog',
  'showNetworkDiagnostics',
  'diagnoseConnection',
  'copyNetworkDiagnostics',
] as const;

/** The id of a command, without the prefix. */
export type CommandId = (typeof commandIds)[number];

/** What stands before each command's id. */
export const COMMAND_PREFIX = 'lumaLuminary.';

/** The command that shows what a link leads to. */
export const OPEN_LINK = `${COMMAND_PREFIX}openLink`;
