import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Stands for curl where there is none: takes the arguments that we give it, and asks. */
const curlStand = `#!${process.execPath}
const [url] = process.argv.slice(-1);
const [name, value] = process.argv[process.argv.indexOf('--header') + 1].split(': ');
fetch(url, { headers: { [name]: value } }).then((answer) => answer.text()).then(console.log);
`;

/** A POSIX shell in an empty folder, which has curl. */
export class Shell {
  readonly #folder: string;
  readonly #path: string;

  private constructor(folder: string, searchPath: string) {
    this.#folder = folder;
    this.#path = searchPath;
  }

  /** Opens one. */
  static async open(): Promise<Shell> {
    const folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-shell-'));
    const usual = process.env['PATH'] ?? '';
    try {
      await execute('curl', ['--version']);
      return new Shell(folder, usual);
    } catch {
      await writeFile(path.join(folder, 'curl'), curlStand);
      await chmod(path.join(folder, 'curl'), 0o755);
      return new Shell(folder, folder + path.delimiter + usual);
    }
  }

  /** What a command prints that has these variables besides the usual ones. */
  async run(command: string, variables: Readonly<Record<string, string>>): Promise<string> {
    // The shell that comes with git on Windows takes what begins with a slash for a path.
    const env = { ...process.env, MSYS_NO_PATHCONV: '1', PATH: this.#path, ...variables };
    const { stdout } = await execute('sh', ['-c', command], { cwd: this.#folder, env });
    return stdout;
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
