/** What one row shows: a tree item without the editor's classes. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** Undefined for a row that can't be opened. */
  readonly opens?: 'closed' | 'open';
  /** Which menus the row has. */
  readonly context: string;
  /** The row in a sentence, for screen readers. */
  readonly spoken: string;
  /** What a click on it does. */
  readonly command?: RowCommand;
}

/** An icon of the editor's, with one of its theme's colours. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** The icon of a row that tells of something wrong. */
export const warning: Icon = { id: 'warning', color: 'list.warningForeground' };

/** A command that a row offers, run on the row it is about. */
export interface RowCommand {
  readonly id: string;
  readonly on: 'itself' | 'parent' | 'connection';
}
