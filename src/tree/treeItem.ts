import * as vscode from 'vscode';
import { connectionOf, idOf, parentOf } from './nodes.ts';
import type { Node } from './nodes.ts';
import type { Icon, Row, RowCommand } from './row.ts';

/** The editor's item for a row. Its tooltip is left for when someone looks. */
export function treeItem(node: Node, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible[row.opens ?? 'never']);
  item.id = idOf(node);
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.description !== undefined) item.description = row.description;
  if (row.icon !== undefined) item.iconPath = themeIcon(row.icon);
  if (row.command !== undefined) item.command = command(row.command, row.label, node);
  return item;
}

const collapsible = {
  never: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
};

function themeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return color === undefined
    ? new vscode.ThemeIcon(id)
    : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}

function command({ id, on }: RowCommand, title: string, node: Node): vscode.Command {
  const target = { itself: node, parent: parentOf(node), connection: connectionOf(node) }[on];
  return { command: id, title, arguments: [target] };
}
