import * as vscode from 'vscode';
import { isFileError } from '../files/fileError.ts';
import { isServiceError } from '../http/errors.ts';
import type { RequestLog } from '../http/logged.ts';

/** The log that a person can look at. Its channel is made when the first line is written. */
export class Log implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  /** Takes one line about each request. */
  readonly requests: RequestLog = {
    info: (line) => {
      this.#open().info(line);
    },
    warn: (line) => {
      this.#open().warn(line);
    },
  };

  /**
   * Takes a failure that nobody else told of: where it happened, but not the error's own words,
   * which may hold what a service or a person said.
   */
  failure(where: string, error: unknown): void {
    this.#open().error(`${where}: ${nameOf(error)}\n${framesOf(error)}`);
  }

  show(): void {
    this.#open().show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.LogOutputChannel {
    return (this.#channel ??= vscode.window.createOutputChannel('Luma & Luminary', { log: true }));
  }
}

function nameOf(error: unknown): string {
  if (isServiceError(error) || isFileError(error)) return error.message;
  return error instanceof Error ? error.name : typeof error;
}

function framesOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
