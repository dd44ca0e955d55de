// npm start: opens a real VS Code with the extension on its sample data.
//   npm start             the desktop VS Code, if there is one and a display; else one for a browser
//   npm start -- --once   looks at it in a headless browser, prints what it sees and ends
//   npm start -- --debug  the one for a browser, with a port for a debugger
// With VSCODE_TEST_HOST=npm it's the one for a browser in any case.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { desktopEditor, freshDesktop, hasDisplay } from '../test/hosts/desktop.ts';
import { npmEditor, npmVersions } from '../test/hosts/npm.ts';
import { projectFolder } from '../test/hosts/paths.ts';
import type { Server } from '../test/hosts/server.ts';
import { startServer, windowAddress } from '../test/hosts/server.ts';
import { runCommand } from './command.ts';
import { explain } from './explain.ts';
import { lookOnce } from './once.ts';

const extensions = [projectFolder, path.join(projectFolder, 'scripts', 'sample-opener')];

/** Node's usual one, which .vscode/launch.json names as well. */
const debugPort = 9229;

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    debug: { type: 'boolean', default: false },
  },
});
try {
  const build = [process.execPath, 'esbuild.js', ...(values.debug ? ['--development'] : [])];
  if (!(await runCommand(build))) throw new Error('The build failed.');
  await (values.once ? once() : values.debug ? debug() : start());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function once(): Promise<void> {
  const server = await npmServer();
  try {
    await lookOnce(server);
  } finally {
    await server.stop();
  }
}

/** The extension runs from its folder, so that a debugger finds the sources of its bundles. */
async function debug(): Promise<void> {
  const editor = await npmEditor(npmVersions[0]);
  const [folder = '', ...others] = extensions;
  const server = await startServer({ editor, install: others, automation: true });
  console.log(`\nOpen in a browser:\n  ${windowAddress(server, { extension: folder, debugPort })}`);
  console.log(`Then attach a debugger to port ${debugPort} of this machine. Ctrl+C ends it.`);
  await untilEnd(server);
}

async function start(): Promise<void> {
  const desktop = await desktopCommand();
  if (desktop !== undefined) {
    await openDesktop(desktop);
    return;
  }
  const server = await npmServer();
  console.log(`\nOpen in a browser:\n  ${windowAddress(server)}\nCtrl+C ends it.`);
  await untilEnd(server);
}

async function untilEnd(server: Server): Promise<never> {
  await server.ended;
  throw new Error(`The VS Code server has ended.\n${server.output()}`);
}

async function npmServer(): Promise<Server> {
  const editor = await npmEditor(npmVersions[0]);
  console.log(`VS Code ${editor.version}, from the npm registry`);
  return startServer({ editor, install: extensions });
}

/** What starts a desktop VS Code on this machine, if anything does. */
async function desktopCommand(): Promise<string | undefined> {
  if (process.env['VSCODE_TEST_HOST'] === 'npm' || !hasDisplay()) return undefined;
  const shell = process.platform === 'win32';
  if (spawnSync('code', ['--version'], { stdio: 'ignore', shell }).status === 0) return 'code';
  try {
    return await desktopEditor(npmVersions[0]);
  } catch (error) {
    console.log(explain(error));
    console.log('So it is the VS Code from the npm registry, in a browser.');
    return undefined;
  }
}

/** With data of its own, so that the sample connections don't stay among the person's. */
async function openDesktop(command: string): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'luma-luminary-'));
  const workspace = path.join(root, 'workspace');
  await mkdir(workspace);
  console.log('VS Code opens in a window of its own. This ends when the window is closed.');
  const develop = extensions.map((folder) => `--extensionDevelopmentPath=${folder}`);
  try {
    const opened = await runCommand(
      [...[command, '--wait', '--new-window', ...freshDesktop(root), ...develop], workspace],
      {},
      Infinity,
    );
    if (!opened) throw new Error('VS Code ended with an error.');
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}
