import * as vscode from 'vscode';
import { planNetwork } from '../http/network.ts';
import type { HttpSettings, NetworkPlan } from '../http/network.ts';

/** How the editor's own settings and the environment say that requests get out. */
export class NetworkSettings implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #plan: NetworkPlan | undefined;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('http')) this.#plan = undefined;
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The same object until a setting changes. */
  get plan(): NetworkPlan {
    return (this.#plan ??= planNetwork(httpSettings(), process.env));
  }
}

function httpSettings(): HttpSettings {
  const settings = vscode.workspace.getConfiguration('http');
  return {
    proxy: settings.get('proxy'),
    noProxy: settings.get('noProxy'),
    proxySupport: settings.get('proxySupport'),
    proxyAuthorization: settings.get('proxyAuthorization'),
    proxyStrictSSL: settings.get('proxyStrictSSL'),
    systemCertificates: settings.get('systemCertificates'),
  };
}
