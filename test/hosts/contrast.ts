import type { Locator } from 'playwright-core';

/** How well something on the screen can be told from what is behind it. */
export interface Contrast {
  readonly what: string;
  /** From 1, for what can't be seen, to 21; WCAG asks for 4.5 for text and for 3 for pictures. */
  readonly ratio: number;
}

/** The contrasts of texts or icons, with the opacity that they are drawn with. */
export async function contrasts(elements: Locator): Promise<Contrast[]> {
  return elements.evaluateAll((all) => {
    type Color = readonly [number, number, number, number];

    const parse = (css: string): Color => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
      return css.startsWith('color(srgb') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
    };
    const parseHex = (css: string): Color => {
      const [r = 255, g = 255, b = 255] = (/^\s*#(.{6})/.exec(css)?.[1]?.match(/../g) ?? []).map(
        (two) => parseInt(two, 16),
      );
      return [r, g, b, 1];
    };
    const over = ([r, g, b, a]: Color, [x, y, z]: Color): Color => {
      const mixed = (top: number, below: number) => top * a + below * (1 - a);
      return [mixed(r, x), mixed(g, y), mixed(b, z), 1];
    };
    const ancestors = (element: Element | null): Element[] =>
      element === null ? [] : [element, ...ancestors(element.parentElement)];
    // What a webview shows lies on the editor, which is outside of it.
    const outside = getComputedStyle(document.documentElement).getPropertyValue(
      '--vscode-editor-background',
    );
    const behind = (element: Element): Color =>
      ancestors(element)
        .map((one) => parse(getComputedStyle(one).backgroundColor))
        .reduceRight((below, color) => over(color, below), parseHex(outside));
    const opacity = (element: Element): number =>
      ancestors(element).reduce((all, one) => all * Number(getComputedStyle(one).opacity), 1);
    const luminance = ([r, g, b]: Color): number => {
      const linear = (value: number) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    };

    return all.map((element) => {
      const back = behind(element);
      const [r, g, b, a] = parse(getComputedStyle(element).color);
      const [one, other] = [
        luminance(over([r, g, b, a * opacity(element)], back)),
        luminance(back),
      ];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      const row = element.closest('[aria-label]')?.getAttribute('aria-label') ?? '';
      return { what: `${element.classList.value} “${element.textContent}” in “${row}”`, ratio };
    });
  });
}
