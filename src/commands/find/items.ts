import * as vscode from 'vscode';
import { isUser, readUser } from '../../api/luminary.ts';
import type { UserRecord } from '../../api/luminary.ts';
import { oneLine } from '../../http/text.ts';
import { userLabel } from '../../tree/userRow.ts';
import { explain, explanationText } from '../../words/errors.ts';
import { counted, numberText } from '../../words/format.ts';
import { labelledName, nameWithService } from '../../words/names.ts';
import { plain } from '../../words/plain.ts';
import type { Tenant } from './tenant.ts';

/** A user that was found. */
export interface FoundUser {
  readonly tenant: Tenant;
  readonly record: UserRecord;
}

/** A line of the quick pick. */
export type FindItem = UserItem | RestItem | FailureItem | NoteItem;

/** A user. */
export interface UserItem extends vscode.QuickPickItem {
  readonly kindOf: 'user';
  readonly found: FoundUser;
}

/** Reads the users that are not loaded, or stops doing so. */
export interface RestItem extends vscode.QuickPickItem {
  readonly kindOf: 'rest';
}

/** Says why a tenant's users could not be read, and reads them again. */
export interface FailureItem extends vscode.QuickPickItem {
  readonly kindOf: 'failure';
  readonly tenant: Tenant;
}

/** Says something, and does nothing. */
export interface NoteItem extends vscode.QuickPickItem {
  readonly kindOf: 'note';
}

/** What a button of a user's line does. */
export type FindAction = 'reveal' | 'copyId' | 'copyJson' | 'insert';

/** The buttons of a user's line. */
export interface ActionButton extends vscode.QuickInputButton {
  readonly action: FindAction;
}

/** The buttons that each user has, in their order. */
export function actionButtons(): readonly ActionButton[] {
  const button = (action: FindAction, icon: string, tooltip: string) => ({
    action,
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
  });
  return [
    button('reveal', 'list-tree', vscode.l10n.t('Reveal in the Tree')),
    button('copyId', 'copy', vscode.l10n.t('Copy ID')),
    button('copyJson', 'json', vscode.l10n.t('Copy JSON')),
    button('insert', 'insert', vscode.l10n.t('Insert ID at Cursor')),
  ];
}

/** The line of a user; undefined where there is none at that place of the list. */
export function userItem(
  tenant: Tenant,
  position: number,
  buttons: readonly ActionButton[],
  withTenant: boolean,
): UserItem | undefined {
  const record = tenant.session.pages.list.elements[position];
  if (record === undefined || !isUser(record)) return undefined;
  const user = readUser(record);
  const [label, email] = [userLabel(user), oneLine(user.email)];
  const detail = [
    oneLine(user.id),
    ...(withTenant ? [nameWithService(tenant.connection)] : []),
    tenant.connection.label ?? '',
  ];
  return {
    kindOf: 'user',
    found: { tenant, record },
    label: plain(label),
    description: email === label ? '' : plain(email),
    detail: plain(detail.filter((part) => part !== '').join(' · ')),
    buttons: [...buttons],
    alwaysShow: true,
  };
}

/** The line that reads the users that are not loaded; undefined where all are. */
export function restItem(tenants: readonly Tenant[]): RestItem | undefined {
  const open = tenants.filter(({ remaining }) => remaining > 0);
  if (open.length === 0) return undefined;
  const reading = open.some((tenant) => tenant.reading);
  const detail = tenants.length > 1 ? open.map((t) => labelledName(t.connection)).join(', ') : '';
  return {
    kindOf: 'rest',
    label: reading
      ? vscode.l10n.t('Searching the remaining users…')
      : vscode.l10n.t('Search {0}…', remainingText(open)),
    iconPath: new vscode.ThemeIcon(reading ? 'loading~spin' : 'cloud-download'),
    ...(reading && { description: vscode.l10n.t('press Enter to stop') }),
    ...(detail !== '' && { detail: plain(detail) }),
    alwaysShow: true,
  };
}

/** The users that are not loaded, in words. */
export function remainingText(tenants: readonly Tenant[]): string {
  const remaining = tenants.reduce((sum, tenant) => sum + tenant.remaining, 0);
  if (!Number.isFinite(remaining)) return vscode.l10n.t('the users that are not loaded');
  return remaining === 1
    ? vscode.l10n.t('the remaining user')
    : vscode.l10n.t('the remaining {0} users', numberText(remaining));
}

/** How many users are loaded, of how many. */
export function loadedText(loaded: number, all: number): string {
  if (all <= loaded) {
    return counted(
      loaded,
      vscode.l10n.t('1 user loaded'),
      vscode.l10n.t('{0} users loaded', numberText(loaded)),
    );
  }
  return counted(
    all,
    vscode.l10n.t('{0} of 1 user loaded', numberText(loaded)),
    vscode.l10n.t('{0} of {1} users loaded', numberText(loaded), numberText(all)),
  );
}

/** Lines that say why users could not be read, or that it is tried again, a line for each tenant. */
export function failureItems(tenants: readonly Tenant[]): FailureItem[] {
  return tenants.flatMap((tenant) => {
    const { error, trying } = tenant;
    if (error === undefined && !trying) return [];
    const what = trying ? vscode.l10n.t('Trying again…') : explanationText(explain(error));
    return {
      kindOf: 'failure',
      tenant,
      label: plain(`${labelledName(tenant.connection)}: ${what}`),
      iconPath: new vscode.ThemeIcon(trying ? 'loading~spin' : 'warning'),
      ...(!trying && { detail: vscode.l10n.t('Press Enter to try again') }),
      alwaysShow: true,
    };
  });
}

/** A line that says something. */
export function note(label: string): NoteItem {
  return { kindOf: 'note', label, alwaysShow: true };
}
