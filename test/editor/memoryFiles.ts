import * as vscode from 'vscode';

/** Files in one folder of a file system that has no disk behind it, and that fails on demand. */
export class MemoryFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly scheme: string;
  readonly files = new Map<string, string>();
  /** Thrown in the place of writing, or of moving to a path. */
  refuses: ((what: 'write' | 'rename', path: string) => boolean) | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;
  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string, isReadonly = false) {
    this.scheme = scheme;
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isReadonly });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  uri(path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, path });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path === '/' || path === '/folder') {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const { length: size } = Buffer.from(this.#content(path));
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return Buffer.from(this.#content(path));
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    if (this.refuses?.('write', path) === true) throw vscode.FileSystemError.NoPermissions();
    this.files.set(path, Buffer.from(content).toString());
  }

  delete({ path }: vscode.Uri): void {
    this.#content(path);
    this.files.delete(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    if (this.refuses?.('rename', to.path) === true) throw vscode.FileSystemError.Unavailable();
    this.files.set(to.path, this.#content(from.path));
    this.files.delete(from.path);
  }

  #content(path: string): string {
    const content = this.files.get(path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound();
    return content;
  }
}
