/** Commands that belong together, as README.md lists them. */
export interface CommandGroup {
  title: string;
  /** What each command does, by its id without `lumaLuminary.`: Markdown, in a sentence or two. */
  commands: Readonly<Record<string, string>>;
}

/** All commands of package.json; `npm test -- readme` says where one is missing or left over. */
export const commandGroups: readonly CommandGroup[] = [
  {
    title: 'Connections',
    commands: {
      connectLuma: 'Adds the Luma accounts that a token opens.',
      connectLuminary: 'Adds the users of a Luminary tenant.',
      exploreSampleData: 'Adds invented accounts and users, without a network.',
      renameConnection: 'Gives a connection another name.',
      setLabel: 'Gives a connection a word such as PRODUCTION, with a colour.',
      replaceToken: 'Asks for another credential and tries it before it replaces the old one.',
      moveConnectionUp: 'Moves a connection before its neighbour. Dragging it does the same.',
      moveConnectionDown: 'Moves a connection behind its neighbour.',
      disconnect: 'Deletes a connection’s secret, and forgets all that was loaded.',
    },
  },
  {
    title: 'Reading',
    commands: {
      refresh:
        'Reads the selected rows again, or everything. The old rows stay until the new ones are there.',
      refreshAll: 'Reads everything again.',
      loadAllUsers: 'Reads all pages of a tenant, or goes on where an earlier run ended.',
      cancelLoading: 'Ends what is being read. What has come stays.',
      compareAccounts: 'Shows the accounts of all Luma connections in one table.',
      refreshComparison: 'Reads the accounts of that table again. The table’s button does it, too.',
    },
  },
  {
    title: 'Finding',
    commands: {
      findUser: 'Looks for users by any part of their name, email or ID, in all tenants.',
      findUserInTenant: 'Looks among the users of the selected tenants alone.',
      goToUser: 'Shows the user with an ID, and loads that one user if need be.',
      lookUpSelection: 'Shows whose the ID or email is that is selected in the editor.',
      pin: 'Keeps users and accounts at hand, under **Pinned**.',
      unpin: 'Takes them away from there.',
      movePinUp: 'Moves a pinned row before its neighbour.',
      movePinDown: 'Moves a pinned row behind its neighbour.',
      openLink: 'Shows the user or account of a link that is on the clipboard.',
    },
  },
  {
    title: 'Copying and inserting',
    commands: {
      copyId:
        'Copies the ID of a user, or the user ID of an account; several rows give one a line. In the tree also Ctrl+C, or ⌘C.',
      copyEmail: 'Copies emails likewise.',
      copyJson:
        'Copies the record exactly as it came; several rows give an array. A page or a connection gives its answer in the service’s own shape.',
      copyValue: 'Copies one field; of several records, that field of each.',
      copyAs:
        'Copies records as a list of IDs, a quoted list, JSON, JSON Lines, CSV, a Markdown table, a TypeScript constant or cURL commands, or by a template of yours.',
      copyLink: 'Copies a `vscode://` link that shows the record in a colleague’s editor.',
      insertId: 'Puts the ID where each cursor and selection is, as one step to undo.',
      insertAs: 'Puts there what **Copy As…** would copy.',
      openJson: 'Opens what **Copy JSON** would copy as a read-only document.',
      exportUsers: 'Writes all users of a tenant to a JSON, JSON Lines or CSV file.',
    },
  },
  {
    title: 'Help',
    commands: {
      showKeyboardHelp: 'Tells how everything is done without a mouse.',
      keyringHelp: 'Tells what to do where secrets can’t be read or kept.',
      showNetworkDiagnostics:
        'Tries each connection and writes down each step: proxy, name, connection, certificate, answer.',
      diagnoseConnection: 'Does that for the selected connections alone.',
      copyNetworkDiagnostics:
        'Copies that text as Markdown, for a report of a problem, while it is in front. The button above it does it, too.',
      showLog:
        'Shows a line for each request: method, path, status, duration, attempt, host. For sample data it says that nothing was sent.',
    },
  },
];
