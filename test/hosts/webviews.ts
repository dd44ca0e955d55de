import type { FrameLocator, Page } from 'playwright-core';

/** What the webview in front shows. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
