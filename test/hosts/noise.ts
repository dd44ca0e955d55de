/**
 * What this build of VS Code always says, and says nothing about the extension: its native modules
 * aren't compiled, the language of a text can't be guessed, and services that Microsoft's own build
 * talks to aren't there.
 */
const noise = [
  /^\s*→ .*\.node$/,
  /^\s+'.*\.node',?$/,
  /^\s*(tries: \[|\]|\}|\s*)$/,
  /Could not locate the bindings file/,
  /^\s+at .*(\/npm-[\d.]+\/|\(?node:internal|new Promise|process\.processTicks)/,
  /Cannot find module .*(spdlog|native-watchdog|watcher|windows-|node-pty|kerberos)/,
  /^\[[\d:]+\] *$/,
  /\[reconnection-grace-time\]|Registered lazy IPC channel|Web UI available|Server bound to/,
  /(Started|Completed) initializing default profile extensions/,
  /Extension host agent started|Extension Host Process exited with code: 0|New connection established|Launched Extension Host Process/,
  /The client has (re)?connected|The client has disconnected gracefully/,
  /Service ?Worker|bad HTTP response code \(404\)|same-origin|Overwriting extension/i,
  /watchdog|^Require stack:|^- .*(\/npm-[\d.]+\/)|vsda|DEP0169|trace-deprecation/,
  /^ReferenceError: require is not defined$|vscode-languagedetection|^\s+at Array\.reduce \(<anonymous>\)$/,
  /^\s+at .*\/static\/out\/|Loading development extension|ExtensionHostConnection\] Starting/,
  /Extension host agent listening|[Aa]gent ?[Hh]ost|authentication provider 'github'/,
  /marketplace|open-vsx|ENOTFOUND|EAI_AGAIN|Failed to load resource.*(40[45]|ERR_)|Method Not Allowed/i,
];

/** The text without the lines that are known to mean nothing. */
export function withoutNoise(text: string): string {
  return text
    .split('\n')
    .filter((line) => !noise.some((pattern) => pattern.test(line)))
    .join('\n');
}
