import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { whenProcessEnds } from './cleanup.ts';
import { writeLanguagePack } from './languagePack.ts';
import { withoutNoise } from './noise.ts';
import type { NpmEditor } from './npm.ts';
import type { Child } from './processGroup.ts';
import { groupEnded, killGroup, spawnGroup } from './processGroup.ts';

/** What a server is started with. */
export interface ServerOptions {
  editor: NpmEditor;
  /** User settings, beside those that keep the workbench quiet. */
  settings?: Record<string, unknown>;
  /** The language that extensions are shown in, such as `de`; without it, English. */
  language?: string | undefined;
  /** Extensions to install: packages (.vsix files), or folders of extensions that are built. */
  install?: string[];
  /**
   * Whether its windows can run extensions from their folders, and tests in their extension host.
   * Such windows differ a little from a person's: VS Code 1.139 shows no notifications in them.
   */
  automation?: boolean;
  /** Whether it asks for trust in folders, and restricts those that have none. */
  trust?: boolean;
  /** Environment variables, for the extension host too. `undefined` takes one away. */
  env?: Record<string, string | undefined>;
}

/** A running VS Code server, with a data folder of its own. */
export interface Server {
  editor: NpmEditor;
  /** See {@link ServerOptions}. */
  automation: boolean;
  /** Such as `127.0.0.1:40123`. */
  authority: string;
  /** An empty folder that is made for this server and goes with it. */
  workspace: string;
  /** What the server has said, without the noise that this build always makes. */
  output: () => string;
  /** Resolves when it ends, to its exit code. */
  ended: Promise<number | null>;
  /** Ends it and everything that it started, and removes its folders. */
  stop: () => Promise<void>;
}

/** What a window of the workbench is opened with. */
export interface WindowOptions {
  /** The folder to open; without it, the server's own empty one. */
  folder?: string;
  /** A `.code-workspace` file to open in the place of a folder. */
  workspaceFile?: string;
  /** Opens neither. */
  nothing?: boolean;
  /** The folder of an extension to run from there; for a server with automation. */
  extension?: string;
  /** The file whose `run()` is called in the extension host; for a server with automation. */
  tests?: string;
  /** The port at which a debugger finds the extension host; for a window with `extension`. */
  debugPort?: number;
}

const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // Its rows would stand before those that a test wants to click.
  'workbench.tree.enableStickyScroll': false,
};

const trustSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

const notInstalled = new Set(['docs', 'node_modules', 'out', 'scripts', 'src', 'test']);

const startTimeLimit = 60_000;

/** Starts a server on a free port and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { editor, automation = false, trust = false } = options;
  const root = await mkdtemp(path.join(tmpdir(), 'luma-luminary-'));
  const remove = { recursive: true, force: true, maxRetries: 5 };
  let child: Child | undefined;
  const keepFolders = whenProcessEnds(() => {
    if (child !== undefined) killGroup(child);
    rmSync(root, remove);
  });
  const stop = async () => {
    if (child !== undefined) {
      killGroup(child);
      await groupEnded(child);
    }
    await rm(root, remove);
    keepFolders();
  };

  try {
    const workspace = path.join(root, 'workspace');
    const data = path.join(root, 'server');
    const extensions = path.join(data, 'extensions');
    const env = serverEnvironment(options.env);
    const common = ['--accept-server-license-terms', '--server-data-dir', data];
    common.push('--extensions-dir', extensions);
    await mkdir(workspace);
    const asks = trust ? trustSettings : {};
    await writeSettings(data, { ...quietSettings, ...asks, ...options.settings });
    const packages = options.install?.filter((extension) => extension.endsWith('.vsix')) ?? [];
    const folders = options.install?.filter((extension) => !extension.endsWith('.vsix')) ?? [];
    for (const folder of folders) await installFolder(folder, extensions);
    for (const file of packages) {
      const args = [editor.server, '--install-extension', file, ...common];
      await promisify(execFile)(editor.node, args, { env });
    }

    const args = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
    args.push('--telemetry-level', 'off');
    if (!trust) args.push('--disable-workspace-trust');
    if (automation) args.push('--enable-smoke-test-driver');
    if (options.language !== undefined) {
      await writeLanguagePack(data, options.language);
      args.push('--locale', options.language);
    }
    child = spawnGroup(editor.node, [editor.server, ...args, ...common], env);
    const said = collectOutput(child);
    const authority = `127.0.0.1:${await listeningPort(child, said)}`;
    const output = () => withoutNoise(said());
    const { promise: ended, resolve } = Promise.withResolvers<number | null>();
    child.once('exit', resolve);
    return { editor, automation, authority, workspace, output, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeSettings(data: string, settings: Record<string, unknown>): Promise<void> {
  const user = path.join(data, 'data', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/** A server takes what it finds in its extensions' folder until it has installed its first package. */
async function installFolder(from: string, extensions: string): Promise<void> {
  const { publisher, name, version } = JSON.parse(
    await readFile(path.join(from, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const to = path.join(extensions, `${publisher ?? ''}.${name ?? ''}-${version ?? ''}`);
  for (const entry of await readdir(from)) {
    if (entry.startsWith('.') || notInstalled.has(entry)) continue;
    await cp(path.join(from, entry), path.join(to, entry), { recursive: true });
  }
}

/** The address at which a browser shows the workbench. */
export function windowAddress(server: Server, window: WindowOptions = {}): string {
  const remote = (file: string) => `vscode-remote://${server.authority}${uriPath(file)}`;
  const { folder = server.workspace, workspaceFile, nothing, extension, tests, debugPort } = window;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(debugPort === undefined ? [] : [['inspect-extensions', String(debugPort)]]),
  ];
  const address = new URL(`http://${server.authority}/`);
  if (nothing === true) address.searchParams.set('ew', 'true');
  else if (workspaceFile !== undefined) {
    address.searchParams.set('workspace', uriPath(workspaceFile));
  } else address.searchParams.set('folder', uriPath(folder));
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

function uriPath(file: string): string {
  const slashes = file.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

/** An editor's terminal leaves variables behind that would make the server talk to that editor. */
function serverEnvironment(additions: ServerOptions['env'] = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE|ELECTRON)_/.test(name) || name.startsWith('VSCODE_TEST_'),
  );
  return { ...Object.fromEntries(own), ...additions };
}

function collectOutput(child: Child): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return () => said;
}

async function listeningPort(child: Child, said: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (what: string) => {
    reject(new Error(`The VS Code server ${what}.\n${withoutNoise(said())}`));
  };
  const limit = setTimeout(() => {
    fail(`was not ready within ${startTimeLimit / 1000} seconds`);
  }, startTimeLimit);
  child.once('error', (error) => {
    fail(`could not be started: ${error.message}`);
  });
  child.once('exit', (code) => {
    fail(`ended with ${String(code)} before it was ready`);
  });
  child.stdout.on('data', () => {
    const port = /Extension host agent listening on (\d+)/.exec(said())?.[1];
    if (port !== undefined) resolve(port);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(limit);
  }
}
