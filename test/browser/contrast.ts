/** A text whose contrast is too low, as the browser drew it. */
export interface PoorText {
  readonly text: string;
  readonly ratio: number;
  readonly colour: string;
  readonly background: string;
}

/**
 * Runs in the page: the WCAG 2 contrast of every text that is drawn (HTML and SVG) with the nearest painted background,
 * and those below 4.5 : 1 (3 : 1 from 24 px, or from 18.66 px in bold). Opaque colours only; the page has no others under text.
 */
export function poorTexts(): PoorText[] {
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const poor: PoorText[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent?.trim();
    if (!element || !text || ["title", "style", "script"].includes(element.localName)) continue;
    if (!element.checkVisibility({ contentVisibilityAuto: true })) continue;
    const style = getComputedStyle(element);
    const colour = element.closest("svg") ? style.fill : style.color;
    const background = backgroundOf(element);
    const [light, dark] = [luminance(colour), luminance(background)].sort((a, b) => b - a) as [
      number,
      number,
    ];
    const ratio = (light + 0.05) / (dark + 0.05);
    const pixels = Number.parseFloat(style.fontSize);
    const large = pixels >= 24 || (pixels >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.push({ text: text.slice(0, 40), ratio, colour, background });
  }
  return poor;
}
